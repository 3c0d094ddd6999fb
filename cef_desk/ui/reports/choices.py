"""What the sheet is of: the month and whose figures."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cef_desk.i18n import _, short_month
from cef_desk.queries.report_choices import ReportChoices
from cef_desk.rules.period import add_months
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import icon_button
from cef_desk.ui.kit.fields import ChoiceField
from cef_desk.ui.kit.messages import PlainLabel

_WIDTH = 200
_UNIT = ""


class SheetChoices(QWidget):
    """`changed` when another month or scope is chosen; `sheet_asked` turns from figures to sheet in a narrow place."""

    changed = Signal()
    sheet_asked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("choices")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.px(_WIDTH))
        self.month = self._latest = today.replace(day=1)
        self._earliest = self.month
        self._months = ChoiceField(_("Period"), "sheet_month", [])
        self._scope = ChoiceField(_("Scope"), "sheet_scope", [(_UNIT, _("Whole unit"))])
        self._earlier = icon_button("previous_month", _("Month before"), self._on_before, "chevron-left")
        self._later = icon_button("next_month", _("Month after"), self._on_after, "chevron-right")
        self._turn = icon_button("sheet_or_figures", _("See the sheet"), self.sheet_asked, "printer")
        self._turn.hide()
        self._lay_out()
        self._months.edited.connect(self._on_month_chosen)
        self._scope.edited.connect(self.changed)
        self._enable()

    @property
    def counsellor(self) -> str | None:
        """The code of a counsellor, none for the unit."""
        return self._scope.value() or None

    def offer(self, found: ReportChoices) -> None:
        """The months and counsellors of the file; what was chosen stays."""
        self._earliest = min(found.months)
        self._months.offer([(month.isoformat(), capital(short_month(month))) for month in found.months])
        self._months.set_text(self.month.isoformat())
        scope = self._scope.value()
        people = [(code, f"{code} {name}".strip()) for code, name in found.counsellors]
        self._scope.offer([(_UNIT, _("Whole unit")), *people])
        self._scope.set_text(scope)
        self._enable()

    def show_month(self, first_day: date) -> None:
        """Chooses a month by its first day."""
        self.month = first_day
        self._months.set_text(first_day.isoformat())
        self._enable()
        self.changed.emit()

    def go(self, months: int) -> None:
        """Some months later, or earlier when negative."""
        self.show_month(add_months(self.month, months))

    def offer_sheet(self, *, offered: bool, shown: bool) -> None:
        """Shows the button that turns to the sheet or back, where both have no room."""
        words = _("See the figures") if shown else _("See the sheet")
        self._turn.setToolTip(words)
        self._turn.setAccessibleName(words)
        self._turn.setIcon(theme.icon("chart-column" if shown else "printer"))
        self._turn.setVisible(offered)

    def _lay_out(self) -> None:
        arrows = QHBoxLayout()
        arrows.addWidget(self._earlier)
        arrows.addWidget(self._later)
        arrows.addStretch()
        arrows.addWidget(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.EDGE, theme.px(12), theme.GAP, theme.GAP)
        column.setSpacing(theme.INSIDE)
        column.addWidget(PlainLabel(_("Reports"), role="title"))
        column.addSpacing(theme.INSIDE)
        column.addWidget(PlainLabel(_("Sheet"), role="hint"))
        column.addWidget(PlainLabel(_("Monthly results sheet"), role="strong", wrap=True))
        column.addSpacing(theme.INSIDE)
        column.addWidget(self._months)
        column.addLayout(arrows)
        column.addSpacing(theme.INSIDE)
        column.addWidget(self._scope)
        column.addStretch()

    def _enable(self) -> None:
        self._later.setEnabled(self.month < self._latest)
        self._earlier.setEnabled(self.month > self._earliest)

    def _on_month_chosen(self) -> None:
        self.show_month(date.fromisoformat(self._months.value()))

    def _on_before(self) -> None:
        self.go(-1)

    def _on_after(self) -> None:
        self.go(1)


def capital(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]
