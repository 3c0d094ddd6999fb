"""People accompanied: I01, I02, I11, I12, I18 and I19 of domain/rules.md."""

from dataclasses import replace

from sqlalchemy import ColumnElement, exists, or_, select, tuple_
from sqlalchemy.orm import aliased

from cef_desk.i18n import N_
from cef_desk.model.barrier import Barrier
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.presence import Presence
from cef_desk.queries.facts import AT, FIRST, LAST, Facts, barriers, counted, in_period, interactions, pathways
from cef_desk.queries.figures import Indicator, Measure
from cef_desk.queries.indicators.signed import SIGNED
from cef_desk.rules.kinds import BarrierStatus, Kind, Outcome, Subject
from cef_desk.store.dialect import days_between, plus_days, plus_months

COVERED_DAYS = 30


def _left_by(day: object) -> ColumnElement[bool]:
    left = aliased(Exit)
    return exists(select(left.id).where(left.pathway_id == Pathway.id, left.day <= day))


def _first_contract() -> ColumnElement[bool]:
    """No contract of the pathway was signed before this one."""
    earlier = aliased(Contract)
    return ~exists(
        select(earlier.id).where(
            earlier.pathway_id == Contract.pathway_id,
            *counted(earlier),
            tuple_(earlier.signed_on, earlier.starts_on, earlier.id)
            < tuple_(Contract.signed_on, Contract.starts_on, Contract.id),
        )
    )


def _contract_within(months: int) -> ColumnElement[bool]:
    soon = aliased(Contract)
    return exists(
        select(soon.id).where(
            soon.pathway_id == Pathway.id,
            *counted(soon),
            soon.signed_on <= AT,
            soon.starts_on < plus_months(Pathway.entered_on, months),
        )
    )


def _met_lately() -> ColumnElement[bool]:
    met = aliased(Interaction)
    return exists(
        select(met.id).where(
            met.pathway_id == Pathway.id,
            met.kind == Kind.MEETING,
            met.outcome == Outcome.HELD,
            met.at >= plus_days(AT, 1 - COVERED_DAYS),
            met.at < plus_days(AT, 1),
        )
    )


def _waited() -> ColumnElement[int]:
    entered = aliased(Pathway)
    day = select(entered.entered_on).where(entered.id == Contract.pathway_id).scalar_subquery()
    return days_between(day, Contract.starts_on)


ENTERED = replace(pathways(in_period(Pathway.entered_on), held_on=Pathway.entered_on), day=Pathway.entered_on)
OPEN = pathways(Pathway.entered_on <= AT, ~_left_by(AT))
ACCOMPANIED = pathways(Pathway.entered_on <= LAST, ~_left_by(FIRST))
PRESENT = Facts(
    Subject.COUNSELLOR,
    select(Presence.id).where(
        or_(Presence.from_on.is_(None), Presence.from_on <= AT), or_(Presence.to_on.is_(None), Presence.to_on >= AT)
    ),
    Presence.counsellor_id, Presence.counsellor_id, distinct=True,
)  # fmt: skip
MEETINGS = interactions(Kind.MEETING, (Outcome.HELD,))
_PLANNED = interactions(Kind.MEETING, (Outcome.HELD, Outcome.EXCUSED, Outcome.MISSED))
_FIRST_SIGNED = SIGNED.where(_first_contract(), _waited().is_not(None)).per(Subject.PATHWAY)
_BARRIERS = barriers(Barrier.opened_on <= LAST, or_(Barrier.closed_on.is_(None), Barrier.closed_on >= FIRST))

ENTRIES = Indicator("I01", N_("Entries"), N_("pathways entered in the period"), ENTERED)
CASELOAD = Indicator(
    "I02", N_("Caseload at the end of the period"), N_("pathways entered by the report date and not exited by it"),
    OPEN, stock=True,
)  # fmt: skip
CASELOAD_PER_COUNSELLOR = Indicator(
    "I02.PER_COUNSELLOR", N_("Caseload per counsellor"),
    N_("the caseload, divided by the counsellors present at the report date"),
    OPEN, PRESENT, quotient=True, stock=True,
)  # fmt: skip
DELAY_MEAN = Indicator(
    "I11.MEAN", N_("Days from entry to the first contract, mean"),
    N_("days from entry to the start of the first contract, for the first contracts signed in the period"),
    _FIRST_SIGNED, measure=Measure(_waited(), median=False),
)  # fmt: skip
DELAY_MEDIAN = replace(
    DELAY_MEAN, code="I11.MEDIAN", label=N_("Days from entry to the first contract, median"),
    measure=Measure(_waited(), median=True),
)  # fmt: skip
WITHIN_6M = Indicator(
    "I11.WITHIN_6M", N_("With a contract within six months of entry"),
    N_("pathways entered in the period whose first contract began within six months, divided by the entries"),
    ENTERED.where(_contract_within(6)), ENTERED,
)  # fmt: skip
MEETINGS_PER_PERSON = Indicator(
    "I12", N_("Meetings held per person"),
    N_("individual meetings held in the period, divided by the people accompanied at some time in it"),
    MEETINGS, ACCOMPANIED, quotient=True,
)  # fmt: skip
NO_SHOWS = Indicator(
    "I12.NO_SHOWS", N_("Appointments not kept"),
    N_("meetings excused or missed in the period, divided by these and the meetings held"),
    interactions(Kind.MEETING, (Outcome.EXCUSED, Outcome.MISSED)), _PLANNED,
)  # fmt: skip
BARRIERS_LIFTED = Indicator(
    "I18", N_("Barriers lifted"),
    N_("barriers closed as solved in the period, divided by the barriers open at some time in it"),
    _BARRIERS.where(Barrier.status == BarrierStatus.LIFTED, in_period(Barrier.closed_on)), _BARRIERS,
)  # fmt: skip
COVERAGE = Indicator(
    "I19", N_("Seen in the last 30 days"), N_("people of the caseload with a meeting held in the last 30 days"),
    OPEN.where(_met_lately()), OPEN, stock=True,
)  # fmt: skip
ALL = (
    ENTRIES, CASELOAD, CASELOAD_PER_COUNSELLOR, DELAY_MEAN, DELAY_MEDIAN, WITHIN_6M, MEETINGS_PER_PERSON, NO_SHOWS,
    BARRIERS_LIFTED, COVERAGE,
)  # fmt: skip
