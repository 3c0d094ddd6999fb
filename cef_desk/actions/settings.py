"""What a unit sets: itself, its counsellors, the words of its lists."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.lists import ListEntry
from cef_desk.model.presence import Presence
from cef_desk.model.unit import Unit
from cef_desk.rules.folding import fold, one_line

LONGEST_CODE, LONGEST = 20, 200
_OWN = "U"
"""Codes of rows that a unit adds: no list that ships has one of these."""
_MOST_BASE, _MOST_DAYS, _MOST_MONTHS = 1_000, 3_650, 600


@dataclass(frozen=True, kw_only=True)
class UnitSettings:
    """The unit as typed; `loyal_months` 0: since the opening."""

    name: str
    scheme: str
    address: str
    phone: str
    opened_on: date | None
    low_base: int
    min_stay_days: int
    loyal_months: int
    version: int


@dataclass(frozen=True, kw_only=True)
class CounsellorDraft:
    """A counsellor as typed; `counsellor_id` none for a new one."""

    counsellor_id: int | None
    code: str
    name: str
    is_manager: bool
    active: bool
    from_on: date | None = None
    to_on: date | None = None
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """The words of one row of a list, and whether forms offer it; a new one has no key, and a word its `family`."""

    entry_id: int | None
    label: str
    active: bool
    version: int = 0
    list_name: str = ""
    family: str = ""


def set_unit(session: Session, draft: UnitSettings, today: date) -> None:
    """Changes the unit; refuses an empty name, an opening after today, numbers that make no sense."""
    unit = session.scalars(select(Unit)).one()
    refuse_stale(unit, draft.version)
    name, scheme = _text(draft.name, "name", LONGEST), _text(draft.scheme, "scheme", LONGEST_CODE)
    if not name:
        raise Refusal(N_("The unit needs a name."), field="name")
    if draft.opened_on is not None and draft.opened_on > today:
        raise Refusal(N_("The unit cannot have opened after today, {today}."), field="opened_on", today=today)
    for field, least, most in (
        ("low_base", 1, _MOST_BASE), ("min_stay_days", 0, _MOST_DAYS), ("loyal_months", 0, _MOST_MONTHS),
    ):  # fmt: skip
        if not least <= getattr(draft, field) <= most:
            raise Refusal(N_("A number from {least} to {most} is needed."), field=field, least=least, most=most)
        setattr(unit, field, getattr(draft, field))
    unit.name, unit.scheme, unit.opened_on = name, scheme, draft.opened_on
    unit.address, unit.phone = _text(draft.address, "address", LONGEST), _text(draft.phone, "phone", LONGEST)


def set_counsellor(session: Session, draft: CounsellorDraft, today: date) -> int:
    """Adds or changes a counsellor with the days of presence; refuses a code that another one has."""
    del today
    code, name = _text(draft.code, "code", LONGEST_CODE), _text(draft.name, "name", LONGEST)
    if not code:
        raise Refusal(N_("The counsellor needs a code, as CEF01."), field="code")
    for other, taken in session.execute(select(Counsellor.id, Counsellor.code)):
        if other != draft.counsellor_id and fold(taken) == fold(code):
            raise Refusal(N_("Another counsellor has the code “{code}”."), field="code", code=taken)
    if draft.from_on is not None and draft.to_on is not None and draft.to_on < draft.from_on:
        raise Refusal(N_("The last day comes before the first, {first}."), field="to_on", first=draft.from_on)
    if draft.counsellor_id is None:
        who = Counsellor(code=code, name=name, is_manager=draft.is_manager, active=draft.active)
        session.add(who)
        session.flush()
    else:
        who = fetch(session, Counsellor, draft.counsellor_id)
        refuse_stale(who, draft.version)
        _refuse_last(session, who, draft)
        who.code, who.name, who.is_manager, who.active = code, name, draft.is_manager, draft.active
    presence = session.scalar(
        select(Presence).where(Presence.counsellor_id == who.id).order_by(Presence.id.desc()).limit(1)
    )
    if presence is None:
        session.add(Presence(counsellor_id=who.id, from_on=draft.from_on, to_on=draft.to_on))
    else:
        presence.from_on, presence.to_on = draft.from_on, draft.to_on
    return who.id


def _refuse_last(session: Session, who: Counsellor, draft: CounsellorDraft) -> None:
    """Somebody has to be able to sit at the desk."""
    others = select(func.count()).select_from(Counsellor).where(Counsellor.active.is_(True), Counsellor.id != who.id)
    if not draft.active and not session.scalar(others):
        raise Refusal(N_("One counsellor at least stays active."), field="active")


def set_entry(session: Session, draft: EntryDraft, today: date) -> None:
    """Adds a row to a list, or changes its words and whether forms offer it; a code stays.

    Refuses a new row that has the words of another one.
    """
    del today
    label = _text(draft.label, "label", LONGEST)
    if not label:
        raise Refusal(N_("Words are needed here."), field="label")
    if draft.entry_id is None:
        entry = _new_entry(session, draft, label)
    else:
        entry = fetch(session, ListEntry, draft.entry_id)
        refuse_stale(entry, draft.version)
    entry.label, entry.active = label, draft.active
    session.add(entry)


def _new_entry(session: Session, draft: EntryDraft, label: str) -> ListEntry:
    rows = session.scalars(select(ListEntry).where(ListEntry.list_name == draft.list_name)).all()
    same = next((row for row in rows if fold(row.label) == fold(label)), None)
    if same is not None:
        raise Refusal(N_("“{label}” is in this list already."), field="label", label=same.label)
    last = max((row.position for row in rows), default=0)
    return ListEntry(
        list_name=draft.list_name, code=f"{_OWN}{last + 1:03}", position=last + 1, family=draft.family or None
    )


def _text(text: str, field: str, most: int) -> str:
    told = one_line(text)
    if len(told) > most:
        raise Refusal(N_("This is longer than {most} characters."), field=field, most=most)
    return told
