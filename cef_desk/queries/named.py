"""Whom or what a step of the journal is about: its reference, a table and a key, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cef_desk.model.base import Record
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.insertion_contract import InsertionContract
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.model.right import Right
from cef_desk.model.snooze import Snooze
from cef_desk.model.unavailability import Unavailability
from cef_desk.model.workshop import Workshop

_OF_A_PATHWAY: dict[str, type[Record]] = {
    kind.__tablename__: kind for kind in (InsertionContract, Interaction, Right, Snooze, Unavailability)
}


@dataclass(frozen=True)
class Named:
    """A name, and whether it is that of a person."""

    name: str
    is_person: bool


def named(session: Session, references: Sequence[str]) -> Named | None:
    """The one session, person or company that some references are about; none when it is not one, or is gone."""
    sessions = [each for each in references if each.startswith(Workshop.__tablename__)]
    found = {_named(session, each) for each in sessions or references} - {None}
    return found.pop() if len(found) == 1 else None


def _named(session: Session, reference: str) -> Named | None:
    table, _colon, key = reference.partition(":")
    if not key.isdecimal():
        return None
    row_id = int(key)
    who = _person(table, row_id)
    if who is not None and (name := session.scalar(who)):
        return Named(name.strip(), is_person=True)
    what = {
        Company.__tablename__: select(Company.name).where(Company.id == row_id),
        Workshop.__tablename__: select(Workshop.title).where(Workshop.id == row_id),
        Interaction.__tablename__: select(Company.name)
        .join(Interaction, Interaction.company_id == Company.id)
        .where(Interaction.id == row_id),
    }.get(table)
    name = None if what is None else session.scalar(what)
    return Named(name, is_person=False) if name else None


def _person(table: str, row_id: int) -> Select[str] | None:
    asked = select(Beneficiary.last_name + " " + Beneficiary.first_name)
    if table == Beneficiary.__tablename__:
        return asked.where(Beneficiary.id == row_id)
    asked = asked.join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
    if table == Pathway.__tablename__:
        return asked.where(Pathway.id == row_id)
    kind = _OF_A_PATHWAY.get(table)
    if kind is None:
        return None
    rows = kind.table()
    return asked.join(rows, rows.c.pathway_id == Pathway.id).where(rows.c.id == row_id)
