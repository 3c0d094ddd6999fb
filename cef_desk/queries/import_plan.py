"""What an import would write: the lines of a spreadsheet set against what the file already holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.lists import ListEntry
from cef_desk.progress import UNWATCHED, Progress
from cef_desk.queries.import_drafts import ImportedContract, ImportedLine, ImportedRupture, ImportPlan, Planned, Remark
from cef_desk.queries.import_known import (
    KnownContract,
    KnownPerson,
    PersonKey,
    Stay,
    known_companies,
    known_contracts,
    known_people,
    person_keys,
)
from cef_desk.rules.contract_checks import PLACEMENT_GAP_DAYS, check_rupture_day
from cef_desk.rules.folding import company_key, fold
from cef_desk.rules.kinds import SELF_EMPLOYED, Form, ListName
from cef_desk.rules.period import age_on

_ADDRESS = ("postcode", "city")


def plan_import(
    session: Session, lines: Sequence[ImportedLine], today: date, counsellor_id: int, *, progress: Progress = UNWATCHED
) -> ImportPlan:
    """Sets the lines against the file; writes nothing. Lines without counsellor are those of `counsellor_id`."""
    planner = _Planner(session, lines, today, counsellor_id)
    for line in progress.among(lines):
        planner.add(line)
    return planner.plan


class _Planner:
    def __init__(self, session: Session, lines: Sequence[ImportedLine], today: date, counsellor_id: int) -> None:
        self.session = session
        self.plan = ImportPlan()
        self._new = count(-1, -1)
        self._holder = counsellor_id
        self._counsellors = self._known_counsellors()
        self._forms = _forms(session)
        self._people = known_people(session, lines)
        self._companies = known_companies(session, lines)
        self._contracts, self._stays = known_contracts(session, self._people.values())
        self._earliest = _earliest_days(lines, today)

    def add(self, line: ImportedLine) -> None:
        """Plans one line."""
        before = self._size()
        person = self._person(line)
        if line.contract is not None:
            self._add_contract(person, line, line.contract)
        if self._size() == before:
            self.plan.unchanged += 1

    def _size(self) -> tuple[int, int]:
        return sum(self.plan.created.values()), sum(map(len, self.plan.completions.values()))

    def _person(self, line: ImportedLine) -> KnownPerson:
        known = next((self._people[key] for key in person_keys(line) if key in self._people), None)
        if known is None:
            return self._new_person(line)
        filled = _fillable(line, known.values)
        if filled:
            known.values.update(filled)
            if known.key > 0:
                self._complete("beneficiary", known.key, filled)
                self._remark(
                    line, "A03", N_("Line {n}: {name} is already known (born on {born}): {k} field(s) filled."),
                    name=f"{line.last_name} {line.first_name}", born=known.values["birth_date"] or "?", k=len(filled),
                )  # fmt: skip
        if known.entered_on is None:
            self._enter(known, line)
        return known

    def _enter(self, known: KnownPerson, line: ImportedLine) -> None:
        """Whoever waited has entered on the day of the list, or when the contract of the list began at the latest."""
        entry = self._earliest[person_keys(line)[0]]
        if line.entered_on is None and line.contract is None:
            return
        known.entered_on = entry.day
        born = known.values["birth_date"]
        self._complete(
            "pathway", known.pathway,
            {
                "entered_on": entry.day, "entered_on_estimated": entry.estimated, "entry_follows_meetings": False,
                "age_at_entry": age_on(born, entry.day) if isinstance(born, date) else None,
            },
        )  # fmt: skip

    def _new_person(self, line: ImportedLine) -> KnownPerson:
        name = fold(f"{line.last_name} {line.first_name}")
        like = next((person for key, person in self._people.items() if key[0] == name), None)
        if like is not None:
            self._remark(
                line, "A04", N_("Line {n}: perhaps the same person as {name} (n° {id})."),
                name=f"{line.last_name} {line.first_name}", id=str(like.key) if like.key > 0 else "—",
            )  # fmt: skip
        values: dict[str, object] = {
            "last_name": line.last_name, "first_name": line.first_name, "birth_date": line.birth_date,
            "postcode": line.postcode, "city": line.city, "phone": line.phone,
        }  # fmt: skip
        identity = person_keys(line)[0]
        entry = self._earliest[identity]
        key, pathway = next(self._new), next(self._new)
        self.plan.beneficiary.append(Planned(key, values))
        self.plan.pathway.append(
            Planned(
                pathway,
                {
                    "beneficiary_id": key,
                    "entered_on": entry.day,
                    "entered_on_estimated": entry.estimated,
                    "age_at_entry": age_on(line.birth_date, entry.day) if line.birth_date else None,
                },
            )
        )
        held = {"pathway_id": pathway, "counsellor_id": self._counsellor(line), "from_on": entry.day}
        self.plan.holder.append(Planned(next(self._new), held))
        if entry.estimated:
            self._remark(line, "A12", N_("Line {n}: no day of entry, {day} is kept."), day=entry.day)
        person = KnownPerson(key, values, pathway, entry.day)
        self._people[identity] = person
        return person

    def _add_contract(self, person: KnownPerson, line: ImportedLine, draft: ImportedContract) -> None:
        company = self._company(draft.company)
        identity = (person.key, company, draft.starts_on, draft.kind_code)
        contract = self._contracts.get(identity)
        if contract is None:
            contract = KnownContract(next(self._new), self._contract_values(person, line, draft, company), broken=False)
            self._contracts[identity] = contract
            self.plan.contract.append(Planned(contract.key, contract.values))
            if person.entered_on is not None and draft.starts_on < person.entered_on:
                self._remark(line, "A07", N_("Line {n}: the contract starts before the entry in the accompaniment."))
        else:
            self._fill_contract(contract, line, draft)
        if draft.rupture is not None and not contract.broken:
            self._break(contract, line, draft.rupture)

    def _fill_contract(self, contract: KnownContract, line: ImportedLine, draft: ImportedContract) -> None:
        told = {"planned_end_on": draft.planned_end_on, "weekly_hours": draft.weekly_hours}
        self._change(contract, {name: value for name, value in told.items() if value and not contract.values[name]})
        for name, value in told.items():
            if value and value != contract.values[name]:
                self._remark(
                    line, "A16", N_("Line {n}: this contract is known with {old}, not {new}: left as it is."),
                    old=contract.values[name], new=value,
                )  # fmt: skip

    def _break(self, contract: KnownContract, line: ImportedLine, rupture: ImportedRupture) -> None:
        starts_on, end = contract.values["starts_on"], contract.values["planned_end_on"]
        try:
            check_rupture_day(rupture.day, starts_on, end)  # type: ignore[arg-type]  # days, by their columns
        except Refusal:
            self._remark(
                line, "A17", N_("Line {n}: the rupture on {d} is outside the contract: left out."), d=rupture.day
            )
            return
        contract.broken = True
        self._change(contract, {"ended_on": rupture.day})
        values = {"contract_id": contract.key, "day": rupture.day, "reason_code": rupture.reason_code}
        self.plan.rupture.append(Planned(next(self._new), values | {"to_confirm": True}))

    def _change(self, contract: KnownContract, values: dict[str, object]) -> None:
        contract.values.update(values)
        if values and contract.key > 0:
            self._complete("contract", contract.key, values)

    def _complete(self, table: str, key: int, values: dict[str, object]) -> None:
        self.plan.completions.setdefault((table, key), {}).update(values)

    def _contract_values(
        self, person: KnownPerson, line: ImportedLine, draft: ImportedContract, company: int
    ) -> dict[str, object]:
        last = draft.rupture.day if draft.rupture else draft.planned_end_on
        return {
            "pathway_id": person.pathway,
            "company_id": company,
            "placement_id": self._placement(person.pathway, company, draft.starts_on, last),
            "counsellor_id": self._counsellor(line),
            "kind_code": draft.kind_code,
            "form": self._form(draft),
            "signed_on": draft.signed_on or draft.starts_on,
            "signed_on_estimated": draft.signed_on is None,
            "starts_on": draft.starts_on,
            "planned_end_on": draft.planned_end_on,
            "weekly_hours": draft.weekly_hours,
        }

    def _form(self, draft: ImportedContract) -> str | None:
        """The form of its kind; where the kind leaves it open, its planned end tells."""
        if draft.kind_code in SELF_EMPLOYED:
            return None
        return self._forms.get(draft.kind_code) or (Form.CDD if draft.planned_end_on else Form.CDI)

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
        stays.append(Stay(key, first, last))
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


def _forms(session: Session) -> dict[str, str | None]:
    kinds = session.execute(select(ListEntry.code, ListEntry.form).where(ListEntry.list_name == ListName.CONTRACT_KIND))
    return {code: form for code, form in kinds}  # noqa: C416  rows are not tuples to mypy


def _fillable(line: ImportedLine, known: dict[str, object]) -> dict[str, object]:
    """The empty fields a line fills; a postcode and its commune only together, so that no address mixes two."""
    filled: dict[str, object] = {"phone": line.phone} if line.phone and not known["phone"] else {}
    typed = {"postcode": line.postcode, "city": line.city}
    agrees = all(not known[name] or fold(str(known[name])) == fold(typed[name]) for name in _ADDRESS)
    if agrees:
        filled |= {name: typed[name] for name in _ADDRESS if typed[name] and not known[name]}
    return filled


@dataclass(frozen=True)
class _Entry:
    day: date
    estimated: bool


def _earliest_days(lines: Iterable[ImportedLine], today: date) -> dict[PersonKey, _Entry]:
    typed: dict[PersonKey, date] = {}
    known: dict[PersonKey, date] = {}
    keys: set[PersonKey] = set()
    for line in lines:
        key = person_keys(line)[0]
        keys.add(key)
        if line.entered_on:
            typed[key] = min(line.entered_on, typed.get(key, line.entered_on))
        if line.contract:
            first = min(line.contract.signed_on or line.contract.starts_on, line.contract.starts_on)
            known[key] = min(first, known.get(key, first))
    return {key: _Entry(typed.get(key) or known.get(key) or today, key not in typed) for key in keys}
