"""What figures count: the facts of one subject that answer a question, asked for any period.

The questions are built once; a period gives `:first`, `:last` (never after the report date) and `:at`, the report
date: a fact after it is ignored, whenever it was typed (domain/demo.md, section 6).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, SQLColumnExpression, bindparam, case, func, or_, select
from sqlalchemy.orm import Mapped, aliased

from cef_desk.model.barrier import Barrier
from cef_desk.model.contract import Contract
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.rules.kinds import Kind, ListName, Outcome, Subject
from cef_desk.rules.period import Period
from cef_desk.store.dialect import day_of, plus_days

FIRST = bindparam("first", type_=Date)
LAST = bindparam("last", type_=Date)
AT = bindparam("at", type_=Date)

Key = SQLColumnExpression[int] | SQLColumnExpression[int | None]


def asked(period: Period) -> dict[str, date]:
    """The values of a period for the questions."""
    return {"first": period.first, "last": min(period.last, period.at), "at": period.at}


@dataclass(frozen=True, eq=False)
class Facts:
    """One row of `rows` a fact; `key` is the subject's, counted once when `distinct`.

    `day` puts a fact in a month; without it the fact lasts, and a month is asked for by itself. `counsellor` is whose
    it is; `pathway` and `company` lead to what reports slice by. `rows` selects from the table of its facts, with
    other tables only in subqueries or under another name, so that a slice may join them.
    """

    subject: Subject
    rows: Select[Any]
    key: Key
    counsellor: Key
    day: SQLColumnExpression[Any] | None = None
    pathway: Key | None = None
    company: Key | None = None
    distinct: bool = False

    def where(self, *clauses: ColumnElement[bool]) -> "Facts":
        """The same facts, fewer."""
        return replace(self, rows=self.rows.where(*clauses))

    def on(self, day: SQLColumnExpression[Any]) -> "Facts":
        """The same facts, put in a month by another day."""
        return replace(self, day=day)

    def per(self, subject: Subject) -> "Facts":
        """Their persons (by pathway) or their companies, each once."""
        key = {Subject.PATHWAY: self.pathway, Subject.COMPANY: self.company}[subject]
        if key is None:
            raise ValueError(subject)
        return replace(self, subject=subject, key=key, distinct=True)


def holder_on(pathway: Mapped[int], day: SQLColumnExpression[Any]) -> ColumnElement[int]:
    """The counsellor who holds a pathway on a day."""
    held = aliased(Holder)
    return (
        select(held.counsellor_id)
        .where(held.pathway_id == pathway, held.from_on <= day, or_(held.to_on.is_(None), held.to_on >= day))
        .limit(1)
        .scalar_subquery()
    )


def pathways(*clauses: ColumnElement[bool], held_on: SQLColumnExpression[Any] = AT) -> Facts:
    """Pathways, held by the counsellor of a day."""
    return Facts(
        Subject.PATHWAY, select(Pathway.id).where(*clauses), Pathway.id, holder_on(Pathway.id, held_on),
        pathway=Pathway.id,
    )  # fmt: skip


def contracts(*clauses: ColumnElement[bool]) -> Facts:
    """Contract rows, of the counsellor at signature."""
    return Facts(
        Subject.CONTRACT, select(Contract.id).where(*clauses), Contract.id, Contract.counsellor_id,
        Contract.signed_on, Contract.pathway_id, Contract.company_id,
    )  # fmt: skip


def chains(*clauses: ColumnElement[bool]) -> Facts:
    """Contracts by any row of theirs, the first or a renewal: each once."""
    return replace(contracts(*clauses), key=chain(), distinct=True, day=None)


def exits(*clauses: ColumnElement[bool]) -> Facts:
    """Exits, of the holder on the day of the exit."""
    return Facts(
        Subject.EXIT, select(Exit.id).where(*clauses), Exit.id, holder_on(Exit.pathway_id, Exit.day), Exit.day,
        Exit.pathway_id,
    )  # fmt: skip


def interactions(kind: Kind, outcomes: tuple[Outcome, ...], *clauses: ColumnElement[bool]) -> Facts:
    """Interactions of the period, of their own counsellor."""
    return Facts(
        Subject.INTERACTION,
        select(Interaction.id).where(
            Interaction.kind == kind, Interaction.outcome.in_(outcomes), Interaction.at >= FIRST,
            Interaction.at < plus_days(LAST, 1), *clauses,
        ),
        Interaction.id, Interaction.counsellor_id, day_of(Interaction.at), Interaction.pathway_id,
        Interaction.company_id,
    )  # fmt: skip


def barriers(*clauses: ColumnElement[bool]) -> Facts:
    """Barriers, of the holder of their pathway at the report date."""
    return Facts(
        Subject.BARRIER, select(Barrier.id).where(*clauses), Barrier.id, holder_on(Barrier.pathway_id, AT),
        pathway=Barrier.pathway_id,
    )  # fmt: skip


def in_period(day: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """A day of the period."""
    return day.between(FIRST, LAST)


def flagged(name: ListName, flag: Mapped[bool | None]) -> Select[Any]:
    """The codes of a list that bear a flag."""
    return select(ListEntry.code).where(ListEntry.list_name == name, flag.is_(True))


def of_counted_kind(contract: type[Contract] = Contract) -> ColumnElement[bool]:
    """A work contract: no business creation."""
    return contract.kind_code.in_(flagged(ListName.CONTRACT_KIND, ListEntry.counts_as_contract))


def counted(contract: type[Contract] = Contract) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """First rows of kinds that count: no renewal, no amendment."""
    return contract.parent_id.is_(None), of_counted_kind(contract)


def last_day(contract: type[Contract] = Contract) -> ColumnElement[date]:
    """The last day of a contract row as known at the report date, none while it is open."""
    return case((contract.ended_on <= AT, contract.ended_on), else_=contract.planned_end_on)


def chain(contract: type[Contract] = Contract) -> ColumnElement[int]:
    """The key of the first contract of a chain of renewals."""
    return func.coalesce(contract.parent_id, contract.id)


def not_renewed(facts: Facts) -> Facts:
    """The last row of each chain alone: no renewal signed by the report date starts later."""
    later = aliased(Contract)
    latest = (
        select(later.parent_id, func.max(later.starts_on).label("starts_on"))
        .where(later.parent_id.is_not(None), later.signed_on <= AT)
        .group_by(later.parent_id)
        .subquery()
    )
    rows = facts.rows.outerjoin(latest, latest.c.parent_id == chain())
    last = Contract.parent_id.is_not(None) & (latest.c.starts_on <= Contract.starts_on)
    return replace(facts, rows=rows.where(or_(latest.c.parent_id.is_(None), last)))
