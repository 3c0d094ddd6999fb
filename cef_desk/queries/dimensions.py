"""What figures can be sliced by, and which subjects each dimension reaches: domain/rules.md (d)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, SQLColumnExpression, case, select, union
from sqlalchemy.orm import Session, aliased

from cef_desk.errors import Usage
from cef_desk.i18n import N_
from cef_desk.model.barrier import Barrier
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.contract import Contract
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.queries.facts import AT, Facts
from cef_desk.rules.kinds import SIZE_GROUPS, Form, ListName, Subject
from cef_desk.rules.period import Period
from cef_desk.store.dialect import month_of

Code = str | None

_pathway = aliased(Pathway, name="sliced_pathway")
_person = aliased(Beneficiary, name="sliced_person")
_company = aliased(Company, name="sliced_company")
_barrier = aliased(Barrier, name="sliced_barrier")
_counsellor = aliased(Counsellor, name="sliced_counsellor")
_kind = aliased(ListEntry, name="sliced_kind")

Columns = Callable[[Facts], SQLColumnExpression[Any]]
Joined = Callable[[Facts, Select[Any]], Select[Any]]


@dataclass(frozen=True, eq=False)
class Dimension:
    """`column` gives the code of a fact's slice once `joined` has brought in the tables it is read from.

    A fact has several values of a `multiple` dimension. Labels are those of a list, else of the rows of `named`, else
    `labels`, else the codes.
    """

    code: str
    label: str
    reaches: frozenset[Subject]
    column: Columns
    joined: Joined = lambda _facts, chosen: chosen
    list_name: ListName | None = None
    named: CompoundSelect[Any] | None = None
    labels: Mapping[str, str] | None = None
    multiple: bool = False


@dataclass(frozen=True)
class Slice:
    """One value of a dimension; code none: not known. `label` is a word of a list or a message id."""

    dimension: str
    code: Code
    label: str


_Bands = tuple[tuple[int, str], ...]
_PEOPLE = frozenset({Subject.PATHWAY, Subject.EXIT, Subject.INTERACTION, Subject.CONTRACT, Subject.BARRIER})
_CONTRACT = frozenset({Subject.CONTRACT})
_COMPANY = frozenset({Subject.COMPANY})
_AGES: _Bands = ((25, "<25"), (30, "25-29"), (40, "30-39"), (50, "40-49"), (55, "50-54"))
_SENIORITIES: _Bands = ((6, "<6"), (12, "6-11"), (24, "12-23"), (60, "24-59"))


def _with_pathway(facts: Facts, chosen: Select[Any]) -> Select[Any]:
    return chosen.outerjoin(_pathway, _pathway.id == facts.pathway)


def _with_person(facts: Facts, chosen: Select[Any]) -> Select[Any]:
    return _with_pathway(facts, chosen).outerjoin(_person, _person.id == _pathway.beneficiary_id)


def _with_company(facts: Facts, chosen: Select[Any]) -> Select[Any]:
    return chosen.outerjoin(_company, _company.id == facts.company)


def _with_place(facts: Facts, chosen: Select[Any]) -> Select[Any]:
    return (_with_company if facts.subject is Subject.COMPANY else _with_pathway)(facts, chosen)


def _with_own_company(facts: Facts, chosen: Select[Any]) -> Select[Any]:
    return _with_company(facts, chosen) if facts.subject is Subject.COMPANY else chosen


def _with_barriers(facts: Facts, chosen: Select[Any]) -> Select[Any]:
    if facts.subject is Subject.BARRIER:
        return chosen
    return chosen.outerjoin(_barrier, (_barrier.pathway_id == facts.pathway) & (_barrier.opened_on <= AT))


def _with_counsellor(facts: Facts, chosen: Select[Any]) -> Select[Any]:
    return chosen.outerjoin(_counsellor, _counsellor.id == facts.counsellor)


def _codes(bands: _Bands, last: str) -> dict[str, str]:
    return {code: code for code in (*(code for _top, code in bands), last)}


def _band(number: SQLColumnExpression[Any], bands: _Bands, last: str) -> ColumnElement[str]:
    return case((number.is_(None), None), *((number < top, code) for top, code in bands), else_=last)


def _own(of_fact: SQLColumnExpression[Any], of_company: SQLColumnExpression[Any]) -> Columns:
    return lambda facts: of_company if facts.subject is Subject.COMPANY else of_fact


def _size(band: SQLColumnExpression[Any]) -> ColumnElement[str]:
    return case(SIZE_GROUPS, value=band)


def _month(facts: Facts) -> ColumnElement[str]:
    if facts.day is None:
        raise TypeError(facts.subject)
    return month_of(facts.day)


MONTH = Dimension("month", N_("month"), _PEOPLE | _COMPANY, _month)
COUNSELLOR = Dimension(
    "counsellor",
    N_("counsellor"),
    _PEOPLE | {Subject.COUNSELLOR},
    lambda _facts: _counsellor.code,
    _with_counsellor,
    named=union(select(Counsellor.code, Counsellor.code)),
)
ALL = (
    MONTH,
    COUNSELLOR,
    Dimension(
        "sex", N_("sex"), _PEOPLE, lambda _facts: _person.sex, _with_person,
        labels={"F": N_("women"), "H": N_("men")},
    ),
    Dimension("age", N_("age at entry"), _PEOPLE, lambda _facts: _band(_pathway.age_at_entry, _AGES, "55+"),
              _with_pathway, labels=_codes(_AGES, "55+")),
    Dimension("level", N_("level"), _PEOPLE, lambda _facts: _pathway.level_code, _with_pathway, ListName.LEVEL),
    Dimension("seniority", N_("months in the scheme at entry"), _PEOPLE,
              lambda _facts: _band(_pathway.months_in_scheme, _SENIORITIES, "60+"), _with_pathway,
              labels=_codes(_SENIORITIES, "60+")),
    Dimension("prescriber", N_("prescriber"), _PEOPLE, lambda _facts: _pathway.prescriber_code, _with_pathway,
              ListName.PRESCRIBER),
    Dimension("zone", N_("zone"), _PEOPLE, lambda _facts: _pathway.zone_code, _with_pathway, ListName.ZONE),
    Dimension("territory", N_("territory"), _PEOPLE | _COMPANY,
              _own(_pathway.territory_code, _company.territory_code), _with_place, ListName.TERRITORY),
    Dimension(
        "commune", N_("commune"), _PEOPLE | _COMPANY, _own(_pathway.commune_code, _company.commune_code), _with_place,
        named=union(
            select(Pathway.commune_code, Pathway.commune).where(Pathway.commune.is_not(None)),
            select(Company.commune_code, Company.city).where(Company.city != ""),
        ),
    ),
    Dimension(
        "barrier", N_("barrier"), _PEOPLE,
        lambda facts: Barrier.theme_code if facts.subject is Subject.BARRIER else _barrier.theme_code, _with_barriers,
        ListName.BARRIER, multiple=True,
    ),
    Dimension("kind", N_("contract kind"), _CONTRACT, lambda _facts: Contract.kind_code,
              list_name=ListName.CONTRACT_KIND),
    Dimension("form", N_("form of the contract"), _CONTRACT, lambda _facts: Contract.form,
              labels={form: form for form in Form}),
    Dimension("naf", N_("activity"), _CONTRACT | _COMPANY, _own(Contract.naf_section, _company.naf_section),
              _with_own_company, ListName.NAF_SECTION),
    Dimension("size", N_("size of the company"), _CONTRACT | _COMPANY,
              _own(_size(Contract.size_band), _size(_company.size_band)), _with_own_company,
              labels={code: code for code in SIZE_GROUPS.values()}),
)  # fmt: skip
DIMENSIONS = {item.code: item for item in ALL}


NOT_KNOWN = N_("not known")


def dimension(code: str) -> Dimension:
    """The dimension of a code; refuses one that is not known."""
    found = DIMENSIONS.get(code.lower())
    if found is None:
        raise Usage(
            N_("There is no dimension “{code}”. Known: {codes}."), code=code, codes=", ".join(sorted(DIMENSIONS))
        )
    return found


def known_codes(session: Session, by: Dimension, period: Period) -> Collection[str]:
    """Every code a dimension can have in a file; the months are those of the period."""
    return [part.month_code for part in period.months()] if by is MONTH else _labels(session, by)


def _labels(session: Session, by: Dimension) -> dict[str, str]:
    if by.list_name is not None:
        entries = select(ListEntry.code, ListEntry.label).where(ListEntry.list_name == by.list_name)
        return {row.code: row.label for row in session.execute(entries.order_by(ListEntry.position))}
    if by.named is not None:
        return {row[0]: row[1] for row in session.execute(by.named)}
    return dict(by.labels or {})


def slices_of(session: Session, by: Dimension, codes: Collection[Code]) -> list[Slice]:
    """The slices of some codes with their labels, in the order of their list; what is not known comes last."""
    labels = _labels(session, by)
    order = {code: place for place, code in enumerate(labels)}
    known = sorted((code for code in codes if code is not None), key=lambda code: (order.get(code, len(order)), code))
    found = [Slice(by.code, code, labels.get(code, code)) for code in known]
    return [*found, Slice(by.code, None, NOT_KNOWN)] if None in codes else found
