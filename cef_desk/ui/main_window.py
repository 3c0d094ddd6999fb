"""The main window: rail, search, pages, the sheet beside them, status bar, undo and redo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from cef_desk.errors import Missing, Told
from cef_desk.i18n import N_, _, filled, told
from cef_desk.progress import Cancelled
from cef_desk.queries.sitting import Sitting, sitting
from cef_desk.rules.kinds import Subject
from cef_desk.settings import Settings
from cef_desk.store.changes import Changes
from cef_desk.ui import commands
from cef_desk.ui.backups import BackupKeeper
from cef_desk.ui.forms import Forms, Typing
from cef_desk.ui.gestures import Gestures
from cef_desk.ui.kit import places, theme
from cef_desk.ui.kit.actions import ActionRegister
from cef_desk.ui.kit.list_page import ListPage
from cef_desk.ui.kit.messages import ElidedLabel, Toast, line, tell
from cef_desk.ui.kit.page import Page, Seat
from cef_desk.ui.kit.rail import Rail
from cef_desk.ui.kit.side_sheet import SideSheet
from cef_desk.ui.pages import IDS, Pages
from cef_desk.ui.resuming import Resuming
from cef_desk.ui.road import Road
from cef_desk.ui.searcher import Searcher
from cef_desk.ui.shortcut_sheet import ShortcutSheet
from cef_desk.ui.status import Status
from cef_desk.ui.top_bar import TopBar, demonstration_banner
from cef_desk.ui.undoing import Undoing
from cef_desk.ui.writers import Writers

if TYPE_CHECKING:  # the readers of spreadsheets are loaded with their dialog
    from cef_desk.exchange.imports import ImportReport
    from cef_desk.ui.imports.dialog import ImportDialog

_NARROWEST_WITH_LABELS = 1000
_WIDTH, _HEIGHT = 1366, 768


@dataclass(frozen=True)
class Whereabouts:
    """Where somebody is in a window: keys and codes, nothing of a person."""

    page: str
    section: str
    month: date | None
    row: int | None
    typing: Typing | None


class MainWindow(QMainWindow):
    """Puts the pages of one open file together."""

    closed = Signal()
    look_asked = Signal(object)
    safety_asked = Signal(object)
    restore_asked = Signal(object)
    lock_asked = Signal()
    other_file_asked = Signal()

    def __init__(self, seat: Seat, file_name: str) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(f"CEF Desk — {file_name}")
        self.seat, self.file_name = seat, file_name
        self._handed_over = self._closes_when_settled = self._locks = False
        self._keeper = BackupKeeper(seat.runner, seat.settings, self)
        self.pages = Pages(seat, self._keeper)
        self.toast = Toast(self)
        self.actions_register = ActionRegister(self)
        self._gestures = Gestures(self)
        self._undoing = Undoing(seat.runner, seat.mask, self.actions_register, self.toast, self)
        self.navigation = Rail(commands.RAIL, (commands.SETTINGS,))
        self.road = Road(self.navigation)
        self.top = TopBar(seat, self.actions_register, self)
        self._rail = QWidget()
        self._unit = ElidedLabel(role="hint", data=True)
        self._status = Status(seat, file_name, self._keeper, self.actions_register[commands.SECURITY.id])
        self._side = SideSheet(self.pages, lambda: self.page().narrowest)
        self.forms = Forms(seat, self._side)
        self.resuming = Resuming(self, self._side)
        self._writers = Writers(seat, self)
        self._searcher = Searcher(seat, self.top.search, self.actions_register, self)
        self._lay_out()
        self._tell_sitting(seat.sitting)
        self._connect()
        self._keeper.look()
        places.restore_geometry(self, theme.px(_WIDTH), theme.px(_HEIGHT))
        kept = places.kept("page")
        self.navigation.go(kept if isinstance(kept, str) and kept in IDS else self.first_page)
        self._focus_page()

    @property
    def first_page(self) -> str:
        """The day; in a file without anybody, where people are added."""
        return (commands.BENEFICIARIES if self.seat.sitting.is_empty else commands.TODAY).id

    def come_up(self) -> None:
        """Shows the window where it was; whole on a screen that has no room to spare."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        if screen.width() <= theme.px(_WIDTH) or screen.height() <= theme.px(_HEIGHT):
            self.showMaximized()
        else:
            self.show()

    def open_import(self) -> "ImportDialog":
        """The import dialog."""
        from cef_desk.ui.imports.dialog import ImportDialog

        dialog = ImportDialog(self.seat, self)
        dialog.imported.connect(self._on_imported)
        dialog.taken_back.connect(self.toast.hide)
        dialog.open()
        return dialog

    def open_person(self, pathway_id: int) -> None:
        """Goes to a person in the list, with the way back."""
        self._searcher.note((pathway_id, None))
        self.navigation.go(commands.BENEFICIARIES.id)
        self.pages.beneficiaries.show_row(pathway_id)

    def open_company(self, company_id: int) -> None:
        """Goes to a company in the list, with the way back."""
        self._searcher.note((None, company_id))
        self.navigation.go(commands.COMPANIES.id)
        self.pages.companies.show_row(company_id)

    def page(self) -> Page:
        """The page in view."""
        return self.pages.page(self.navigation.page())

    def keep_places(self) -> None:
        """Keeps where everything is, for the next window."""
        places.keep_geometry(self)
        places.keep("page", self.navigation.page())
        for page in self.pages.lists():
            page.remember()

    def hand_over(self) -> None:
        """Closes in favour of another window on the same file: nothing is stopped, what is typed is kept."""
        self._handed_over = True
        self.close()
        self.deleteLater()

    def lock_up(self) -> None:
        """Leaves the screen at once and closes: what is typed is kept, what is being saved is waited for."""
        self._locks = True
        self.hide()
        self.close()

    @property
    def is_locked(self) -> bool:
        """True once it was locked."""
        return self._locks

    def where(self) -> Whereabouts:
        """Where its user is: what comes back after a lock or in another look."""
        page = self.page()
        row = page.chosen() if isinstance(page, ListPage) else None
        return Whereabouts(
            self.navigation.page(),
            self.pages.settings.section if page is self.pages.made_settings else "",
            self.pages.reports.choices.month if page is self.pages.made_reports else None,
            None if row is None else row.id,
            self.forms.typing,
        )

    def come_back(self, where: Whereabouts) -> None:
        """Goes where its user was."""
        self.navigation.go(where.page)
        page = self.page()
        if where.section:
            self.pages.settings.show_section(where.section)
        if where.month is not None:
            self.pages.reports.show_month(where.month)
        if isinstance(page, ListPage) and where.row is not None:
            page.show_row(where.row)
        if where.typing is not None:
            self.resuming.take_up(where.typing)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the cursor is where work on the page begins, unless a form took it."""
        super().showEvent(event)
        if not event.spontaneous() and self._side.form is None and self.navigation.page():
            self.page().take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a narrow window keeps the rail's pictures and leaves its words."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROWEST_WITH_LABELS)
        self._rail.setFixedWidth(theme.px(theme.RAIL_NARROW if narrow else theme.RAIL_WIDTH))
        self.navigation.set_worded(worded=not narrow)
        for label in self._rail.findChildren(ElidedLabel):
            label.setVisible(not narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc comes back from a card or from rows, Space shows or hides the card."""
        page = self.page()
        if event.key() == Qt.Key.Key_Escape and page.close_inner():
            return
        if event.key() == Qt.Key.Key_Space and isinstance(page, ListPage) and page.table.hasFocus():
            page.turn_card()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: keeps what is being typed and the place of the window; what is being saved is waited for."""
        form = self._side.form
        if form is not None and form.is_saving and not self._handed_over:
            event.ignore()
            self._closes_when_settled = True
            form.settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)
            return
        self._side.close_form()
        if not self._handed_over:
            self.keep_places()
            self.seat.runner.stop()
            self.closed.emit()
        super().closeEvent(event)

    def _connect(self) -> None:
        asked = self.pages
        asked.meeting_asked.connect(self.forms.open_meeting)
        asked.meet_asked.connect(self.forms.meet)
        asked.correct_person_asked.connect(self.forms.correct_person)
        asked.correct_company_asked.connect(self.forms.correct_company)
        asked.new_person_asked.connect(self.forms.new_person)
        asked.new_company_asked.connect(self.forms.new_company)
        asked.appointment_asked.connect(self.forms.open_appointment)
        asked.plan_asked.connect(self.forms.plan)
        asked.correction_asked.connect(self.forms.correct_meeting)
        asked.session_asked.connect(self.forms.hold_session)
        asked.absence_asked.connect(self.forms.open_absence)
        asked.calendar_asked.connect(self._writers.write_calendar)
        asked.move_doubted.connect(self._on_move_doubted)
        asked.put_off_asked.connect(self.forms.put_off)
        asked.missed.connect(self.forms.reach_again)
        asked.commitment_asked.connect(self.forms.sign)
        asked.call_asked.connect(self.forms.call_company)
        asked.day_asked.connect(self.forms.enter_day)
        asked.said.connect(self.toast.say)
        self.forms.reached.connect(self._writers.reach)
        self.forms.planned.connect(self._on_planned)
        asked.reminders_asked.connect(self._writers.write_reminders)
        asked.sms_asked.connect(self._writers.write_sms)
        asked.letters_asked.connect(self._writers.write_letters)
        asked.transfer_asked.connect(self.forms.transfer)
        asked.import_asked.connect(self.open_import)
        asked.export_asked.connect(self._writers.write_list)
        asked.form_asked.connect(self.forms.open)
        asked.look_asked.connect(self.look_asked)
        asked.safety_asked.connect(self._on_safety_asked)
        asked.restore_asked.connect(self.restore_asked)
        asked.file_saved.connect(self._on_file_saved)
        self._writers.written.connect(self._on_file_saved)
        self._writers.said.connect(self.toast.say)
        for source in (self.pages, self.forms, self._searcher):
            source.person_asked.connect(self.open_person)
            source.company_asked.connect(self.open_company)
        self._side.left.connect(self._focus_page)
        self._side.given_up.connect(self._on_given_up)
        self.navigation.currentRowChanged.connect(self._on_page_chosen)
        self.seat.runner.told.connect(self._on_told)
        self.seat.runner.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._rail)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(4))
        column.setSpacing(0)
        for label in (ElidedLabel("CEF Desk", role="section"), self._unit):
            label.setContentsMargins(theme.GAP, 0, 0, 0)
            column.addWidget(label)
        column.addSpacing(theme.px(10))
        column.addWidget(self.navigation, 1)
        work = QVBoxLayout()
        work.setSpacing(0)
        work.addWidget(self.top)
        work.addWidget(line())
        work.addWidget(self._side, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(line(upright=True))
        row.addLayout(work, 1)
        whole = QWidget()
        stacked = QVBoxLayout(whole)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        if self.seat.sitting.frozen_today:
            stacked.addWidget(demonstration_banner(self.seat.sitting.frozen_today))
        stacked.addWidget(body, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(self._status)

    def _focus_page(self) -> None:
        self.page().take_focus()

    def _on_given_up(self, give_back: Callable[[], None]) -> None:
        self.toast.say(_("Entry given up"), give_back)

    def _on_file_saved(self, name: str) -> None:
        self.toast.say(_("{name} is written.").format(name=name))

    def _on_page_chosen(self, _row: int) -> None:
        if not self.navigation.page():
            return
        self.forms.drop()
        self.resuming.leave_form()
        self.road.note(self.navigation.page())
        self.pages.bring(self.navigation.page())
        self._gestures.enable()

    def _on_planned(self, day: date) -> None:
        """The agenda shows what was planned beside it."""
        if self.navigation.page() == commands.AGENDA.id:
            self.pages.agenda.show_day(day)

    def _on_settled(self) -> None:
        """What was saved as the window was closed is kept: it goes. What was refused stays in view, with the window."""
        asked, self._closes_when_settled = self._closes_when_settled, False
        if asked and (self._locks or self._side.form is None):
            self.close()

    def _on_move_doubted(self, asked: tuple[str, Callable[[], None]]) -> None:
        self.toast.say(asked[0], asked[1], _("Move all the same"), long=True)

    def open_shortcuts(self) -> ShortcutSheet:
        """Shift+F1."""
        sheet = ShortcutSheet(self.actions_register, self)
        sheet.open()
        return sheet

    def _on_imported(self, report: "ImportReport") -> None:
        if report.batch_id is not None:
            self.pages.beneficiaries.narrowing.show_view("unit")
            self.toast.say(filled(N_("Imported: {n} people, {contracts} contracts."), {
                "n": report.plan.created["beneficiary"], "contracts": report.plan.created["contract"]
            }))  # fmt: skip

    def _on_safety_asked(self, wanted: Settings) -> None:
        self._status.show_settings(wanted)
        self._keeper.take(wanted)
        self._writers.take(wanted)
        self.safety_asked.emit(wanted)

    def _on_changed(self, changes: Changes) -> None:
        if changes.subjects & {Subject.UNIT, Subject.COUNSELLOR}:
            self.seat.runner.see(sitting, then=self._tell_sitting)

    def _tell_sitting(self, now: Sitting) -> None:
        self._unit.set_whole(now.unit)
        self._status.tell_sitting(now)

    def _on_told(self, error: Told) -> None:
        if isinstance(error, Cancelled):
            self.toast.say(told(error))
        elif isinstance(error, Missing):
            self.statusBar().showMessage(told(error), theme.TOAST_SECONDS * 1000)
            for page in self.pages.made():
                page.refresh()
        else:
            tell(self, told(error))
