"""The next appointment, proposed from the diary: a day, an hour, a length, or none."""

from collections.abc import Collection
from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cef_desk.i18n import _, field_day, moment
from cef_desk.rules.slots import Taken, clash, slot_after
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.time_fields import DayField, MinutesField, TimeField

_USUAL_MINUTES = 30


class _HourField(TimeField):
    """An hour that says who has it already."""

    taken: Collection[Taken] = ()

    def __init__(self, label: str, name: str, day: DayField, minutes: MinutesField) -> None:
        super().__init__(label, name, 80, required=False)
        self._day, self._minutes = day, minutes
        day.edited.connect(self._show_words)

    def complaint(self) -> str:
        """An appointment needs its hour."""
        if self._day.value() is not None and not self.text().strip():
            return _("An hour is needed for this appointment.")
        return super().complaint()

    def doubt(self) -> str:
        """Who is expected then."""
        day, hour = self._day.value(), self.value()
        if day is None or hour is None:
            return ""
        over = clash(datetime.combine(day, hour), self._minutes.value() or _USUAL_MINUTES, self.taken)
        if over is None:
            return ""
        return _("At {hour} already: {who}").format(hour=f"{over.at:%H:%M}", who=over.who)


class Following(QWidget):
    """The row under its three fields: another hour, none, and what is planned already."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.day = DayField(_("Next appointment"), "meeting_next", today, ahead=True)
        self.minutes = MinutesField(_("Length"), "meeting_next_duration", 96, required=False)
        self.hour = _HourField(_("Hour"), "meeting_next_time", self.day, self.minutes)
        self._another = button("meeting_next_other", _("Another hour"), self._on_other)
        self._another.setProperty("role", "link")
        self._none = button("meeting_next_none", _("None"), self._on_none)
        self._none.setProperty("role", "link")
        self._planned = PlainLabel(role="hint", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._planned, 1)
        row.addWidget(self._another)
        row.addWidget(self._none)

    def know(self, taken: Collection[Taken], following: datetime | None) -> None:
        """What the diary holds, and the appointment that is there already."""
        self.hour.taken = taken
        words = _("The next one is planned already: {when}.").format(when=moment(following)) if following else ""
        self._planned.setText(words)
        self._planned.setVisible(following is not None)
        self._another.setVisible(following is None)
        self._none.setVisible(following is None)

    def value(self) -> tuple[datetime | None, int]:
        """When, and for how many minutes."""
        day, hour = self.day.value(), self.hour.value()
        at = datetime.combine(day, hour) if day is not None and hour is not None else None
        return at, self.minutes.value() or _USUAL_MINUTES

    def _on_other(self) -> None:
        at, minutes = self.value()
        if at is not None:
            later = slot_after(at, minutes, self.hour.taken)
            self._fill(field_day(later.date()), f"{later:%H:%M}", self.minutes.text())

    def _on_none(self) -> None:
        self._fill("", "", "")

    def _fill(self, day: str, hour: str, minutes: str) -> None:
        for field, text in ((self.day, day), (self.hour, hour), (self.minutes, minutes)):
            field.set_text(text)
        self.day.edited.emit()
