"""What asks for something of one counsellor on a day: one list, over people, contracts, exits and appointments."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.cover import Cover
from cef_desk.model.exit import Exit
from cef_desk.model.exit_check import ExitCheck
from cef_desk.model.holder import Holder
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.model.snooze import Snooze
from cef_desk.model.unavailability import Unavailability
from cef_desk.queries.alert_delays import delays
from cef_desk.queries.no_show import missed_in_a_row
from cef_desk.queries.pathway_state import (
    has_exited,
    holds_on,
    last_day,
    last_meeting_of,
    next_appointment_of,
    running,
)
from cef_desk.rules.alerts import (
    Alert,
    AlertCode,
    Delays,
    after_absence,
    after_exit,
    after_rupture,
    alert,
    check_up,
    check_ups,
    contract_end,
    insertion,
    no_meeting,
    trial_end,
)
from cef_desk.rules.kinds import CallResult, DoneBy, ExitFamily, Kind, Outcome

_RSA_FROM = date(2009, 6, 1)
"""Loi 2008-1249: the RSA takes the place of the RMI; the contrat d'insertion is of the RMI."""

_CHECKS_OF_AN_EXIT = 2
_IN_WORK_AFTER = (ExitFamily.DURABLE, ExitFamily.TRANSITION)


@dataclass(frozen=True)
class PutOff:
    """Until when a line waits, and why."""

    until: date
    reason: str


@dataclass(frozen=True)
class ToDo:
    """One line: the rule that speaks, who it is about, and what about them: a company, a subject.

    `interaction_id` is the appointment to fill in or the task, `by_person` when the person does it; `contract_id` the
    contract it is about; `colleague` whose list it is of, when covered;
    `workshop_id` the session whose attendance is to be filled in, `who` is then its title; `times` how many
    appointments in a row were missed, the last of which is `interaction_id`.
    """

    alert: Alert
    pathway_id: int
    who: str
    what: str = ""
    contract_id: int | None = None
    interaction_id: int | None = None
    by_person: bool = False
    colleague: str = ""
    put_off: PutOff | None = None
    workshop_id: int | None = None
    times: int = 0

    @property
    def row(self) -> str:
        """What tells the line from others of the same rule, person and day."""
        parts = (("interaction", self.interaction_id), ("workshop", self.workshop_id), ("contract", self.contract_id))
        return next((f"{table}:{key}" for table, key in parts if key is not None), "")


def to_do(session: Session, counsellor_id: int, today: date) -> list[ToDo]:
    """Everything due or overdue, the most urgent first, that of a colleague who is covered too.

    What has a later day to be told on is left out; a line that was put off says until when.
    """
    set_by_unit = delays(session)
    found = [
        each
        for who, colleague in ((counsellor_id, ""), *covered(session, counsellor_id, today))
        for kind in (_of_people, _of_contracts, _of_ruptures, _of_exits, _of_appointments)
        for each in (replace(line, colleague=colleague) for line in kind(session, who, today, set_by_unit))
    ]
    held = _put_off(session, {each.pathway_id for each in found}, today)
    shown = [replace(each, put_off=held.get(_line(each))) for each in found if each.alert.shows(today)]
    return sorted(shown, key=lambda each: (each.alert.due, each.alert.code, each.who, each.pathway_id))


def covered(session: Session, counsellor_id: int, today: date) -> list[tuple[int, str]]:
    """The colleagues whose list a counsellor has beside their own on a day: key and name."""
    rows = session.execute(
        select(Counsellor.id, func.coalesce(func.nullif(Counsellor.name, ""), Counsellor.code))
        .join(Cover, Cover.absent_id == Counsellor.id)
        .where(Cover.counsellor_id == counsellor_id, Cover.from_on <= today, Cover.to_on >= today)
        .distinct()
    )
    return [(key, name) for key, name in rows]


def _line(each: ToDo) -> tuple[int | str, str, date, str]:
    """What a line is known by when it is put off: a session by itself, whoever of it is still undecided."""
    whose = each.row if each.workshop_id is not None else each.pathway_id
    return whose, each.alert.code, each.alert.about, each.row


def _put_off(
    session: Session, pathway_ids: Collection[int], today: date
) -> dict[tuple[int | str, str, date, str], PutOff]:
    rows = session.execute(
        select(Snooze.pathway_id, Snooze.code, Snooze.about, Snooze.row, Snooze.until_on, Snooze.reason).where(
            Snooze.until_on > today, or_(Snooze.pathway_id.in_(pathway_ids), Snooze.row.startswith("workshop:"))
        )
    )
    return {
        (row.row if row.row.startswith("workshop:") else row.pathway_id, row.code, row.about, row.row): PutOff(
            row.until_on, row.reason
        )
        for row in rows
    }


def _mine(counsellor_id: int, today: date) -> Select[int]:
    """The pathways a counsellor holds on a day and that have not ended."""
    return (
        select(Holder.pathway_id)
        .join(Pathway, Pathway.id == Holder.pathway_id)
        .where(Holder.counsellor_id == counsellor_id, holds_on(today), ~has_exited(today))
    )


def _unavailable(today: date) -> tuple[ColumnElement[bool], ...]:
    """Days on which the person of a pathway cannot be met hold this one."""
    return (
        Unavailability.pathway_id == Pathway.id, Unavailability.from_on <= today,
        or_(Unavailability.to_on.is_(None), Unavailability.to_on >= today),
    )  # fmt: skip


def _last(kind: Kind, outcome: Outcome, until: datetime) -> ScalarSelect[datetime]:
    return (
        select(func.max(Interaction.at))
        .where(
            Interaction.pathway_id == Pathway.id, Interaction.kind == kind, Interaction.outcome == outcome,
            Interaction.at <= until,
        )
        .scalar_subquery()
    )  # fmt: skip


def _of_people(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """SANS_RDV, ABSENCE, CI_3M, CI_FIN."""
    until = datetime.combine(today, time.max)
    missed, reminded = aliased(Interaction), aliased(Interaction)
    rows = session.execute(
        select(
            Pathway.id, Pathway.entered_on, Beneficiary.last_name, Beneficiary.first_name,
            last_meeting_of(today).scalar_subquery().label("met"),
            next_appointment_of(today).scalar_subquery().label("expected"),
            _last(Kind.MEETING, Outcome.MISSED, until).label("missed"),
            select(func.max(reminded.at)).join(missed, missed.id == reminded.origin_id).where(
                reminded.pathway_id == Pathway.id, reminded.outcome == Outcome.HELD, missed.outcome == Outcome.MISSED,
            ).scalar_subquery().label("reached"),
            exists().where(Contract.pathway_id == Pathway.id, *running(today)).label("works"),
            exists().where(*_unavailable(today)).label("away"),
            select(func.max(Unavailability.to_on)).where(
                Unavailability.pathway_id == Pathway.id, Unavailability.to_on < today
            ).scalar_subquery().label("back"),
            select(func.max(Interaction.at)).where(
                Interaction.pathway_id == Pathway.id, Interaction.call_result == CallResult.MESSAGE,
                Interaction.at <= until,
            ).scalar_subquery().label("called"),
            select(func.max(InsertionContract.ends_on)).where(InsertionContract.pathway_id == Pathway.id)
            .scalar_subquery().label("insertion_ends_on"),
        )
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Pathway.id.in_(_mine(counsellor_id, today)))
    )  # fmt: skip
    for row in rows:
        who = f"{row.last_name} {row.first_name}".strip()
        met, expected, absent, called, reached = (
            each.date() if each else None for each in (row.met, row.expected, row.missed, row.called, row.reached)
        )
        followed = [day for day in (met, expected, called) if day is not None]
        last = max(day for day in (row.entered_on, met, row.back) if day is not None)
        told = [
            no_meeting(last, paused=row.works or row.away or expected is not None, delays=delays),
            insertion(row.entered_on, row.insertion_ends_on, signed=row.insertion_ends_on is not None, delays=delays)
            if row.entered_on < _RSA_FROM else None,
        ]  # fmt: skip
        yield from (ToDo(each, row.id, who) for each in told if each is not None)
        absence = None if row.away else after_absence(absent, followed, delays, reached_on=reached)
        if absence is not None:
            last_missed = session.execute(_missed(row.id, row.missed)).one()
            yield ToDo(absence, row.id, who, interaction_id=last_missed.id, times=last_missed.times)


def _missed(pathway_id: int, at: datetime) -> Select[int, int]:
    """The appointment somebody missed at a moment, and how many they missed in a row with it."""
    return (
        select(Interaction.id, missed_in_a_row(Interaction.pathway_id, Interaction.at).label("times"))
        .where(
            Interaction.pathway_id == pathway_id, Interaction.kind == Kind.MEETING,
            Interaction.outcome == Outcome.MISSED, Interaction.at == at,
        )
        .limit(1)
    )  # fmt: skip


def _of_contracts(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """CTR_FIN, CTR_FIN_CONFIRMER, ESSAI_FIN_*, SUIVI_*: the contracts nobody has ended, broken or renewed."""
    renewal = aliased(Contract)
    rows = session.execute(
        select(
            Contract.id, Contract.pathway_id, Contract.starts_on, Contract.trial_end_on, Contract.agreement_number,
            last_day().label("last_day"), Beneficiary.last_name, Beneficiary.first_name, Company.name.label("company"),
        )
        .join(Pathway, Pathway.id == Contract.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .join(Company, Company.id == Contract.company_id)
        .where(
            Contract.pathway_id.in_(_mine(counsellor_id, today)), Contract.starts_on <= today,
            Contract.ended_on.is_(None), ~exists().where(Rupture.contract_id == Contract.id, Rupture.day <= today),
            ~exists().where(renewal.pathway_id == Contract.pathway_id, renewal.starts_on > Contract.starts_on),
        )
    ).all()  # fmt: skip
    done: defaultdict[int, list[date]] = defaultdict(list)
    for contract_id, at in session.execute(
        select(Interaction.contract_id, Interaction.at).where(
            Interaction.contract_id.in_([row.id for row in rows]), Interaction.kind == Kind.CHECK_UP,
            Interaction.outcome == Outcome.HELD, Interaction.at <= datetime.combine(today, time.max),
        )
    ):  # fmt: skip
        done[contract_id or 0].append(at.date())
    for row in rows:
        who = f"{row.last_name} {row.first_name}".strip()
        planned = check_ups(row.starts_on, row.trial_end_on, row.last_day, today, delays)
        trial = trial_end(row.starts_on, row.trial_end_on, delays)
        told = [
            contract_end(row.last_day, today, confirmed=False, aided=row.agreement_number is not None, delays=delays),
            trial if trial is not None and not trial.is_late(today) else None,
            check_up(planned, done[row.id]) if row.last_day is None or row.last_day >= today else None,
        ]
        yield from (ToDo(each, row.pathway_id, who, row.company, row.id) for each in told if each is not None)


def _of_ruptures(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """RUPTURE_3J: the last rupture of somebody who has not been met since and signed nothing since."""
    later = aliased(Contract)
    rows = session.execute(
        select(
            Rupture.day, Contract.id, Contract.pathway_id, Beneficiary.last_name, Beneficiary.first_name,
            Company.name.label("company"), last_meeting_of(today).scalar_subquery().label("met"),
        )
        .join(Contract, Contract.id == Rupture.contract_id)
        .join(Pathway, Pathway.id == Contract.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .join(Company, Company.id == Contract.company_id)
        .where(
            Contract.pathway_id.in_(_mine(counsellor_id, today)), Rupture.day <= today,
            ~exists().where(later.pathway_id == Contract.pathway_id, later.starts_on >= Rupture.day),
        )
    )  # fmt: skip
    for row in rows:
        told = after_rupture(row.day, [row.met.date()] if row.met else [], delays)
        if told is not None:
            yield ToDo(told, row.pathway_id, f"{row.last_name} {row.first_name}".strip(), row.company, row.id)


def _of_exits(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """SORTIE_3M, SORTIE_6M: exits to employment, asked of whoever held the pathway when it ended."""
    rows = session.execute(
        select(Exit.id, Exit.day, Exit.pathway_id, Beneficiary.last_name, Beneficiary.first_name)
        .join(Pathway, Pathway.id == Exit.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(
            Exit.family.in_(_IN_WORK_AFTER), Exit.day <= today,
            exists().where(
                Holder.pathway_id == Exit.pathway_id, Holder.counsellor_id == counsellor_id, Holder.from_on <= Exit.day,
                (Holder.to_on.is_(None)) | (Holder.to_on >= Exit.day),
            ),
            select(func.count()).select_from(ExitCheck).where(ExitCheck.exit_id == Exit.id).scalar_subquery()
            < _CHECKS_OF_AN_EXIT,
        )
    ).all()  # fmt: skip
    checked: defaultdict[int, list[int]] = defaultdict(list)
    of = select(ExitCheck.exit_id, ExitCheck.months).where(ExitCheck.exit_id.in_([row.id for row in rows]))
    for exit_id, months in session.execute(of):
        checked[exit_id].append(months)
    for row in rows:
        who = f"{row.last_name} {row.first_name}".strip()
        yield from (ToDo(each, row.pathway_id, who) for each in after_exit(row.day, checked[row.id], delays))


def _of_appointments(session: Session, counsellor_id: int, today: date, delays: Delays) -> Iterator[ToDo]:
    """RDV_A_RENSEIGNER: appointments that have passed; TACHE: what was agreed."""
    rows = session.execute(
        select(
            Interaction.id, Interaction.kind, Interaction.at, Interaction.note, Interaction.pathway_id,
            Interaction.done_by, Interaction.workshop_id,
            Beneficiary.last_name, Beneficiary.first_name,
        )
        .join(Pathway, Pathway.id == Interaction.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(
            Interaction.counsellor_id == counsellor_id, Interaction.outcome.is_(None),
            Interaction.at < datetime.combine(today, time.min),
        )
    )  # fmt: skip
    sessions: set[int] = set()
    for row in rows:
        if row.workshop_id is not None:
            if row.workshop_id in sessions:
                continue
            sessions.add(row.workshop_id)
        code = AlertCode.TASK if row.kind == Kind.TASK else AlertCode.TO_FILL_IN
        told = alert(code, row.at.date(), delays)
        if told is not None:
            who = f"{row.last_name} {row.first_name}".strip()
            what = row.note.partition("\n")[0]
            if row.workshop_id is not None:
                yield ToDo(told, row.pathway_id, what, workshop_id=row.workshop_id)
            else:
                yield ToDo(told, row.pathway_id, who, what, None, row.id, by_person=row.done_by == DoneBy.PERSON)
