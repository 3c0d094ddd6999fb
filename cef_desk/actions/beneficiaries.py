"""People: a new one with the pathway that begins, a correction."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.actions.pathways import begin_pathway
from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Missing, Refusal
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.holder import Holder
from cef_desk.model.pathway import Pathway
from cef_desk.rules.folding import one_line

LONGEST = 200
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    """A person as typed; empty texts are not known. `version` is that of the row corrected."""

    last_name: str
    first_name: str
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    channel: str = ""
    contact_through: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    vehicle_code: str = ""
    household_code: str = ""
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class NewPersonDraft(PersonDraft):
    """A person who enters or waits to: the pathway begins on `entered_on` or, until then, when it was prescribed.

    It is held by a counsellor.
    """

    entered_on: date | None
    prescribed_on: date | None = None
    counsellor_code: str
    prescriber_code: str = ""
    level_code: str = ""


def add_person(session: Session, draft: NewPersonDraft, today: date) -> int:
    """Adds a person with the pathway that begins, and gives the pathway's key; refuses days that cannot be."""
    person = Beneficiary()
    _fill(person, draft, today)
    holder = session.scalar(select(Counsellor.id).where(Counsellor.code == draft.counsellor_code))
    if holder is None:
        raise Missing(N_("This counsellor is no longer there."))
    session.add(person)
    session.flush()
    pathway = Pathway(
        beneficiary_id=person.id, prescribed_on=draft.prescribed_on, level_code=draft.level_code or None,
        prescriber_code=draft.prescriber_code or None,
    )  # fmt: skip
    with session.no_autoflush:
        begin_pathway(session, pathway, draft.entered_on, today)
    session.add(pathway)
    session.flush()
    first = min(day for day in (draft.entered_on, draft.prescribed_on) if day is not None)
    session.add(Holder(pathway_id=pathway.id, counsellor_id=holder, from_on=first))
    return pathway.id


def correct_person(session: Session, beneficiary_id: int, draft: PersonDraft, today: date) -> int:
    """Corrects a person; refuses when somebody changed them since the form was opened."""
    person = fetch(session, Beneficiary, beneficiary_id)
    refuse_stale(person, draft.version)
    _fill(person, draft, today)
    first = session.scalar(select(func.min(Pathway.entered_on)).where(Pathway.beneficiary_id == beneficiary_id))
    if first is not None and draft.birth_date is not None and first < draft.birth_date:
        raise Refusal(N_("The birth cannot come after the entry on {entered}."), field="birth_date", entered=first)
    return beneficiary_id


def _fill(person: Beneficiary, draft: PersonDraft, today: date) -> None:
    if not one_line(draft.last_name):
        raise Refusal(N_("A name is needed here."), field="last_name")
    if draft.birth_date is not None and draft.birth_date > today:
        raise Refusal(N_("Nobody is born after today, {today}."), field="birth_date", today=today)
    for name in (
        "last_name",
        "first_name",
        "phone",
        "email",
        "contact_through",
        "address",
        "postcode",
        "city",
    ):
        text = one_line(getattr(draft, name))
        if len(text) > LONGEST:
            raise Refusal(N_("This is longer than {most} characters."), field=name, most=LONGEST)
        setattr(person, name, text)
    if draft.email.strip() and not _EMAIL.fullmatch(draft.email.strip()):
        raise Refusal(N_("This is no e-mail address: as name@example.fr."), field="email")
    person.channel = draft.channel
    person.birth_date = draft.birth_date
    for name in ("sex", "vehicle_code", "household_code"):
        setattr(person, name, getattr(draft, name) or None)
