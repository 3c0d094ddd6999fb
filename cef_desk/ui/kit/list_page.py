"""What every list page is: one selection narrowed by words, views and chips, a card beside it, an export."""

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from cef_desk.errors import Missing, Told
from cef_desk.i18n import N_, _, number
from cef_desk.queries.listing import ListFilters
from cef_desk.queries.selection import Selection, count
from cef_desk.rules.kinds import AccessAction
from cef_desk.ui.kit import card, places, theme
from cef_desk.ui.kit.card import CardContent, CardPanel
from cef_desk.ui.kit.controls import button, icon_button
from cef_desk.ui.kit.empty_list import EmptyList
from cef_desk.ui.kit.fields import FilterEdit
from cef_desk.ui.kit.list_kind import ListKind, ListToExport, SelectedRows
from cef_desk.ui.kit.looks import Looks
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.narrowing import Narrowing
from cef_desk.ui.kit.page import Page, Seat
from cef_desk.ui.kit.rows_view import RowsView

_FILTER_PAUSE_MS, _COUNT_PAUSE_MS, _CARD_PAUSE_MS = 120, 250, 90
_NARROWEST_WITH_CARD = 800


class ListPage(Page):
    """`edit_asked` carries the row to correct; `export_asked` what is to be written."""

    edit_asked = Signal(object)
    export_asked = Signal(object)

    def __init__(self, seat: Seat, kind: ListKind, parent: QWidget | None = None) -> None:
        super().__init__(seat, parent)
        self.kind = kind
        self.narrowing = Narrowing(seat, kind, self)
        self._total = 0
        self._filter = FilterEdit(_("Filter this list"))
        self._counted = PlainLabel(role="muted")
        self._counted.setObjectName(f"{kind.name}_count")
        self.table = RowsView(seat, kind.columns, f"{kind.name}_table", late=kind.late, parent=self)
        self.table.setAccessibleName(kind.title)
        self.card = CardPanel(f"{kind.name}_card", kind.card_words, seat.mask)
        self._open = button(f"{kind.name}_open", _("Open"), self.open_whole, key=_("Enter"))
        self._edit = icon_button(f"{kind.name}_edit", _("Correct…"), self._on_edit, "pencil")
        self._whole = False
        self._wants_card = places.kept(f"{kind.name}_card") is not False
        self._empty = EmptyList(kind.name)
        self._looks = Looks(seat.runner, AccessAction.SEEN, self)
        self._head = QHBoxLayout()
        self._heads: tuple[QAbstractButton, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE_MS)
        self._count_pause = QTimer(self, singleShot=True, interval=_COUNT_PAUSE_MS)
        self._card_pause = QTimer(self, singleShot=True, interval=_CARD_PAUSE_MS)
        self._dress_tools()
        self._lay_out()
        self._connect()
        self.narrowing.restore()

    def refresh(self) -> None:
        """Reads the list again, with its count, and stays where it is."""
        self.narrowing.views.look()
        self._read(stay=True)
        self._on_card_due()

    def filters(self) -> ListFilters:
        """What the list is asked with now."""
        return ListFilters(
            self.seat.today,
            self.seat.sitting.counsellor_id,
            self._filter.text(),
            self.narrowing.conditions,
        )

    def selection(self) -> Selection[Any]:
        """The list as it is asked for now."""
        order, down = self.table.order
        return self.kind.selection(self.filters(), order or next(iter(self.kind.orders)), descending=down)

    def chosen(self) -> Any | None:  # noqa: ANN401  a frozen row of whatever the list holds
        """The current row."""
        return self.table.chosen()

    def show_row(self, row_id: int) -> None:
        """Goes to one row, out of every filter when they do not hold it."""
        self._filter.blockSignals(True)  # noqa: FBT003  Qt's own signature
        self._filter.clear()
        self._filter.blockSignals(False)  # noqa: FBT003  as above
        self._sought = row_id
        self.runner.see(_held, self.selection(), row_id, then=self._on_held)

    def end_detour(self) -> None:
        """Comes back to the view and filters left to show one row outside them."""
        self.narrowing.end_detour()

    def take_focus(self) -> None:
        """Puts the cursor in the list, or in what happened when the card is alone."""
        if self._whole:
            self.card.focus_lines()
            return
        (self.table if self._stack.currentIndex() == 0 else self._empty.button).setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def export(self) -> None:
        """Asks to write what is shown: the rows selected when there are several, else all."""
        rows, left_out = self.selected_rows(), len(self.table.left_out)
        several = rows.keys if rows.keys is not None and len(rows.keys) > 1 else None
        columns = tuple(self.table.shown_columns())
        about = self._about()
        if several is not None or left_out:
            n = len(several) if several is not None else self._total - left_out
            about += (_("Selection: {n} rows of the list").format(n=number(n)),)
        asked = ListToExport(self.kind.title, rows.selection, several, columns, about, masked=self.seat.mask.on)
        self.export_asked.emit(asked)

    def selected_rows(self) -> SelectedRows:
        """The rows chosen together."""
        keys, selection = self.table.several(), self.selection()
        if self.table.left_out:
            selection = selection.where(selection.key.not_in(self.table.left_out))
        return SelectedRows(selection, None if keys is None else tuple(keys))

    def open_whole(self) -> None:
        """Shows the card alone, with every word; `close_inner` comes back."""
        if self.chosen() is None:
            return
        self._whole = True
        self._open.hide()
        self._share()
        self.card.show_whole(whole=True)
        self.card.focus_lines()

    def close_inner(self) -> bool:
        """Comes back to the list; tells whether the card was alone."""
        was, self._whole = self._whole, False
        if was:
            self._open.show()
            self.card.show_whole(whole=False)
            self._share()
            self.table.setFocus()
        return was

    def turn_card(self) -> None:
        """Space: shows or hides the card beside the list."""
        self._wants_card = not self._wants_card
        places.keep(f"{self.kind.name}_card", self._wants_card)
        self._share()

    def remember(self) -> None:
        """Keeps columns, view and filters for the next time."""
        self.table.remember()
        self.narrowing.remember()

    def add_to_head(self, *buttons: QAbstractButton) -> None:
        """The buttons beside the title, from the left; Tab goes from them to the tools, the chips, the list."""
        for made in buttons:
            self._head.addWidget(made)
        self._heads = buttons

    def add_to_card(self, *buttons: QPushButton) -> None:
        """The buttons of the card, between those to open and to correct."""
        for made in (self._open, *buttons, self._edit):
            self.card.add_button(made)

    def show_card(self, row_id: int, content: CardContent) -> None:
        """Shows a card that was read, unless another row was chosen meanwhile."""
        if (row := self.chosen()) is not None and row.id == row_id:
            self.card.show_content(content)
            self._looks.rest(f"{self.kind.subject}:{row_id}")

    def card_asked(self, row: Any) -> None:  # noqa: ANN401  a frozen row of whatever the list holds
        """Reads the card of a row and shows it."""
        raise NotImplementedError

    def card_failed(self, error: Told) -> None:
        """A row that is gone takes its card with it; whatever else went wrong is told."""
        self.card.show_content(None)
        if not isinstance(error, Missing):
            self.runner.told.emit(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: in its window, Tab goes through the page as it is read."""
        super().showEvent(event)
        self._order_tabs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a narrow place leaves the card out."""
        super().resizeEvent(event)
        self._share()

    def _order_tabs(self) -> None:
        tools = (self._filter, self.narrowing.views, self._columns, self._export)
        chain = [*self._heads, *tools, *self.narrowing.chips.buttons(), self.table, *self.card.tab_chain()]
        for earlier, later in pairwise(chain):
            QWidget.setTabOrder(earlier, later)

    def _dress_tools(self) -> None:
        name = self.kind.name
        self._filter.setObjectName(f"{name}_filter")
        self._filter.setMinimumWidth(theme.px(120))
        self._filter.setMaximumWidth(theme.px(256))
        self._filter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it takes what is left
        self._columns = icon_button(f"{name}_columns", _("Columns"), self._on_columns_asked, "columns-3")
        self._export = icon_button(f"{name}_export", _("Export what is shown…"), self.export, "download")

    def _lay_out(self) -> None:
        self._head.setSpacing(theme.INSIDE)
        self._head.addWidget(PlainLabel(self.kind.title, role="title"))
        self._head.addStretch()
        tools = QHBoxLayout()
        tools.setSpacing(theme.INSIDE)
        tools.addWidget(self._filter, 1)
        tools.addWidget(self.narrowing.views)
        tools.addStretch()
        tools.addWidget(self._counted)
        tools.addWidget(self._columns)
        tools.addWidget(self._export)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        top = QVBoxLayout()
        top.setContentsMargins(theme.EDGE, theme.px(12), theme.EDGE, theme.px(10))
        top.setSpacing(theme.px(10))
        top.addLayout(self._head)
        top.addLayout(tools)
        top.addWidget(self.narrowing.chips)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(holder, 1)
        self._side = QSplitter(Qt.Orientation.Horizontal)
        self._side.setObjectName(f"{self.kind.name}_splitter")
        self._side.setChildrenCollapsible(False)
        self._side.setHandleWidth(1)
        self._side.addWidget(self._list)
        self._side.addWidget(self.card)
        self._side.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._side)

    def _connect(self) -> None:
        self._filter.left_downwards.connect(self._on_filter_left)
        self._filter.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._narrow)
        self._count_pause.timeout.connect(self._on_count_due)
        self._card_pause.timeout.connect(self._on_card_due)
        self.narrowing.changed.connect(self._narrow)
        self.narrowing.view_chosen.connect(self.take_focus)
        self.narrowing.chips.reordered.connect(self._order_tabs)
        self.narrowing.chips.offer_asked.connect(self._on_offer_asked)
        self._empty.pressed.connect(self._on_empty_clicked)
        self.card.back_asked.connect(self.close_inner)
        self.seat.mask.changed.connect(self._on_card_due)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.order_asked.connect(self._on_order_asked)
        self.table.several_chosen.connect(self._show_count)
        self.table.row_missed.connect(self._on_row_missed)

    def _narrow(self) -> None:
        self._read(stay=False)

    def _read(self, *, stay: bool) -> None:
        selection = self.selection()
        self.table.show_selection(selection, stay=stay)
        self.runner.see(count, selection, then=self._on_counted)
        self._count_pause.start()

    def _share(self) -> None:
        """Gives the card its width; where there is no room for both, the list stays alone."""
        wanted = theme.px(card.WIDTH)
        shown = self._whole or (self._wants_card and self.width() >= theme.px(_NARROWEST_WITH_CARD))
        self._list.setVisible(not self._whole)
        self.card.setVisible(shown)
        if shown and not self._whole:
            self._side.setSizes([self.width() - wanted, wanted])

    def _about(self) -> tuple[str, ...]:
        """What narrows the list, in words."""
        typed = self._filter.text().strip()
        return (*self.narrowing.told(), *([_("Words: {words}").format(words=typed)] if typed else []))

    def _on_offer_asked(self) -> None:
        self.runner.see(self.kind.offered, self.filters(), then=self.narrowing.offer)

    def _on_counted(self, found: int) -> None:
        self._total = found
        self._show_count(0)
        narrowed = bool(self._filter.text().strip()) or self.narrowing.is_narrowed
        if not found:
            self._say_empty(narrowed=narrowed)
        self._stack.setCurrentIndex(0 if found else 1)

    def _say_empty(self, *, narrowed: bool) -> None:
        typed = bool(self._filter.text().strip())
        if typed:
            words = _("Nothing in this list holds these words. Accents, capitals and hyphens do not count.")
        elif narrowed:
            words = _("Nothing answers to these filters.")
        else:
            words = self.kind.nothing
        self._empty.say(words, _("Look in all, without filters") if narrowed else self.empty_button())
        self._may_widen = narrowed

    def empty_button(self) -> str:
        """What the button of an empty base says; empty when there is none."""
        return ""

    def begin(self) -> None:
        """What the button of an empty base does."""

    def _show_count(self, several: int) -> None:
        words = self.kind.words(self._total)
        left_out = len(self.table.left_out)
        if several == -1 and not left_out:
            words = _("all selected, {words}").format(words=words)
        elif (n := self._total - left_out if several == -1 else several) > 1:
            words = _("{n} selected of {words}").format(n=number(n), words=words)
        self._counted.setText(words)

    def _on_empty_clicked(self) -> None:
        if not self._may_widen:
            self.begin()
            return
        if self.narrowing.is_widest:
            self._filter.clear()
        else:
            self.narrowing.widen()

    def _on_count_due(self) -> None:
        asked = (self.filters(), self.narrowing.uncounted)
        self.runner.see(self.kind.counted, *asked, then=self.narrowing.chips.set_counts)

    def _on_filter_left(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._narrow()
        self.take_focus()

    def _on_edit(self) -> None:
        if self.chosen() is not None:
            self.edit_asked.emit(self.chosen())

    def _on_row_chosen(self, _row: object) -> None:
        self._card_pause.start()

    def _on_card_due(self) -> None:
        if self.table.moves:
            return
        if (row := self.chosen()) is None:
            self.card.show_content(None)
            self.close_inner()
        else:
            self.card_asked(row)

    def _on_row_opened(self, _row: object) -> None:
        self._on_card_due()
        self.open_whole()

    def _on_order_asked(self, _order: object, _descending: bool) -> None:  # noqa: FBT001  a Qt signal has no names
        self.table.show_from_top(self.selection())

    def _on_row_missed(self) -> None:
        self.runner.told.emit(Missing(N_("This record is no longer there.")))

    def _on_columns_asked(self) -> None:
        self.table.ask_columns(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    def _on_held(self, held: bool) -> None:  # noqa: FBT001  an answer, not a switch
        if not held:
            self.narrowing.step_aside()
        self.table.show_around(self.selection(), self._sought)
        self.runner.see(count, self.selection(), then=self._on_counted)
        self._count_pause.start()
        self.table.setFocus()


def _held(session: Any, selection: Selection[Any], row_id: int) -> bool:  # noqa: ANN401  a session is no word of this room
    return count(session, selection.where(selection.key == row_id)) > 0
