"""What a timeline is narrowed to: a kind of event, words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cef_desk.i18n import N_, _, number
from cef_desk.queries.timeline import Event, Moment
from cef_desk.rules.folding import fold
from cef_desk.rules.kinds import Kind
from cef_desk.ui.beneficiaries.journey import JourneyBar
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import FilterEdit
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line

_ALL, _MEETINGS, _JOB, _REFERRALS, _TASKS = "all", "meetings", "job", "referrals", "tasks"
_GROUPS = (
    (_ALL, N_("Everything")), (_MEETINGS, N_("Meetings")), (_JOB, N_("In a job")),
    (_REFERRALS, N_("Put forward")), (_TASKS, N_("Tasks and letters")),
)  # fmt: skip


class TimelineTools(QWidget):
    """The journey as a bar, one chip a kind of event with its number, a search; `changed` when it narrows otherwise."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("timeline_tools")
        self.bar = JourneyBar()
        self._group = _ALL
        self._chips: dict[str, QPushButton] = {}
        self._words = FilterEdit(_("In this journey"))
        self._words.setObjectName("timeline_filter")
        self._words.setMaximumWidth(theme.px(200))
        self._words.textChanged.connect(self.changed)
        chips = QWidget()
        flow = FlowLayout(chips)
        for code, words in _GROUPS:
            chip = button(f"timeline_{code}", _(words), self._on_chip)
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.setProperty("group", code)
            self._chips[code] = chip
            flow.addWidget(chip)
        row = QHBoxLayout()
        row.setSpacing(theme.INSIDE)
        row.addWidget(chips, 1)
        row.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.INSIDE, 0, 0)
        column.setSpacing(theme.INSIDE)
        column.addWidget(self.bar)
        column.addLayout(row)

    def count(self, moments: Sequence[Moment]) -> None:
        """Tells how many of each kind there are; a kind without any is left out."""
        for code, words in _GROUPS:
            found = sum(_is_in(code, each) for each in moments)
            chip = self._chips[code]
            chip.setText(f"{_(words)} {number(found)}")
            chip.setAccessibleName(chip.text())
            chip.setChecked(code == self._group)
            chip.setVisible(bool(found) or code in {_ALL, self._group})

    def start_anew(self) -> None:
        """Everything, as for another person."""
        self._group = _ALL
        self._words.blockSignals(True)  # noqa: FBT003  Qt's own signature
        self._words.clear()
        self._words.blockSignals(False)  # noqa: FBT003  as above

    def keeps(self, moment: Moment, line: Line) -> bool:
        """True for what is of the kind chosen and holds every word typed, wherever it begins."""
        words = fold(self._words.text()).split()
        said = fold(f"{line.text} {line.detail} {line.right}")
        return _is_in(self._group, moment) and all(word in said for word in words)

    @property
    def is_narrowed(self) -> bool:
        """True when something is left out."""
        return self._group != _ALL or bool(fold(self._words.text()))

    def _on_chip(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._group = str(sender.property("group"))
            self.changed.emit()


def _is_in(group: str, moment: Moment) -> bool:
    interaction = moment.event is Event.INTERACTION
    job = {Event.CONTRACT, Event.RUPTURE, Event.EXIT}
    return {
        _ALL: True,
        _MEETINGS: interaction and moment.what in {Kind.MEETING, Kind.WORKSHOP},
        _JOB: moment.event in job or (interaction and moment.what == Kind.CHECK_UP),
        _REFERRALS: moment.event is Event.REFERRAL,
        _TASKS: interaction and moment.what == Kind.TASK,
    }[group]
