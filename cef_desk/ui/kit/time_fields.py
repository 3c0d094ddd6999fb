"""Fields of days, hours and durations, typed as people type them."""

from datetime import date, time

from cef_desk.i18n import _, field_day, long_day
from cef_desk.rules.typed_dates import typed_day, typed_minutes, typed_time
from cef_desk.ui.kit.fields import LineField


class DayField(LineField[date]):
    """A day as people type it, told in full under the field; empty is allowed unless `required`.

    `ahead`: a day without year is the next one, as for appointments.
    """

    def __init__(self, label: str, name: str, today: date, *, ahead: bool = False, required: bool = False) -> None:
        self._today, self._ahead, self._required = today, ahead, required
        super().__init__(label, name, 128)

    def value(self) -> date | None:
        """The day meant."""
        return typed_day(self.text(), self._today, ahead=self._ahead) if self.text().strip() else None

    def set_day(self, day: date) -> None:
        """Fills the field."""
        self.set_text(field_day(day))

    def complaint(self) -> str:
        """A day that no calendar has, or none where one is needed."""
        if self._required and not self.text().strip():
            return _("A day is needed here.")
        if self.text().strip() and self.value() is None:
            return _("This day cannot be read: as 22/11, 22/11/2006, yesterday or +14.")
        return ""

    def explanation(self) -> str:
        """The day in full."""
        day = self.value()
        if day is None:
            return ""
        return _("{day}, today").format(day=long_day(day)) if day == self._today else long_day(day)

    def settle(self) -> None:
        """22 becomes 22/11/2006."""
        day = self.value()
        if day is not None:
            self.set_day(day)


class TimeField(LineField[time]):
    """An hour: 9, 930, 9h30; empty is allowed unless `required`."""

    def __init__(self, label: str, name: str, width: int = 0, *, required: bool = True) -> None:
        self._required = required
        super().__init__(label, name, width)

    def value(self) -> time | None:
        """The hour meant."""
        return typed_time(self.text())

    def complaint(self) -> str:
        """An hour that no clock has."""
        readable = self.value() is not None or not (self._required or self.text().strip())
        return "" if readable else _("This hour cannot be read: as 9, 9h30 or 14:00.")

    def settle(self) -> None:
        """9 becomes 09:00."""
        found = self.value()
        if found is not None:
            self.set_text(f"{found:%H:%M}")


class MinutesField(LineField[int]):
    """A duration: 45, 1h, 1h15; empty is allowed unless `required`."""

    def __init__(self, label: str, name: str, width: int = 0, *, required: bool = True) -> None:
        self._required = required
        super().__init__(label, name, width)

    def value(self) -> int | None:
        """Minutes."""
        return typed_minutes(self.text())

    def complaint(self) -> str:
        """A duration that cannot be read."""
        readable = self.value() is not None or not (self._required or self.text().strip())
        return "" if readable else _("This duration cannot be read: as 30, 1h or 1h15.")

    def settle(self) -> None:
        """45 becomes 45 min."""
        found = self.value()
        if found is not None:
            self.set_text(f"{found} min")
