"""What the forms of a person and of a company begin with, and who bears nearly the same name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import SQLColumnExpression, or_, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.company_contact import CompanyContact
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.queries.selection import Selection, all_ids
from cef_desk.rules.folding import company_key, fold
from cef_desk.rules.kinds import ListName
from cef_desk.store.search_index import matching_nearly

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
    email: str = ""
    channel: str = ""
    contact_through: str = ""
    address: str = ""
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
    """What the form opens with; `beneficiary_id` none for a new person, `own_code` that of who opens it."""

    beneficiary_id: int | None
    values: PersonValues
    choices: PersonChoices
    own_code: str


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
    wakes_on: date | None = None
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


def person_form(session: Session, pathway_id: int | None, counsellor_id: int) -> PersonForm:
    """The form of the person of a pathway, or of a new one, whom the counsellor who asks will hold."""
    person = None
    if pathway_id is not None:
        person = session.scalar(
            select(Beneficiary).join(Pathway, Pathway.beneficiary_id == Beneficiary.id).where(Pathway.id == pathway_id)
        )
        if person is None:
            raise Missing(N_("This record is no longer there."))
    values = PersonValues() if person is None else PersonValues(
        person.last_name, person.first_name, person.birth_date, person.sex or "", person.phone, person.email,
        person.channel, person.contact_through, person.address, person.postcode, person.city,
        person.vehicle_code or "", person.household_code or "", person.version,
    )  # fmt: skip
    choices = PersonChoices(
        vehicle=_choices(session, ListName.VEHICLE, values.vehicle_code),
        household=_choices(session, ListName.HOUSEHOLD, values.household_code),
        prescriber=_choices(session, ListName.PRESCRIBER),
        level=_choices(session, ListName.LEVEL),
        counsellors=_counsellors(session, counsellor_id),
    )
    own_code = session.scalar(select(Counsellor.code).where(Counsellor.id == counsellor_id)) or ""
    return PersonForm(None if person is None else person.id, values, choices, own_code)


def transfer_form(session: Session, keys: Sequence[int] | None, selection: Selection[Any] | None) -> TransferForm:
    """The files to hand over: those named, or all that a selection holds when none are."""
    held = all_ids(session, selection) if keys is None and selection is not None else keys or ()
    return TransferForm(tuple(held), _counsellors(session))


def company_form(session: Session, company_id: int | None) -> CompanyForm:
    """The form of a company, or of a new one."""
    if company_id is None:
        return CompanyForm(None, CompanyValues(), _choices(session, ListName.NAF_SECTION))
    company = session.get(Company, company_id)
    if company is None:
        raise Missing(N_("This record is no longer there."))
    contact = session.scalar(
        select(CompanyContact).where(CompanyContact.company_id == company_id).order_by(CompanyContact.id).limit(1)
    )
    values = CompanyValues(
        company.name, company.siret or "", company.naf_section or "", company.size_band or "", company.postcode,
        company.city, company.phone, company.email, contact.name if contact else "", contact.role if contact else "",
        contact.phone if contact else "", company.wakes_on, company.version,
    )  # fmt: skip
    return CompanyForm(company_id, values, _choices(session, ListName.NAF_SECTION, values.naf_section))


def near_people(session: Session, last_name: str, first_name: str, but: int | None) -> list[Near]:
    """People whose two names are nearly these, whatever their order, the same ones first; `but` is left out."""
    typed = f"{last_name} {first_name}"
    key: SQLColumnExpression[str] = Beneficiary.sort_key.expression
    found = []
    for pathway, person in session.execute(
        select(Pathway, Beneficiary)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(matching_nearly(session, Beneficiary, Beneficiary.id, typed), Beneficiary.id != (but or 0))
        .order_by((key == fold(typed)).desc(), key, Pathway.id.desc())
        .limit(_MOST_NEAR)
    ):
        found.append(Near(pathway.id, f"{person.last_name} {person.first_name}", person.city, person.birth_date))
    return found if fold(last_name) and fold(first_name) else []


def near_companies(session: Session, name: str, but: int | None) -> list[Near]:
    """Companies whose name without legal form is nearly this one, the same ones first; `but` is left out."""
    asked = company_key(name)
    if len(asked) < _SHORTEST:
        return []
    key: SQLColumnExpression[str] = Company.sort_key.expression
    rows = session.scalars(
        select(Company)
        .where(matching_nearly(session, Company, Company.id, asked), Company.id != (but or 0))
        .order_by((key == fold(name)).desc(), key.startswith(asked, autoescape=True).desc(), key)
        .limit(_MOST_NEAR)
    )
    return [Near(row.id, row.name, row.city) for row in rows]


def _counsellors(session: Session, own_id: int | None = None) -> Choices:
    """Those who are offered, and `own_id` in any case."""
    found = session.execute(
        select(Counsellor.code, Counsellor.name)
        .where(or_(Counsellor.active.is_(True), Counsellor.id == own_id))
        .order_by(Counsellor.code)
    )
    return tuple((code, f"{code} {name}".strip()) for code, name in found)


def _choices(session: Session, name: ListName, held: str = "") -> Choices:
    """The rows of a list that are offered, and the one `held` though it is offered no longer."""
    rows = session.execute(
        select(ListEntry.code, ListEntry.label)
        .where(ListEntry.list_name == name, or_(ListEntry.active.is_(True), ListEntry.code == held))
        .order_by(ListEntry.position)
    )
    return tuple(rows)
