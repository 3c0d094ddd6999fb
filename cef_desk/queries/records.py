"""What the forms of a person and of a company begin with, and who bears nearly the same name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.base import Record
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.company_contact import CompanyContact
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.queries.selection import Selection, all_ids
from cef_desk.rules.folding import company_key, fold
from cef_desk.rules.kinds import ListName
from cef_desk.store.search_index import matching, matching_nearly

_MOST_NEAR = 3
_SHORTEST = 3
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PersonValues:
    """A person as a form shows them; `version` is that of the row the form was filled from."""

    last_name: str = ""
    first_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    postcode: str = ""
    city: str = ""
    vehicle_code: str = ""
    household_code: str = ""
    version: int = 0


@dataclass(frozen=True)
class PersonChoices:
    """The lists of the form, and the counsellors who can hold a pathway."""

    vehicle: Choices
    household: Choices
    prescriber: Choices
    level: Choices
    counsellors: Choices


@dataclass(frozen=True)
class PersonForm:
    """What the form opens with; `beneficiary_id` none for a new person."""

    beneficiary_id: int | None
    values: PersonValues
    choices: PersonChoices


@dataclass(frozen=True)
class TransferForm:
    """What is to change hands, and to whom it can go."""

    pathway_ids: tuple[int, ...]
    counsellors: Choices


@dataclass(frozen=True)
class CompanyValues:
    """A company as a form shows it, with its first contact."""

    name: str = ""
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
    version: int = 0


@dataclass(frozen=True)
class CompanyForm:
    """What the form opens with; `company_id` none for a new one."""

    company_id: int | None
    values: CompanyValues
    sections: Choices


@dataclass(frozen=True)
class Near:
    """A record of nearly the same name; `id` is a pathway's or a company's."""

    id: int
    title: str
    detail: str
    day: date | None = None


def person_form(session: Session, pathway_id: int | None) -> PersonForm:
    """The form of the person of a pathway, or of a new one."""
    choices = PersonChoices(
        vehicle=_choices(session, ListName.VEHICLE),
        household=_choices(session, ListName.HOUSEHOLD),
        prescriber=_choices(session, ListName.PRESCRIBER),
        level=_choices(session, ListName.LEVEL),
        counsellors=_counsellors(session),
    )
    if pathway_id is None:
        return PersonForm(None, PersonValues(), choices)
    person = session.scalar(
        select(Beneficiary).join(Pathway, Pathway.beneficiary_id == Beneficiary.id).where(Pathway.id == pathway_id)
    )
    if person is None:
        raise Missing(N_("This record is no longer there."))
    values = PersonValues(
        person.last_name, person.first_name, person.birth_date, person.sex or "", person.phone, person.postcode,
        person.city, person.vehicle_code or "", person.household_code or "", person.version,
    )  # fmt: skip
    return PersonForm(person.id, values, choices)


def transfer_form(session: Session, selection: Selection[Any], keys: Sequence[int] | None) -> TransferForm:
    """The rows of a list to hand over: some of them, or all of it when no keys are named."""
    return TransferForm(tuple(all_ids(session, selection) if keys is None else keys), _counsellors(session))


def company_form(session: Session, company_id: int | None) -> CompanyForm:
    """The form of a company, or of a new one."""
    sections = _choices(session, ListName.NAF_SECTION)
    if company_id is None:
        return CompanyForm(None, CompanyValues(), sections)
    company = session.get(Company, company_id)
    if company is None:
        raise Missing(N_("This record is no longer there."))
    contact = session.scalar(
        select(CompanyContact).where(CompanyContact.company_id == company_id).order_by(CompanyContact.id).limit(1)
    )
    values = CompanyValues(
        company.name, company.siret or "", company.naf_section or "", company.size_band or "", company.postcode,
        company.city, company.phone, company.email, contact.name if contact else "", contact.role if contact else "",
        contact.phone if contact else "", company.version,
    )  # fmt: skip
    return CompanyForm(company_id, values, sections)


def near_people(session: Session, last_name: str, first_name: str, but: int | None) -> list[Near]:
    """People whose two names are nearly these, whatever their order; `but` is the person being corrected."""
    typed = f"{last_name} {first_name}"
    found = []
    for pathway, person in session.execute(
        select(Pathway, Beneficiary)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(_near(session, Beneficiary, typed), Beneficiary.id != (but or 0))
        .order_by(Beneficiary.sort_key, Pathway.id.desc())
        .limit(_MOST_NEAR)
    ):
        found.append(Near(pathway.id, f"{person.last_name} {person.first_name}", person.city, person.birth_date))
    return found if fold(last_name) and fold(first_name) else []


def near_companies(session: Session, name: str, but: int | None) -> list[Near]:
    """Companies whose name without legal form is nearly this one."""
    key = company_key(name)
    if len(key) < _SHORTEST:
        return []
    rows = session.scalars(
        select(Company).where(_near(session, Company, key), Company.id != (but or 0)).order_by(Company.sort_key)
        .limit(_MOST_NEAR)
    )  # fmt: skip
    return [Near(row.id, row.name, row.city) for row in rows]


def _near(session: Session, kind: type[Record], typed: str) -> ColumnElement[bool]:
    nearly = matching_nearly(session, kind, kind.id, typed)
    return matching(kind, kind.id, typed) if nearly is None else nearly


def _counsellors(session: Session) -> Choices:
    found = session.execute(
        select(Counsellor.code, Counsellor.name).where(Counsellor.active.is_(True)).order_by(Counsellor.code)
    )
    return tuple((code, f"{code} {name}".strip()) for code, name in found)


def _choices(session: Session, name: ListName) -> Choices:
    rows = session.execute(
        select(ListEntry.code, ListEntry.label)
        .where(ListEntry.list_name == name, ListEntry.active.is_(True))
        .order_by(ListEntry.position)
    )
    return tuple(rows)
