"""Every table as it is stored, for the export: no lock-in. Private notes alone stay where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Date, DateTime, Float, Integer, case, func, literal, select, text
from sqlalchemy.orm import Session

from cef_desk.model.base import Base, record_classes
from cef_desk.model.interaction import Interaction
from cef_desk.model.journal_entry import JournalRow
from cef_desk.model.unfinished import Unfinished
from cef_desk.rules.kinds import ListName

_PRIVATE_BEFORE = '"is_private":true'
_KINDS = {Boolean: "boolean", Date: "date", DateTime: "datetime", Float: "number", Integer: "integer"}
_JOURNAL = ("access_log", "import_batch", "journal_row", "journal_step", "unfinished")
_CODES = {
    ("contract", "kind_code"): ListName.CONTRACT_KIND,
    ("rupture", "reason_code"): ListName.RUPTURE_REASON,
    ("exit", "kind_code"): ListName.EXIT_KIND,
    ("barrier", "theme_code"): ListName.BARRIER,
    ("pathway", "level_code"): ListName.LEVEL,
    ("pathway", "prescriber_code"): ListName.PRESCRIBER,
    ("pathway", "zone_code"): ListName.ZONE,
    ("pathway", "territory_code"): ListName.TERRITORY,
    ("company", "territory_code"): ListName.TERRITORY,
    ("company", "naf_section"): ListName.NAF_SECTION,
    ("contract", "naf_section"): ListName.NAF_SECTION,
    ("beneficiary", "household_code"): ListName.HOUSEHOLD,
    ("beneficiary", "vehicle_code"): ListName.VEHICLE,
    ("insertion_contract", "kind_code"): ListName.INSERTION_KIND,
    ("interaction", "subject_codes"): ListName.MEETING_SUBJECT,
}


@dataclass(frozen=True)
class TableColumn:
    """`kind` is text, integer, number, boolean, date or datetime; `codes` the list its codes are of."""

    name: str
    kind: str
    codes: str | None


def table_names(*, with_journal: bool = False) -> list[str]:
    """The tables of an export, in alphabetical order."""
    return sorted([*record_classes(), *(_JOURNAL if with_journal else ())])


def table_columns(name: str) -> list[TableColumn]:
    """The columns of one table, in their order, without the count of its changes: that is the journal's."""
    return [
        TableColumn(column.name, _KINDS.get(type(column.type), "text"), _CODES.get((name, column.name)))
        for column in Base.metadata.tables[name].c
        if column.name != "version" or name in _JOURNAL
    ]


def read_tables(session: Session, names: Sequence[str]) -> dict[str, list[tuple[object, ...]]]:
    """Every row of some tables at one moment, by key, in the order of `table_columns`."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for name in names:
        table = Base.metadata.tables[name]
        columns = [_public(table.c[column.name]) for column in table_columns(name)]
        found[name] = [tuple(row) for row in session.execute(select(*columns).order_by(*table.primary_key))]
    return found


def _public(column: Column[Any]) -> ColumnElement[Any]:
    """The column without private notes: the note, what it was before; what is being typed is never told."""
    note = Interaction.table().c
    if column is note.note:
        return case((note.is_private, ""), else_=column)
    if column is JournalRow.__table__.c.before:
        of_notes = JournalRow.table_name == Interaction.__tablename__
        now = JournalRow.row_id.in_(select(note.id).where(note.is_private))
        return case((of_notes & (now | column.contains(_PRIVATE_BEFORE)), None), else_=column)
    if column is Unfinished.__table__.c.fields:
        return literal("{}")
    return column


def schema_version(session: Session) -> str:
    """The revision of the file."""
    return str(session.scalar(text("SELECT version_num FROM alembic_version")))


def table_counts(session: Session) -> dict[str, int]:
    """Rows per table."""
    return {
        name: session.scalar(select(func.count()).select_from(Base.metadata.tables[name])) or 0
        for name in table_names()
    }
