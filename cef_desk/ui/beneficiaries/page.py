"""Bénéficiaires: the list from which a meeting is typed."""

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cef_desk.i18n import N_, _, ngettext, number
from cef_desk.queries.people import PeopleFilters, PeopleOrder, PersonRow, State, people
from cef_desk.queries.selection import count
from cef_desk.rules.kinds import Subject
from cef_desk.ui.beneficiaries.columns import people_columns
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import ChoiceField, FilterEdit
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Page, Seat
from cef_desk.ui.kit.rows_view import RowsView

_FILTER_PAUSE_MS = 120
_NARROW = 680
STATES = ((State.OPEN, N_("Open files")), (State.EXITED, N_("Exited")), (State.ALL, N_("All")))


class BeneficiariesPage(Page):
    """`meeting_asked` carries the row a meeting is about; `import_asked` wants a spreadsheet."""

    watches: ClassVar = frozenset(
        {Subject.BENEFICIARY, Subject.PATHWAY, Subject.INTERACTION, Subject.CONTRACT, Subject.RUPTURE, Subject.EXIT}
    )
    meeting_asked = Signal(object)
    import_asked = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self._order: tuple[PeopleOrder, bool] = (PeopleOrder.NAME, False)
        self._filter = FilterEdit()
        self._filter.setObjectName("people_filter")
        self._filter.setPlaceholderText(_("Filter this list"))
        self._filter.setAccessibleName(_("Filter this list"))
        self._filter.setClearButtonEnabled(True)
        self._filter.left_downwards.connect(self._on_filter_left)
        self._filter.setMinimumWidth(theme.px(120))
        self._filter.setMaximumWidth(theme.px(256))
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE_MS)
        self._pause.timeout.connect(self._narrow)
        self._filter.textChanged.connect(self._pause.start)
        self._state = ChoiceField(_("Files"), "people_state", [(code, _(words)) for code, words in STATES], 180)
        self._state.label.hide()
        self._state.edited.connect(self._narrow)
        self._counted = PlainLabel(role="muted")
        self._counted.setObjectName("people_count")
        self.table = RowsView(self.runner, people_columns(), "people_table", self)
        self.table.setAccessibleName(_("Beneficiaries"))
        self.table.row_opened.connect(self.meeting_asked)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.table.order_asked.connect(self._on_order_asked)
        self._lay_out()

    def refresh(self) -> None:
        """Reads the list again, with its count, and stays where it is."""
        self._read(stay=True)

    def _narrow(self) -> None:
        self._read(stay=False)

    def _read(self, *, stay: bool) -> None:
        filters = PeopleFilters(self.seat.today, State(self._state.value()), self._filter.text())
        order, descending = self._order
        selection = people(filters, order, descending=descending)
        self.runner.see(count, selection, then=self._on_counted)
        self.table.show_selection(selection, stay=stay)

    def chosen(self) -> PersonRow | None:
        """The current person."""
        row: PersonRow | None = self.table.chosen()
        return row

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a narrow place the second button keeps its picture and leaves its words to the tooltip."""
        super().resizeEvent(event)
        words = _("Import a spreadsheet…")
        narrow = self.width() < theme.px(_NARROW)
        self._take_in.setText("" if narrow else f" {words}")
        self._take_in.setToolTip(words if narrow else "")

    def _lay_out(self) -> None:
        self._take_in = button(
            "import_spreadsheet", _("Import a spreadsheet…"), self._on_import_clicked, icon="table-2"
        )
        self._take_in.setMinimumWidth(theme.px(44))
        self._meeting = button(
            "new_meeting", _("Meeting"), self._on_meeting_clicked, icon="message-square-text", main=True, key="Ctrl+E"
        )
        head = QHBoxLayout()
        head.setSpacing(theme.INSIDE)
        head.addWidget(PlainLabel(_("Beneficiaries"), role="title"))
        head.addStretch()
        head.addWidget(self._take_in)
        head.addWidget(self._meeting)
        tools = QHBoxLayout()
        tools.setSpacing(theme.INSIDE)
        tools.addWidget(self._filter, 1)
        tools.addWidget(self._state)
        tools.addStretch()
        tools.addWidget(self._counted)
        self._empty_words = PlainLabel(role="muted", wrap=True)
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_button = button("people_empty_button", "", self._on_empty_clicked)
        empty = QWidget()
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(self._empty_words)
        middle.addWidget(self._empty_button, alignment=Qt.AlignmentFlag.AlignCenter)
        middle.addStretch(2)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        top = QVBoxLayout()
        top.setContentsMargins(theme.EDGE, theme.px(12), theme.EDGE, theme.px(12))
        top.setSpacing(theme.px(12))
        top.addLayout(head)
        top.addLayout(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._stack, 1)

    def _on_counted(self, found: int) -> None:
        words = ngettext("{n} person", "{n} people", found).format(n=number(found))
        self._counted.setText(words)
        filtered = bool(self._filter.text().strip())
        self._empty_words.setText(
            _("Nobody is found. Accents and capitals do not count; part of the first or last name is enough.")
            if filtered
            else _("The people you accompany will be here.")
        )
        words = _("Clear the filter") if filtered else _("Import a spreadsheet…")
        self._empty_button.setText(words)
        self._empty_button.setAccessibleName(words)
        self._stack.setCurrentIndex(0 if found else 1)

    def _on_filter_left(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._narrow()
        self.table.setFocus()

    def _on_row_chosen(self, row: PersonRow | None) -> None:
        self._meeting.setEnabled(row is not None)

    def _on_order_asked(self, order: PeopleOrder, descending: bool) -> None:  # noqa: FBT001  a Qt signal has no names
        self._order = (order, descending)
        self._narrow()

    def _on_meeting_clicked(self) -> None:
        row = self.chosen()
        if row is not None:
            self.meeting_asked.emit(row)

    def _on_import_clicked(self) -> None:
        self.import_asked.emit()

    def _on_empty_clicked(self) -> None:
        if self._filter.text():
            self._filter.clear()
        else:
            self.import_asked.emit()
