"""What the file already holds of what a spreadsheet speaks of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.queries.import_drafts import ImportedLine
from cef_desk.rules.folding import company_key, fold

PersonKey = tuple[str, ...]
ContractKey = tuple[int, int, date, str]
Place = tuple[int, int]
_SOME = 500


@dataclass
class KnownPerson:
    """A person of the file or of the plan, with their pathway."""

    key: int
    values: dict[str, object]
    pathway: int
    entered_on: date | None


@dataclass
class Stay:
    """A placement, from its first day to its last, none while it goes on."""

    placement: int
    first: date
    last: date | None


@dataclass
class KnownContract:
    """A contract of the file or of the plan; `values` of a planned one are those that will be written."""

    key: int
    values: dict[str, object]
    broken: bool


def known_people(session: Session, lines: Sequence[ImportedLine]) -> dict[PersonKey, KnownPerson]:
    """The people of the file who bear a name of the lines, with their last pathway."""
    names = {f"{fold(one)}\t{fold(two)}" for line in lines for one, two in _both_ways(line)}
    found: dict[PersonKey, KnownPerson] = {}
    columns = (
        Beneficiary.id, Beneficiary.last_name, Beneficiary.first_name, Beneficiary.birth_date,
        Beneficiary.postcode, Beneficiary.city, Beneficiary.phone, Pathway.id, Pathway.entered_on,
    )  # fmt: skip
    for some in _some(sorted(names)):
        rows = session.execute(
            select(*columns)
            .join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
            .where(Beneficiary.sort_key.in_(some))
            .order_by(func.coalesce(Pathway.entered_on, date.max), Pathway.id)
        )
        for row in rows:
            values: dict[str, object] = {
                "birth_date": row[3], "postcode": row[4], "city": row[5], "phone": row[6],
            }  # fmt: skip
            found[person_key(row[1], row[2], row[3], row[5], row[6])] = KnownPerson(row[0], values, row[7], row[8])
    return found


def known_companies(session: Session, lines: Sequence[ImportedLine]) -> dict[str, int]:
    """The companies of the file that bear a name of the lines, by name without legal form."""
    names = {company_key(line.contract.company) for line in lines if line.contract}
    found: dict[str, int] = {}
    for some in _some(sorted(names)):
        rows = session.execute(
            select(Company.match_key, func.min(Company.id))
            .where(Company.match_key.in_(some))
            .group_by(Company.match_key)
        )
        found |= {name: key for name, key in rows}  # noqa: C416  rows are not tuples to mypy
    return found


def known_contracts(
    session: Session, people: Iterable[KnownPerson]
) -> tuple[dict[ContractKey, KnownContract], dict[Place, list[Stay]]]:
    """The contracts of some people by person, company, start and kind, and their stays by pathway and company."""
    found: dict[ContractKey, KnownContract] = {}
    stays: dict[Place, list[Stay]] = {}
    for some in _some(sorted({person.key for person in people})):
        rows = session.execute(
            select(Contract, Rupture.id, Pathway.beneficiary_id)
            .join(Pathway, Pathway.id == Contract.pathway_id)
            .outerjoin(Rupture, Rupture.contract_id == Contract.id)
            .where(Pathway.beneficiary_id.in_(some))
        )
        for row, rupture, person in rows:
            values: dict[str, object] = {
                "starts_on": row.starts_on, "planned_end_on": row.planned_end_on, "weekly_hours": row.weekly_hours,
            }  # fmt: skip
            place = (row.pathway_id, row.company_id)
            found[person, row.company_id, row.starts_on, row.kind_code] = KnownContract(
                row.id, values, rupture is not None
            )
            last = row.ended_on or row.planned_end_on
            stays.setdefault(place, []).append(Stay(row.placement_id, row.starts_on, last))
    return found, stays


def _both_ways(line: ImportedLine) -> tuple[tuple[str, str], tuple[str, str]]:
    return (line.last_name, line.first_name), (line.first_name, line.last_name)


def person_keys(line: ImportedLine) -> list[PersonKey]:
    """What tells a person: as written, and with a day of birth the other way round too."""
    ways = _both_ways(line) if line.birth_date else _both_ways(line)[:1]
    return [person_key(last, first, line.birth_date, line.city, line.phone) for last, first in ways]


def person_key(last: str, first: str, born: date | None, city: str, phone: str) -> PersonKey:
    """The folded name with the day of birth, or without one with all that is known of where they are."""
    name = fold(f"{last} {first}")
    return (name, born.isoformat()) if born else (name, fold(city), "".join(mark for mark in phone if mark.isdigit()))


def _some(values: Sequence[object]) -> Iterable[Sequence[object]]:
    return (values[start : start + _SOME] for start in range(0, len(values), _SOME))
