"""Chiffres: every figure of the sheet by column, its charts; each opens the rows it counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cef_desk.i18n import N_, _, month_name, number, percent
from cef_desk.queries.figures import Figure
from cef_desk.queries.month import Line as SheetLine
from cef_desk.queries.month import MonthSheet
from cef_desk.rules.folding import fold
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.chart_view import ChartView
from cef_desk.ui.kit.fields import FilterEdit
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.scrolled import scrolled
from cef_desk.ui.kit.segments import Segments

COLUMNS = (
    ("month", N_("Month")), ("year", N_("Year")), ("opening", N_("Opening")), ("last_year", N_("Last year")),
)  # fmt: skip
_FIGURES, _CHARTS = "figures", "charts"
_CHART_WIDTH, _CHART_HEIGHT = 250.0, 150.0
"""In points of paper: drawn small, the words come out larger on the screen."""


def figure_words(line: SheetLine, found: Figure | None) -> str:
    """A count, or a rate with its fraction; a dash where there is nothing to say."""
    if found is None or found.value is None:
        return "—"
    if found.denominator is None:
        return number(found.numerator or 0)
    value = number(found.value, line.decimals) if line.quotient else percent(found.value)
    part, whole = number(found.numerator or 0), number(found.denominator)
    return _("{value} ({part} of {whole})").format(value=value, part=part, whole=whole)


class FiguresPanel(QWidget):
    """`line_opened` carries the code of a line, in the column chosen; `point_opened` the name of a chart's shape."""

    line_opened = Signal(object)
    point_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: MonthSheet | None = None
        self._shown = Segments("figures_or_charts", _("What is shown"))
        self._shown.offer(((_FIGURES, _("Figures")), (_CHARTS, _("Charts"))), _FIGURES)
        self._shown.chosen.connect(self._on_shown)
        self.columns = Segments("figures_column", _("Column"))
        self.columns.offer([(code, _(words)) for code, words in COLUMNS], "month")
        self.columns.chosen.connect(self._fill)
        self._filter = FilterEdit(_("Look for a figure"))
        self._filter.setObjectName("figures_filter")
        self._filter.textChanged.connect(self._fill)
        self._filter.left_downwards.connect(self.take_focus)
        self.list = LinesView("figures_list", _("Figures"), row=30)
        self.list.line_opened.connect(self.line_opened)
        self.list.line_pressed.connect(self.line_opened)
        self._charts = (ChartView("contracts_chart"), ChartView("rates_chart"))
        for view in self._charts:
            view.shape_opened.connect(self.point_opened)
        self._titles = (PlainLabel(role="strong", wrap=True), PlainLabel(role="strong", wrap=True))
        self._lay_out()

    @property
    def column(self) -> str:
        """The column chosen."""
        return self.columns.current()

    @property
    def charts(self) -> tuple[ChartView, ChartView]:
        """The two charts."""
        return self._charts

    def show_sheet(self, sheet: MonthSheet | None) -> None:
        """Shows the figures of a sheet, or none."""
        self._sheet = sheet
        self._fill()
        for part in (*self._charts, *self._titles):
            part.setVisible(sheet is not None)
        if sheet is None:
            return
        from cef_desk.reports.charts import screen_charts

        for drawn, view, title in zip(
            screen_charts(sheet, _CHART_WIDTH, _CHART_HEIGHT), self._charts, self._titles, strict=True
        ):
            title.setText(drawn.title)
            view.show_chart(drawn.title, drawn.svg, drawn.shapes, self._told(sheet))

    def take_focus(self) -> None:
        """Puts the cursor in what is shown: the figures, or the first chart."""
        (self._charts[0] if self._stack.currentIndex() else self.list).setFocus()

    def show_charts(self) -> None:
        """The charts in place of the figures."""
        self._shown.offer(((_FIGURES, _("Figures")), (_CHARTS, _("Charts"))), _CHARTS)
        self._on_shown(_CHARTS)

    def _lay_out(self) -> None:
        charts = QWidget()
        column = QVBoxLayout(charts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.INSIDE)
        for title, view in zip(self._titles, self._charts, strict=True):
            column.addWidget(title)
            column.addWidget(view)
            column.addSpacing(theme.GAP)
        column.addWidget(PlainLabel(_("A bar or a point opens the rows it counts."), role="hint", wrap=True))
        column.addStretch()
        figures = QWidget()
        inside = QVBoxLayout(figures)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.INSIDE)
        inside.addWidget(self.columns)
        inside.addWidget(self._filter)
        inside.addWidget(self.list, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(figures)
        self._stack.addWidget(scrolled(charts))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        whole.addWidget(self._shown)
        whole.addWidget(self._stack, 1)

    def _fill(self) -> None:
        words = fold(self._filter.text()).split()
        lines: list[Line] = []
        block = ""
        for item in self._sheet.lines if self._sheet is not None else ():
            told = fold(f"{_(item.label)} {item.code}").split()
            if not all(any(part.startswith(word) for part in told) for word in words):
                continue
            if item.block != block:
                block = item.block
                lines.append(Line(_(block), head=True))
            found: Figure | None = getattr(item, self.column)
            few = found is not None and found.low_base
            opens = found is not None and found.numerator is not None
            lines.append(
                Line(
                    _(item.label), _("too few cases to conclude") if few else "", figure_words(item, found),
                    key=item.code if opens else None,
                )
            )  # fmt: skip
        nothing = [] if self._sheet is None else [Line(_("No figure of that name."))]
        self.list.set_lines(lines or nothing)

    def _told(self, sheet: MonthSheet) -> dict[str, str]:
        """What each shape of the charts stands for."""
        told: dict[str, str] = {}
        for point in sheet.chart:
            month, code = month_name(point.month), f"{point.month:%Y-%m}"
            told[f"CONTRACTS-{code}"] = _("{month}: {n} contracts signed").format(
                month=month, n=number(point.contracts)
            )
            for rate in (point.rupture_rate, point.exit_rate):
                if rate.value is not None:
                    told[f"{rate.code}-{code}"] = _("{month}: {rate}, {value} ({part} of {whole})").format(
                        month=month, rate=rate.code, value=percent(rate.value), part=number(rate.numerator or 0),
                        whole=number(rate.denominator or 0),
                    )  # fmt: skip
        return told

    def _on_shown(self, code: str) -> None:
        self._stack.setCurrentIndex(int(code == _CHARTS))
