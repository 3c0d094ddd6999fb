"""The indicators of domain/rules.md (d), as read by domain/demo.md, section 6."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased

from cef_desk.i18n import N_
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.queries.figures import Indicator
from cef_desk.rules.exit_class import EMPLOYMENT, MIN_STAY_DAYS
from cef_desk.rules.kinds import ExitFamily, Kind, ListName, Outcome, Subject
from cef_desk.rules.period import Period
from cef_desk.store.dialect import days_between

Chosen = Select[int]


def entered_in(period: Period) -> Chosen:
    """Pathways entered in the period."""
    return select(Pathway.id).where(Pathway.entered_on.between(period.first, _last(period)))


def open_at(period: Period) -> Chosen:
    """Pathways active at the report date: entered on or before it, exit after it."""
    left = exists().where(Exit.pathway_id == Pathway.id, Exit.day <= period.at)
    return select(Pathway.id).where(Pathway.entered_on <= period.at, ~left)


def signed_in(period: Period) -> Chosen:
    """Contracts signed in the period: no renewal, no amendment, only kinds that count."""
    counted = select(ListEntry.code).where(
        ListEntry.list_name == ListName.CONTRACT_KIND, ListEntry.counts_as_contract.is_(True)
    )
    return select(Contract.id).where(
        Contract.signed_on.between(period.first, _last(period)),
        Contract.parent_id.is_(None),
        Contract.kind_code.in_(counted),
    )


def signed_and_broken(period: Period) -> Chosen:
    """Of those, the ones broken by the report date, themselves or in a renewal; each counts once."""
    renewal = aliased(Contract)
    broken = exists().where(
        Rupture.contract_id == renewal.id,
        Rupture.day <= period.at,
        or_(renewal.id == Contract.id, renewal.parent_id == Contract.id),
    )
    return signed_in(period).where(broken)


def broken_in(period: Period) -> Chosen:
    """Contracts whose rupture is dated in the period."""
    return select(Rupture.contract_id.label("id")).where(Rupture.day.between(period.first, _last(period)))


def exits_in(period: Period) -> Chosen:
    """Exits dated in the period."""
    return select(Exit.id).where(Exit.day.between(period.first, _last(period)))


def counted_exits(period: Period) -> Chosen:
    """Exits of the period without those neutralised, by their family or by a stay under 90 days."""
    stay = days_between(Pathway.entered_on, Exit.day)
    return (
        exits_in(period)
        .join(Pathway, Pathway.id == Exit.pathway_id)
        .where(Exit.family != ExitFamily.NEUTRAL, stay >= MIN_STAY_DAYS)
    )


def exits_to_employment(period: Period) -> Chosen:
    """Of those, the exits to a durable or transition job."""
    return counted_exits(period).where(Exit.family.in_(EMPLOYMENT))


def meetings_held(period: Period) -> Chosen:
    """Meetings held in the period, by any medium."""
    return select(Interaction.id).where(
        Interaction.kind == Kind.MEETING,
        Interaction.outcome == Outcome.HELD,
        Interaction.at >= datetime.combine(period.first, time.min),
        Interaction.at < datetime.combine(_last(period) + timedelta(days=1), time.min),
    )


def _last(period: Period) -> date:
    return min(period.last, period.at)


ENTRIES = Indicator("I01", Subject.PATHWAY, N_("Entries"), N_("pathways entered in the period"), entered_in)
CASELOAD = Indicator(
    "I02", Subject.PATHWAY, N_("Caseload at the end of the period"),
    N_("pathways entered by the report date and not exited by it"), open_at,
)  # fmt: skip
CONTRACTS = Indicator(
    "I03", Subject.CONTRACT, N_("Contracts signed"),
    N_("contracts signed in the period, without renewals and amendments"), signed_in,
)  # fmt: skip
RUPTURES = Indicator(
    "R5", Subject.CONTRACT, N_("Ruptures dated in the period"),
    N_("ruptures dated in the period, whenever the contract was signed"), broken_in,
)  # fmt: skip
RUPTURE_RATE = Indicator(
    "R1", Subject.CONTRACT, N_("Rupture rate (R1)"),
    N_(
        "contracts signed in the period and broken by the report date, for any reason, divided by the contracts "
        "signed in the period; contracts still running may break later"
    ),
    signed_and_broken, signed_in,
)  # fmt: skip
EXITS = Indicator("EXITS", Subject.EXIT, N_("Exits (all)"), N_("exits dated in the period"), exits_in)
EXIT_RATE = Indicator(
    "S1", Subject.EXIT, N_("Exit rate to employment (S1)"),
    N_(
        "exits to a durable or transition job, divided by all exits of the period less those not counted: "
        "neutralised, or after a stay under 90 days"
    ),
    exits_to_employment, counted_exits,
)  # fmt: skip
MEETINGS = Indicator(
    "MEETINGS", Subject.INTERACTION, N_("Meetings held"), N_("individual meetings held, by any medium"), meetings_held
)
