"""Companies: a new one, a correction, its first contact."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.rows import fetch, refuse_stale
from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.company import Company
from cef_desk.model.company_contact import CompanyContact
from cef_desk.rules.folding import one_line

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class CompanyDraft:
    """A company as typed with its first contact; empty texts are not known. A SIRET is kept without its spaces.

    It is left to sleep until `wakes_on`, when it comes back to the counsellor who says so.
    """

    name: str
    siret: str = ""
    naf_section: str = ""
    size_band: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    contact_name: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    wakes_on: date | None = None
    counsellor_id: int | None = None
    version: int = 0


def add_company(session: Session, draft: CompanyDraft, today: date) -> int:
    """Adds a company and gives its key."""
    del today
    company = Company()
    _fill(company, draft)
    session.add(company)
    session.flush()
    _keep_contact(session, company.id, draft)
    return company.id


def correct_company(session: Session, company_id: int, draft: CompanyDraft, today: date) -> int:
    """Corrects a company; refuses when somebody changed it since the form was opened."""
    del today
    company = fetch(session, Company, company_id)
    refuse_stale(company, draft.version)
    _fill(company, draft)
    _keep_contact(session, company_id, draft)
    return company_id


def _fill(company: Company, draft: CompanyDraft) -> None:
    if not one_line(draft.name):
        raise Refusal(N_("A name is needed here."), field="name")
    for name in ("name", "postcode", "city", "phone", "email"):
        setattr(company, name, _text(draft, name))
    company.siret = _text(draft, "siret").replace(" ", "") or None
    company.naf_section, company.size_band = draft.naf_section or None, draft.size_band or None
    if company.wakes_on != draft.wakes_on:
        if draft.wakes_on is not None and draft.counsellor_id is None:
            raise Refusal(N_("Somebody has to be there when the company wakes."), field="wakes_on")
        company.wakes_on = draft.wakes_on
        company.wakes_for_id = None if draft.wakes_on is None else draft.counsellor_id


def _keep_contact(session: Session, company_id: int, draft: CompanyDraft) -> None:
    values = {name: _text(draft, f"contact_{name}") for name in ("name", "role", "phone")}
    contact = session.scalar(
        select(CompanyContact).where(CompanyContact.company_id == company_id).order_by(CompanyContact.id).limit(1)
    )
    if contact is None and any(values.values()):
        session.add(CompanyContact(company_id=company_id, email="", **values))
    elif contact is not None:
        for name, value in values.items():
            setattr(contact, name, value)


def _text(draft: CompanyDraft, name: str) -> str:
    text = one_line(getattr(draft, name))
    if len(text) > LONGEST:
        raise Refusal(N_("This is longer than {most} characters."), field=name, most=LONGEST)
    return text
