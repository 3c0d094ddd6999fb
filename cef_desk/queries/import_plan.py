"""What an import would write: the lines of a spreadsheet set against what the file already holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.pathway import Pathway
from cef_desk.model.rupture import Rupture
from cef_desk.queries.import_drafts import ImportedContract, ImportedLine, ImportPlan, Planned, Remark
from cef_desk.rules.contract_checks import PLACEMENT_GAP_DAYS
from cef_desk.rules.folding import company_key, fold

_SOME = 500


PersonKey = tuple[str, date | None]


@dataclass
class _Person:
    key: int
    values: dict[str, object]
    pathway: int
    entered_on: date


@dataclass
class _Stay:
    placement: int
    first: date
    last: date | None


def plan_import(session: Session, lines: Sequence[ImportedLine], today: date) -> ImportPlan:
    """Sets the lines against the file; writes nothing."""
    return _Planner(session, lines, today).plan


class _Planner:
    def __init__(self, session: Session, lines: Sequence[ImportedLine], today: date) -> None:
        self.session = session
        self.today = today
        self.plan = ImportPlan()
        self._new = count(-1, -1)
        self._counsellors = self._known_counsellors()
        self._holder = min(self._counsellors.values(), default=0)
        self._people = self._known_people(lines)
        self._companies = self._known_companies(lines)
        self._contracts: dict[tuple[int, int, date, str], int] = {}
        self._broken: set[int] = set()
        self._stays: dict[tuple[int, int], list[_Stay]] = {}
        self._read_contracts()
        self._earliest = _earliest_days(lines, today)
        for line in lines:
            self._add(line)

    def _add(self, line: ImportedLine) -> None:
        before = sum(self.plan.created.values()), len(self.plan.completions)
        person = self._person(line)
        if line.contract is not None:
            self._contract(person, line, line.contract)
        if before == (sum(self.plan.created.values()), len(self.plan.completions)):
            self.plan.unchanged += 1

    def _person(self, line: ImportedLine) -> _Person:
        known = next((self._people[key] for key in _person_keys(line) if key in self._people), None)
        if known is None:
            return self._new_person(line)
        filled = {
            name: value
            for name in ("postcode", "city", "phone", "birth_date")
            if (value := getattr(line, name)) and not known.values[name]
        }
        if filled:
            known.values |= filled
            if known.key > 0:
                self.plan.completions.setdefault(known.key, {}).update(filled)
                self._remark(
                    line, "A03", N_("Line {n}: {name} is already known (born on {born}): {k} field(s) filled."),
                    name=f"{line.last_name} {line.first_name}", born=known.values["birth_date"] or "?", k=len(filled),
                )  # fmt: skip
        return known

    def _new_person(self, line: ImportedLine) -> _Person:
        name = fold(f"{line.last_name} {line.first_name}")
        like = next((person for (other, _born), person in self._people.items() if other == name), None)
        if like is not None:
            self._remark(
                line, "A04", N_("Line {n}: perhaps the same person as {name} (n° {id})."),
                name=f"{line.last_name} {line.first_name}", id=str(like.key) if like.key > 0 else "—",
            )  # fmt: skip
        values: dict[str, object] = {
            "last_name": line.last_name, "first_name": line.first_name, "birth_date": line.birth_date,
            "postcode": line.postcode, "city": line.city, "phone": line.phone,
        }  # fmt: skip
        key = next(self._new)
        self.plan.beneficiary.append(Planned(key, values))
        entered_on = self._earliest[_person_keys(line)[0]]
        pathway = next(self._new)
        self.plan.pathway.append(
            Planned(
                pathway,
                {
                    "beneficiary_id": key,
                    "counsellor_id": self._counsellor(line),
                    "entered_on": entered_on.day,
                    "entered_on_estimated": entered_on.estimated,
                },
            )
        )
        if entered_on.estimated:
            self._remark(line, "A12", N_("Line {n}: no day of entry, {day} is kept."), day=entered_on.day)
        person = _Person(key, values, pathway, entered_on.day)
        self._people[_person_keys(line)[0]] = person
        return person

    def _contract(self, person: _Person, line: ImportedLine, draft: ImportedContract) -> None:
        company = self._company(draft.company)
        identity = (person.pathway, company, draft.starts_on, draft.kind_code)
        key = self._contracts.get(identity)
        if key is None:
            key = self._contracts[identity] = next(self._new)
            self.plan.contract.append(Planned(key, self._contract_values(person, line, draft, company)))
            if draft.starts_on < person.entered_on:
                self._remark(line, "A07", N_("Line {n}: the contract starts before the entry in the accompaniment."))
        if draft.rupture is not None and key not in self._broken:
            self._broken.add(key)
            self.plan.rupture.append(
                Planned(
                    next(self._new),
                    {
                        "contract_id": key,
                        "day": draft.rupture.day,
                        "reason_code": draft.rupture.reason_code,
                        "to_confirm": True,
                    },
                )
            )

    def _contract_values(
        self, person: _Person, line: ImportedLine, draft: ImportedContract, company: int
    ) -> dict[str, object]:
        ended_on = draft.rupture.day if draft.rupture else None
        return {
            "pathway_id": person.pathway,
            "company_id": company,
            "placement_id": self._placement(person.pathway, company, draft.starts_on, ended_on or draft.planned_end_on),
            "counsellor_id": self._counsellor(line),
            "kind_code": draft.kind_code,
            "signed_on": draft.signed_on or draft.starts_on,
            "signed_on_estimated": draft.signed_on is None,
            "starts_on": draft.starts_on,
            "planned_end_on": draft.planned_end_on,
            "ended_on": ended_on,
            "weekly_hours": draft.weekly_hours,
        }

    def _placement(self, pathway: int, company: int, first: date, last: date | None) -> int:
        stays = self._stays.setdefault((pathway, company), [])
        for stay in stays:
            after = stay.last is None or (first - stay.last).days - 1 <= PLACEMENT_GAP_DAYS
            before = last is None or (stay.first - last).days - 1 <= PLACEMENT_GAP_DAYS
            if after and before:
                stay.first = min(stay.first, first)
                stay.last = None if stay.last is None or last is None else max(stay.last, last)
                return stay.placement
        key = next(self._new)
        self.plan.placement.append(Planned(key, {"pathway_id": pathway, "company_id": company}))
        stays.append(_Stay(key, first, last))
        return key

    def _company(self, name: str) -> int:
        folded = company_key(name)
        if folded not in self._companies:
            key = self._companies[folded] = next(self._new)
            self.plan.company.append(Planned(key, {"name": name}))
        return self._companies[folded]

    def _counsellor(self, line: ImportedLine) -> int:
        folded = fold(line.counsellor)
        if not folded:
            return self._holder
        if folded not in self._counsellors:
            key = self._counsellors[folded] = next(self._new)
            self.plan.counsellor.append(
                Planned(key, {"code": line.counsellor, "name": line.counsellor, "is_manager": False, "active": False})
            )
            self._remark(
                line, "A11", N_("Line {n}: counsellor “{v}” is not known, created inactive."), v=line.counsellor
            )
        return self._counsellors[folded]

    def _remark(self, line: ImportedLine, code: str, pattern: str, **values: object) -> None:
        self.plan.remarks.append(Remark(line.line, "", code, pattern, {"n": str(line.line), **values}))

    def _known_counsellors(self) -> dict[str, int]:
        rows = self.session.execute(select(Counsellor.id, Counsellor.code, Counsellor.name).order_by(Counsellor.id))
        found: dict[str, int] = {}
        for key, code, name in rows:
            for word in (fold(code), fold(name)):
                if word:
                    found.setdefault(word, key)
        return found

    def _known_people(self, lines: Sequence[ImportedLine]) -> dict[PersonKey, _Person]:
        names = {f"{fold(one)}\t{fold(two)}" for line in lines for one, two in _both_ways(line)}
        found: dict[PersonKey, _Person] = {}
        columns = (
            Beneficiary.id, Beneficiary.last_name, Beneficiary.first_name, Beneficiary.birth_date,
            Beneficiary.postcode, Beneficiary.city, Beneficiary.phone, Pathway.id, Pathway.entered_on,
        )  # fmt: skip
        for some in _some(sorted(names)):
            rows = self.session.execute(
                select(*columns)
                .join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
                .where(Beneficiary.sort_key.in_(some))
                .order_by(Pathway.entered_on)
            )
            for row in rows:
                values: dict[str, object] = {"birth_date": row[3], "postcode": row[4], "city": row[5], "phone": row[6]}
                found[fold(f"{row[1]} {row[2]}"), row[3]] = _Person(row[0], values, row[7], row[8])
        return found

    def _known_companies(self, lines: Sequence[ImportedLine]) -> dict[str, int]:
        names = {company_key(line.contract.company) for line in lines if line.contract}
        found: dict[str, int] = {}
        for some in _some(sorted(names)):
            rows = self.session.execute(
                select(Company.match_key, func.min(Company.id))
                .where(Company.match_key.in_(some))
                .group_by(Company.match_key)
            )
            found |= {name: key for name, key in rows}  # noqa: C416  rows are not tuples to mypy
        return found

    def _read_contracts(self) -> None:
        pathways = sorted({person.pathway for person in self._people.values()})
        for some in _some(pathways):
            rows = self.session.execute(
                select(Contract, Rupture.id)
                .outerjoin(Rupture, Rupture.contract_id == Contract.id)
                .where(Contract.pathway_id.in_(some))
            )
            for contract, rupture in rows:
                place = (contract.pathway_id, contract.company_id)
                self._contracts[*place, contract.starts_on, contract.kind_code] = contract.id
                last = contract.ended_on or contract.planned_end_on
                self._stays.setdefault(place, []).append(_Stay(contract.placement_id, contract.starts_on, last))
                if rupture is not None:
                    self._broken.add(contract.id)


@dataclass(frozen=True)
class _Entry:
    day: date
    estimated: bool


def _earliest_days(lines: Iterable[ImportedLine], today: date) -> dict[PersonKey, _Entry]:
    typed: dict[PersonKey, date] = {}
    known: dict[PersonKey, date] = {}
    keys: set[PersonKey] = set()
    for line in lines:
        key = _person_keys(line)[0]
        keys.add(key)
        if line.entered_on:
            typed[key] = min(line.entered_on, typed.get(key, line.entered_on))
        if line.contract:
            first = min(line.contract.signed_on or line.contract.starts_on, line.contract.starts_on)
            known[key] = min(first, known.get(key, first))
    return {key: _Entry(typed.get(key) or known.get(key) or today, key not in typed) for key in keys}


def _both_ways(line: ImportedLine) -> tuple[tuple[str, str], tuple[str, str]]:
    return (line.last_name, line.first_name), (line.first_name, line.last_name)


def _person_keys(line: ImportedLine) -> tuple[PersonKey, PersonKey]:
    """The folded name with the day of birth, as written and the other way round."""
    one, two = (fold(f"{last} {first}") for last, first in _both_ways(line))
    return (one, line.birth_date), (two, line.birth_date)


def _some(values: Sequence[object]) -> Iterable[Sequence[object]]:
    return (values[start : start + _SOME] for start in range(0, len(values), _SOME))
