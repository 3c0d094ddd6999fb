"""The rows behind a figure: exactly those it counts, with the person and the company; files get references alone."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Table, false, func, literal, null, select
from sqlalchemy.orm import Session, aliased

from cef_desk.errors import Usage
from cef_desk.i18n import N_
from cef_desk.model.base import Base
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.queries.dimensions import MONTH, Code, Dimension, known_codes
from cef_desk.queries.facts import Facts
from cef_desk.queries.figures import Indicator, Scope, narrowed, refuse_out_of_reach, values
from cef_desk.queries.selection import Order, Selection
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import ListName, Subject
from cef_desk.rules.period import Period


@dataclass(frozen=True)
class Case:
    """One subject counted; `id` and `uid` are its keys, `beneficiary_id` the person's number.

    `what` is the kind of contract or of exit in the words of its list.
    """

    subject: str
    id: int
    uid: str
    day: date | None
    counsellor: str | None
    pathway_id: int | None
    beneficiary_id: int | None
    company_id: int | None
    company: str | None
    person: str | None
    what: str | None

    @property
    def title(self) -> str:
        """The person, else the company, else the reference."""
        return self.person or self.company or f"n° {self.id}"


@dataclass(frozen=True)
class Question:
    """Which rows of a figure: its numerator or denominator, whole or one slice; slice code none: not known."""

    indicator: Indicator
    part: str = "numerator"
    by: Dimension | None = None
    code: Code = None

    @property
    def facts(self) -> Facts:
        """What is listed; refuses the denominator of a count."""
        if self.part == "numerator":
            return self.indicator.numerator
        if self.indicator.denominator is None:
            raise Usage(N_("The figure {code} is a count: it has no denominator."), code=self.indicator.code)
        return self.indicator.denominator


def cases(session: Session, question: Question, period: Period, scope: Scope) -> list[Case]:
    """The rows counted, by key; refuses a slice that does not exist."""
    facts, chosen, period = _chosen(question, period, scope)
    if chosen is None:
        return _no_rows(session, question, period)
    rows = session.execute(_told(facts, chosen).order_by(chosen.c.id), values(period, scope))
    return [_case(facts, row) for row in rows] or _no_rows(session, question, period)


def case_list(question: Question, period: Period, scope: Scope) -> Selection[Case]:
    """The rows counted as a list, latest first; a slice that holds nothing is empty."""
    facts, chosen, period = _chosen(question, period, scope)
    if chosen is None:
        facts, chosen, period = _chosen(replace(question, by=None), period, scope)
        assert chosen is not None  # noqa: S101  without a slice there is always a question
        asked = select(chosen.c.id).where(false())
    else:
        asked = select(chosen.c.id)
    given, table = values(period, scope), chosen
    return Selection(
        key=table.c.id,
        ids=asked.params(given),
        order=Order((func.coalesce(table.c.day, literal(date.min)),), descending=True),
        rows=lambda session, ids: [
            _case(facts, row) for row in session.execute(_told(facts, table).where(table.c.id.in_(ids)), given)
        ],
    )


def _chosen(question: Question, period: Period, scope: Scope) -> tuple[Facts, Subquery | None, Period]:
    """One row for each subject counted; none for a month in which nothing can be."""
    facts, by = question.facts, question.by
    if by is not None:
        refuse_out_of_reach(question.indicator, by)
    if by is MONTH and facts.day is None:
        part = next((part for part in period.months() if part.month_code == question.code), None)
        if part is None:
            return facts, None, period
        period, by = part, None
    found = narrowed(facts, by, scoped=scope.counsellor_id is not None)
    if by is not None:
        found = found.where(by.column(facts).is_not_distinct_from(question.code))
    return facts, _one_each(facts, found).subquery(), period


def _case(facts: Facts, row: Any) -> Case:  # noqa: ANN401  a row of the query below
    *columns, last_name, first_name, what = row
    person = full_name(last_name, first_name) if last_name else None
    return Case(*(facts.subject, *columns, person, what))


def _no_rows(session: Session, question: Question, period: Period) -> list[Case]:
    """No row, which is an answer for a slice that the file knows, and a slip for another."""
    by, code = question.by, question.code
    if by is not None and code is not None and code not in known_codes(session, by, period):
        raise Usage(N_("“{code}” is no {dimension} of this file."), code=code, dimension=by.code)
    return []


def _one_each(facts: Facts, found: Select[Any]) -> Select[Any]:
    nothing = literal(None)
    about = {"day": facts.day, "who": facts.counsellor, "pathway": facts.pathway, "company": facts.company}
    columns = (func.min(nothing if told is None else told).label(name) for name, told in about.items())
    return found.with_only_columns(facts.key.label("id"), *columns).group_by(facts.key)  # type: ignore[return-value]  # columns of any kind


def _told(facts: Facts, chosen: Subquery) -> Select[*tuple[Any, ...]]:
    table = Base.metadata.tables[facts.subject]
    who, pathway, company = aliased(Counsellor), aliased(Pathway), aliased(Company)
    return (
        select(
            chosen.c.id, table.c.uid, chosen.c.day, who.code, chosen.c.pathway, pathway.beneficiary_id,
            chosen.c.company, company.name, Beneficiary.last_name, Beneficiary.first_name, _what(facts, table),
        )
        .select_from(chosen)
        .join(table, table.c.id == chosen.c.id)
        .outerjoin(who, who.id == chosen.c.who)
        .outerjoin(pathway, pathway.id == chosen.c.pathway)
        .outerjoin(company, company.id == chosen.c.company)
        .outerjoin(Beneficiary, Beneficiary.id == pathway.beneficiary_id)
    )  # fmt: skip


_LISTS = {Subject.CONTRACT: ListName.CONTRACT_KIND, Subject.EXIT: ListName.EXIT_KIND}


def _what(facts: Facts, table: Table) -> ColumnElement[Any]:
    name = _LISTS.get(facts.subject)
    if name is None:
        return null()
    return (
        select(ListEntry.label)
        .where(ListEntry.list_name == name, ListEntry.code == table.c.kind_code)
        .scalar_subquery()
    )
