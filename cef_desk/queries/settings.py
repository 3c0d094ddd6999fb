"""What the settings page shows: the unit, the counsellors, the lists."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.model.alert_setting import AlertSetting
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.holder import Holder
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.presence import Presence
from cef_desk.model.unit import Unit
from cef_desk.queries.pathway_state import has_exited, holds_on
from cef_desk.rules.alerts import DELAYS, AlertCode, Delay


@dataclass(frozen=True)
class UnitValues:
    """The unit as a form shows it."""

    name: str
    scheme: str
    address: str
    phone: str
    opened_on: date | None
    low_base: int
    min_stay_days: int
    loyal_months: int
    version: int


@dataclass(frozen=True)
class CounsellorRow:
    """One counsellor; `holds` how many pathways today, `from_on` and `to_on` the last presence."""

    id: int
    code: str
    name: str
    is_manager: bool
    active: bool
    from_on: date | None
    to_on: date | None
    holds: int
    version: int


@dataclass(frozen=True)
class EntryRow:
    """One row of a list."""

    id: int
    code: str
    label: str
    active: bool
    version: int


@dataclass(frozen=True)
class AlertRow:
    """One rule with its delay; a silent one keeps the delay it would have."""

    code: AlertCode
    delay: Delay
    active: bool


@dataclass(frozen=True)
class SettingsValues:
    """Everything the page shows of the file; `lists` by the name of the list."""

    unit: UnitValues
    counsellors: tuple[CounsellorRow, ...]
    lists: dict[str, tuple[EntryRow, ...]]
    alerts: tuple[AlertRow, ...]


def settings_values(session: Session, today: date) -> SettingsValues:
    """The settings that live in the file."""
    unit = session.scalars(select(Unit)).one()
    values = UnitValues(
        unit.name,
        unit.scheme,
        unit.address,
        unit.phone,
        unit.opened_on,
        unit.low_base,
        unit.min_stay_days,
        unit.loyal_months,
        unit.version,
    )
    lists: dict[str, list[EntryRow]] = {}
    for row in session.scalars(select(ListEntry).order_by(ListEntry.list_name, ListEntry.position)):
        lists.setdefault(row.list_name, []).append(EntryRow(row.id, row.code, row.label, row.active, row.version))
    return SettingsValues(
        values, tuple(_counsellors(session, today)), {name: tuple(rows) for name, rows in lists.items()},
        tuple(_alerts(session)),
    )  # fmt: skip


def _alerts(session: Session) -> list[AlertRow]:
    held = {row.code: row for row in session.scalars(select(AlertSetting))}
    return [
        AlertRow(code, replace(delay, count=held[code].count), held[code].active) if code in held
        else AlertRow(code, delay, active=True)
        for code, delay in DELAYS.items()
    ]  # fmt: skip


def _counsellors(session: Session, today: date) -> list[CounsellorRow]:
    held = dict(
        session.execute(
            select(Holder.counsellor_id, func.count())
            .join(Pathway, Pathway.id == Holder.pathway_id)
            .where(holds_on(today), ~has_exited(today))
            .group_by(Holder.counsellor_id)
        ).all()
    )  # fmt: skip
    presences: dict[int, Presence] = {}
    for presence in session.scalars(select(Presence).order_by(Presence.id)):
        presences[presence.counsellor_id] = presence
    return [
        CounsellorRow(
            row.id, row.code, row.name, row.is_manager, row.active,
            presences[row.id].from_on if row.id in presences else None,
            presences[row.id].to_on if row.id in presences else None, held.get(row.id, 0), row.version,
        )
        for row in session.scalars(select(Counsellor).order_by(Counsellor.code))
    ]  # fmt: skip
