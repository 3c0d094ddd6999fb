"""What every command of the main window does."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cef_desk.i18n import _
from cef_desk.settings import TEXT_SIZES
from cef_desk.ui import commands
from cef_desk.ui.kit import places
from cef_desk.ui.kit.actions import ActionSpec
from cef_desk.ui.kit.list_page import ListPage

if TYPE_CHECKING:  # each names the other
    from cef_desk.ui.main_window import MainWindow

_PAGES = (
    commands.TODAY,
    commands.BENEFICIARIES,
    commands.COMPANIES,
    commands.AGENDA,
    commands.REPORTS,
    commands.SETTINGS,
)
_OF_A_LIST = (commands.FILTER, commands.EXPORT, commands.CARD)


class Gestures(QObject):
    """Fills the register of a window's actions."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._register = window, window.actions_register
        slots: tuple[tuple[ActionSpec, Callable[[], object]], ...] = (
            *((spec, partial(self._go, spec)) for spec in _PAGES),
            (commands.SEARCH, self._on_search), (commands.FILTER, self._on_filter), (commands.NEW, self._on_new),
            (commands.MEETING, self._on_meeting),
            (commands.DAY_ENTRY, self._on_day_entry),
            (commands.APPOINTMENT, self._on_appointment), (commands.UNAVAILABLE, self._on_unavailable),
            (commands.PATHWAY, self._on_pathway), (commands.SLEEP, self._on_sleep),
            (commands.COVER, self._on_cover), (commands.TRANSFER, self._on_transfer),
            (commands.IMPORT, window.open_import),
            (commands.EXPORT, self._on_export), (commands.PRINT, self._on_print), (commands.BACK, self._on_back),
            (commands.BEFORE, partial(self._step, -1)),
            (commands.AFTER, partial(self._step, 1)), (commands.CARD, self._on_card),
            (commands.MASK, window.seat.mask.turn),
            (commands.LARGER, partial(self._resize_text, 1)), (commands.SMALLER, partial(self._resize_text, -1)),
            (commands.PLACES, self._on_places_reset), (commands.SHORTCUTS, window.open_shortcuts),
            (commands.OTHER_FILE, self._on_other_file), (commands.SECURITY, self._on_security),
            (commands.QUIT, window.close), (commands.LOCK, self._on_lock),
        )  # fmt: skip
        for spec, slot in slots:
            self._register.add(spec, slot)

    def enable(self) -> None:
        """Some commands are of a list alone."""
        listed = isinstance(self._window.page(), ListPage)
        for spec in _OF_A_LIST:
            self._register[spec.id].setEnabled(listed)

    def _go(self, spec: ActionSpec) -> None:
        """Goes to a page; one that a form covers comes back into view."""
        self._window.navigation.go(spec.id)
        if not self._window.page().isVisible():
            self._window.resuming.leave_form()
        self._window.page().take_focus()

    def _on_search(self) -> None:
        self._window.top.search.open()

    def _on_meeting(self) -> None:
        self._window.forms.meet(self._window.page().person_in_hand())

    def _on_day_entry(self) -> None:
        self._window.forms.enter_day()

    def _on_appointment(self) -> None:
        self._window.forms.plan(self._window.page().person_in_hand())

    def _on_unavailable(self) -> None:
        self._window.forms.part(self._window.page().person_in_hand())

    def _on_pathway(self) -> None:
        self._window.forms.correct_pathway(self._window.page().person_in_hand())

    def _on_sleep(self) -> None:
        self._window.navigation.go(commands.COMPANIES.id)
        row = self._window.pages.companies.chosen()
        if row is not None:
            self._window.forms.leave_to_sleep(row.id)

    def _on_cover(self) -> None:
        self._window.forms.cover()

    def _on_transfer(self) -> None:
        self._window.navigation.go(commands.BENEFICIARIES.id)
        self._window.pages.beneficiaries.transfer()

    def _on_new(self) -> None:
        if self._window.navigation.page() == commands.COMPANIES.id:
            self._window.forms.new_company()
        else:
            self._window.navigation.go(commands.BENEFICIARIES.id)
            self._window.forms.new_person()

    def _on_filter(self) -> None:
        self._with_list(ListPage.focus_filter)

    def _on_export(self) -> None:
        self._with_list(ListPage.export)

    def _on_card(self) -> None:
        self._with_list(ListPage.turn_card)

    def _with_list(self, does: Callable[[ListPage], None]) -> None:
        page = self._window.page()
        if isinstance(page, ListPage):
            does(page)

    def _on_print(self) -> None:
        self._window.navigation.go(commands.REPORTS.id)
        self._window.pages.reports.ask_printer()

    def _on_back(self) -> None:
        self._window.road.back(self._window.page())
        self._window.page().take_focus()

    def _step(self, by: int) -> None:
        self._window.navigation.step(by)

    def _resize_text(self, by: int) -> None:
        settings = self._window.seat.settings
        place = TEXT_SIZES.index(settings.text_size) + by
        if 0 <= place < len(TEXT_SIZES):
            self._window.look_asked.emit(replace(settings, text_size=TEXT_SIZES[place]))

    def _on_places_reset(self) -> None:
        places.forget_all()
        for page in self._window.pages.lists():
            page.table.reset_columns()
        self._window.toast.say(_("The layout is as at first."))

    def _on_other_file(self) -> None:
        self._window.other_file_asked.emit()

    def _on_security(self) -> None:
        self._window.navigation.go(commands.SETTINGS.id)
        self._window.pages.settings.show_section("security")

    def _on_lock(self) -> None:
        if self._window.seat.runner.is_encrypted:
            self._window.lock_asked.emit()
        else:
            self._window.toast.say(_("A demonstration has no password: there is nothing to lock."))
