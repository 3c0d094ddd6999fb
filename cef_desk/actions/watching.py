"""What the counsellor's list waits for: lines put off, people who cannot be met, covers, delays of the rules."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.alert_setting import AlertSetting
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.cover import Cover
from cef_desk.model.pathway import Pathway
from cef_desk.model.snooze import Snooze
from cef_desk.model.unavailability import Unavailability
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.folding import one_line
from cef_desk.rules.kinds import Away

_LONGEST, _FURTHEST = 200, timedelta(days=366)
_MOST_DAYS = 3_650


@dataclass(frozen=True, kw_only=True)
class SnoozeDraft:
    """A line put off to a day, and why; `row` names the task, session, contract or company it is about."""

    counsellor_id: int
    pathway_id: int | None
    code: AlertCode
    about: date
    until_on: date
    reason: str
    row: str = ""


@dataclass(frozen=True, kw_only=True)
class UnavailabilityDraft:
    """Days on which a person cannot be met, both included; `to_on` none until told.

    `unavailability_id` none for new ones; `version` that of those changed.
    """

    pathway_id: int
    from_on: date
    to_on: date | None
    reason: Away
    unavailability_id: int | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class CoverDraft:
    """Who takes the list of somebody away, from a day to another."""

    counsellor_id: int
    absent_code: str
    from_on: date
    to_on: date


@dataclass(frozen=True, kw_only=True)
class AlertDraft:
    """The delay of a rule, and whether it speaks."""

    code: AlertCode
    count: int
    active: bool


def put_off(session: Session, draft: SnoozeDraft, today: date) -> int:
    """Puts a line off; refuses a day that has come, one more than a year away, and no reason."""
    if not today < draft.until_on <= today + _FURTHEST:
        raise Refusal(N_("Put it off to a day after today, within a year."), field="until_on")
    reason = one_line(draft.reason)
    if not reason or len(reason) > _LONGEST:
        raise Refusal(N_("Say why, in {most} characters at most."), field="reason", most=_LONGEST)
    if draft.pathway_id is not None:
        fetch(session, Pathway, draft.pathway_id)
    same = select(Snooze).where(
        Snooze.pathway_id.is_(draft.pathway_id), Snooze.code == draft.code, Snooze.about == draft.about,
        Snooze.row == draft.row,
    )  # fmt: skip
    if draft.pathway_id is None:
        same = same.where(Snooze.counsellor_id == draft.counsellor_id)
    snooze = session.scalar(same)
    if snooze is None:
        snooze = Snooze(pathway_id=draft.pathway_id, code=draft.code, about=draft.about, row=draft.row)
        session.add(snooze)
    snooze.counsellor_id, snooze.until_on, snooze.reason = draft.counsellor_id, draft.until_on, reason
    session.flush()
    return snooze.id


def record_unavailability(session: Session, draft: UnavailabilityDraft, today: date) -> int:
    """Notes that a person cannot be met, or changes it; refuses an end before the start, and days noted already."""
    del today
    if draft.to_on is not None and draft.to_on < draft.from_on:
        raise Refusal(N_("The last day comes before the first, {first}."), field="to_on", first=draft.from_on)
    pathway = fetch(session, Pathway, draft.pathway_id)
    if pathway.entered_on is not None and draft.from_on < pathway.entered_on:
        raise Refusal(N_("The entry was on {day}: choose a day after it."), field="from_on", day=pathway.entered_on)
    same = select(Unavailability.from_on).where(
        Unavailability.pathway_id == draft.pathway_id,
        or_(Unavailability.to_on.is_(None), Unavailability.to_on >= draft.from_on),
        Unavailability.from_on <= (draft.to_on or date.max), Unavailability.id.is_not(draft.unavailability_id),
    )  # fmt: skip
    other = session.scalar(same)
    if other is not None:
        raise Refusal(N_("Days from {day} on are noted already."), field="from_on", day=other)
    row = Unavailability(pathway_id=draft.pathway_id)
    if draft.unavailability_id is not None:
        row = fetch(session, Unavailability, draft.unavailability_id)
        refuse_stale(row, draft.version)
    row.from_on, row.to_on, row.reason = draft.from_on, draft.to_on, draft.reason
    session.add(row)
    session.flush()
    return row.id


def record_cover(session: Session, draft: CoverDraft, today: date) -> int:
    """Notes a cover; refuses oneself, an end before the start or before today."""
    absent = session.scalar(select(Counsellor).where(Counsellor.code == draft.absent_code))
    if absent is None or absent.id == draft.counsellor_id:
        raise Refusal(N_("Choose the colleague who is away."), field="absent_code")
    if draft.to_on < max(draft.from_on, today):
        raise Refusal(N_("The last day comes before the first, or has passed."), field="to_on")
    cover = Cover(counsellor_id=draft.counsellor_id, absent_id=absent.id, from_on=draft.from_on, to_on=draft.to_on)
    session.add(cover)
    session.flush()
    return cover.id


def set_alert(session: Session, draft: AlertDraft, today: date) -> None:
    """Sets the delay of a rule, or silences it."""
    del today
    least = 1 if draft.code is AlertCode.CHECK_UP_60 else 0
    if not least <= draft.count <= _MOST_DAYS:
        raise Refusal(N_("A number from {least} to {most} is needed."), field="count", least=least, most=_MOST_DAYS)
    setting = session.scalar(select(AlertSetting).where(AlertSetting.code == draft.code))
    if setting is None:
        setting = AlertSetting(code=draft.code)
        session.add(setting)
    setting.count, setting.active = draft.count, draft.active
