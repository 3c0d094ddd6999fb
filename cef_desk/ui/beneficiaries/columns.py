"""What the people list shows."""

from datetime import date

from cef_desk.i18n import N_, _, near_day, ngettext, number, short_day, short_month
from cef_desk.queries.people import PeopleOrder
from cef_desk.queries.person_rows import PersonRow
from cef_desk.rules.alerts import Alert, AlertCode
from cef_desk.ui.kit.columns import Column, Mark

_TRIAL = (N_("Trial: {days}"), "hourglass")
_ALERTS = {
    AlertCode.TRIAL_END_OPEN: _TRIAL, AlertCode.TRIAL_END_MONTH: _TRIAL, AlertCode.TRIAL_END_SHORT: _TRIAL,
    AlertCode.CONTRACT_END: (N_("End: {days}"), "calendar-clock"),
    AlertCode.INSERTION_END: (N_("CI: {days}"), "file-pen-line"),
}  # fmt: skip
_LATE = (AlertCode.NO_MEETING, AlertCode.WAITING_TO_ENTER)


def people_columns(today: date) -> tuple[Column, ...]:
    """Name, what matters now, commune, contract, last meeting, next appointment, entry; the rest when asked for."""

    def seen(row: PersonRow) -> str:
        return near_day(row.last_meeting, today) if row.last_meeting else _("never")

    def worth(row: PersonRow) -> str:
        return alert_words(row.alert, today) if row.alert is not None else ""

    def coming(row: PersonRow) -> str:
        return near_day(row.next_appointment, today) if row.next_appointment else _("none")

    return (
        Column("name", _("Name"), _last_name, 0, PeopleOrder.NAME, muted=False, strong=True, private=True,
               rest=_first_name),
        Column("alert", _("Worth knowing"), worth, 146, muted=False, mark=lambda row: _alert_mark(row, today)),
        Column("city", _("Commune"), _city, 108, PeopleOrder.CITY, private=True),
        Column("contract", _("Current contract"), _contract, 124, muted=False),
        Column("seen", _("Seen on"), seen, 74, PeopleOrder.LAST_MEETING, value=lambda row: row.last_meeting),
        Column("next", _("Next appt."), coming, 104, muted=False, value=lambda row: row.next_appointment),
        Column("entry", _("Entry"), _entry, 80, PeopleOrder.ENTERED_ON, value=lambda row: row.entered_on),
        Column("age", _("Age"), _age, 64, at_first=False, number=True, value=lambda row: row.age),
        Column("counsellor", _("Counsellor"), lambda row: row.counsellor or "", 90, at_first=False),
        Column("prescriber", _("Prescriber"), lambda row: row.prescriber or "", 140, at_first=False),
        Column("barriers", _("Barriers"), lambda row: number(row.barriers), 72, at_first=False, number=True,
               value=lambda row: row.barriers),
        Column("phone", _("Telephone"), lambda row: row.phone, 120, at_first=False, private=True),
        Column("exit", _("Exit"), _exit, 92, at_first=False, value=lambda row: row.exited_on),
    )  # fmt: skip


def alert_words(alert: Alert, today: date) -> str:
    """What an alert says: how many days to go, or since when nobody met."""
    since = number((today - alert.about).days)
    if alert.code is AlertCode.NO_MEETING:
        return _("{n} d without meeting").format(n=since)
    if alert.code is AlertCode.WAITING_TO_ENTER:
        return _("waits for {n} d").format(n=since)
    left = alert.days(today)
    days = ngettext("in {n} d", "in {n} d", left).format(n=number(left)) if left else _("today")
    return _(_ALERTS[alert.code][0]).format(days=days)


def is_late(row: PersonRow) -> bool:
    """True for a row that bears the red bar."""
    return row.alert is not None and row.alert.code in _LATE


def _last_name(row: PersonRow) -> str:
    return row.last_name


def _first_name(row: PersonRow) -> str:
    return row.first_name


def _alert_mark(row: PersonRow, today: date) -> Mark | None:
    if row.alert is None:
        return None
    if row.alert.code in _LATE:
        return Mark("clock-alert", "danger")
    return Mark(_ALERTS[row.alert.code][1], "warning" if row.alert.due == today else "")


def _city(row: PersonRow) -> str:
    return row.city


def _contract(row: PersonRow) -> str:
    return row.contract or ""


def _entry(row: PersonRow) -> str:
    return short_month(row.entered_on) if row.entered_on else _("waits")


def _age(row: PersonRow) -> str:
    return "" if row.age is None else number(row.age)


def _exit(row: PersonRow) -> str:
    return short_day(row.exited_on) if row.exited_on else ""
