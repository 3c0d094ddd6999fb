"""The one search field: people, companies, words of notes; one slip forgiven in names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.pathway_state import holds_on
from cef_desk.rules.folding import fold, full_name
from cef_desk.store.search_index import matching, matching_nearly

_MOST, _MOST_SORTED = 6, 30
_MOST_LOOKED_AT = 500


class Found(StrEnum):
    """What was found."""

    PERSON = "person"
    COMPANY = "company"
    NOTE = "note"


@dataclass(frozen=True)
class Hit:
    """One thing found.

    `pathway_id` or `company_id` is what it opens; `detail` a commune or the words around those typed; `near` when a
    slip was forgiven; `holder` the code of the counsellor who holds a person, when it is not who asks.
    """

    found: Found
    title: str
    detail: str
    pathway_id: int | None = None
    company_id: int | None = None
    day: date | None = None
    exited: bool = False
    near: bool = False
    holder: str = ""


def search(session: Session, typed: str, counsellor_id: int, today: date) -> list[Hit]:
    """What holds every typed word: people, then companies, then notes, a few of each; one letter asks for no note.

    The people of the counsellor who asks come first.
    """
    if not fold(typed):
        return []
    notes = _notes(session, typed) if len(fold(typed)) > 1 else []
    return [*records_found(session, typed, counsellor_id, today), *notes]


def records_found(session: Session, typed: str, counsellor_id: int, today: date) -> list[Hit]:
    """People, then companies, whose name or commune holds every typed word, or nearly."""
    if not fold(typed):
        return []
    people, companies = _exactly(session, typed, counsellor_id, today)
    if not people:
        near_people, near_companies = _nearly(session, typed, counsellor_id, today)
        people, companies = near_people, companies or near_companies
    return [*people, *companies]


def people_found(session: Session, typed: str, counsellor_id: int, today: date) -> list[Hit]:
    """People whose name or commune holds every typed word, or nearly."""
    if not fold(typed):
        return []
    exactly = _people(session, matching(Beneficiary, Beneficiary.id, typed), counsellor_id, today, typed)
    near = matching_nearly(session, Beneficiary, Beneficiary.id, typed) if not exactly else None
    return exactly if near is None else _people(session, near, counsellor_id, today, typed, near=True)


def last_seen(session: Session, counsellor_id: int, today: date, most: int = 10) -> list[Hit]:
    """The people and companies that a counsellor met or called last."""
    until = datetime.combine(today, datetime.max.time())
    rows = session.execute(
        select(Interaction.pathway_id, Interaction.company_id)
        .where(Interaction.counsellor_id == counsellor_id, Interaction.at <= until)
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(5 * most)
    )
    return records(session, dict.fromkeys(rows), today)[:most]


def records(session: Session, keys: Iterable[tuple[int | None, int | None]], today: date) -> list[Hit]:
    """Hits for some (pathway, company), in their order; those that are gone are left out."""
    wanted = list(keys)
    people = {
        hit.pathway_id: hit
        for hit in _people(
            session, Pathway.id.in_([pathway for pathway, _company in wanted if pathway]), None, today, None
        )
    }
    companies = {
        hit.company_id: hit
        for hit in _companies(session, Company.id.in_([company for pathway, company in wanted if not pathway]), None)
    }
    hits = (people.get(pathway) if pathway else companies.get(company) for pathway, company in wanted)
    return [hit for hit in hits if hit is not None]


def _exactly(session: Session, typed: str, counsellor_id: int, today: date) -> tuple[list[Hit], list[Hit]]:
    return (
        _people(session, matching(Beneficiary, Beneficiary.id, typed), counsellor_id, today, typed),
        _companies(session, matching(Company, Company.id, typed), typed),
    )


def _nearly(session: Session, typed: str, counsellor_id: int, today: date) -> tuple[list[Hit], list[Hit]]:
    person = matching_nearly(session, Beneficiary, Beneficiary.id, typed)
    company = matching_nearly(session, Company, Company.id, typed)
    return (
        _people(session, person, counsellor_id, today, typed, near=True),
        _companies(session, company, typed, near=True),
    )


def _begins(sort_key: ColumnElement[str], typed: str | None) -> list[ColumnElement[bool]]:
    """Names that begin with what was typed come first."""
    return [] if typed is None else [sort_key.startswith(fold(typed), autoescape=True).desc()]


def _people(
    session: Session,
    clause: ColumnElement[bool],
    counsellor_id: int | None,
    today: date,
    typed: str | None,
    *,
    near: bool = False,
) -> list[Hit]:
    """One hit a person: the latest pathway; among the first by name, one's own first, those who have left last."""
    key = Beneficiary.sort_key.expression
    latest = select(func.max(Pathway.id)).where(Pathway.beneficiary_id == Beneficiary.id)
    held = (
        select(Holder.counsellor_id).where(Holder.pathway_id == Pathway.id, holds_on(today)).limit(1).scalar_subquery()
    )
    asked = (
        select(
            Pathway.id, Beneficiary.last_name, Beneficiary.first_name, Beneficiary.city, Exit.day, held.label("held")
        )
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Exit, Exit.pathway_id == Pathway.id)
        .where(clause)
    )
    if typed is not None:
        asked = asked.where(Pathway.id == latest.correlate(Beneficiary).scalar_subquery())
        asked = asked.order_by(*_begins(key, typed), key, Pathway.id).limit(_MOST_SORTED)
    rows = session.execute(asked).all()
    codes = dict(session.execute(select(Counsellor.id, Counsellor.code)).all()) if counsellor_id is not None else {}
    hits = [
        Hit(
            Found.PERSON, full_name(row.last_name, row.first_name), row.city, pathway_id=row.id,
            exited=row.day is not None and row.day <= today, near=near,
            holder="" if row.held == counsellor_id else codes.get(row.held, ""),
        )
        for row in rows
    ]  # fmt: skip
    return hits if typed is None else sorted(hits, key=lambda hit: (hit.exited, bool(hit.holder)))[:_MOST]


def _companies(session: Session, clause: ColumnElement[bool], typed: str | None, *, near: bool = False) -> list[Hit]:
    key = Company.sort_key.expression
    asked = select(Company.id, Company.name, Company.city).where(clause)
    if typed is not None:
        asked = asked.order_by(*_begins(key, typed), key, Company.id).limit(_MOST)
    rows = session.execute(asked)
    return [Hit(Found.COMPANY, name, city, company_id=company, near=near) for company, name, city in rows]


def _notes(session: Session, typed: str) -> list[Hit]:
    """The latest notes that hold the words; looked for among the last typed when there are very many."""
    some = select(Interaction.id).where(matching(Interaction, Interaction.id, typed))
    some = some.order_by(Interaction.id.desc()).limit(_MOST_LOOKED_AT)
    rows = session.execute(
        select(
            Interaction.note, Interaction.at, Interaction.pathway_id, Interaction.company_id, Beneficiary.last_name,
            Beneficiary.first_name, Company.name,
        )
        .outerjoin(Pathway, Pathway.id == Interaction.pathway_id)
        .outerjoin(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .outerjoin(Company, Company.id == Interaction.company_id)
        .where(Interaction.id.in_(some))
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(_MOST)
    )  # fmt: skip
    return [
        Hit(
            Found.NOTE, (full_name(last, first) if pathway else company_name) or "",
            _around(note, fold(typed).split()), pathway_id=pathway, company_id=company, day=at.date(),
        )
        for note, at, pathway, company, last, first, company_name in rows
    ]  # fmt: skip


def _around(note: str, words: Sequence[str]) -> str:
    """The words of a note around the first one typed."""
    told = note.split()
    place = next((n for n, word in enumerate(told) if any(fold(word).startswith(typed) for typed in words)), 0)
    first = max(0, place - 4)
    text = " ".join(told[first : first + 14])
    return ("… " if first else "") + text
