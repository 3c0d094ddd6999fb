"""The main window: rail, pages, the sheet beside them, status bar, undo and redo."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cef_desk.errors import Missing, Told
from cef_desk.exchange.imports import ImportReport
from cef_desk.i18n import N_, _, field_day, filled, long_day, told
from cef_desk.queries.people import PersonRow
from cef_desk.store.changes import Changes
from cef_desk.ui.beneficiaries.page import BeneficiariesPage
from cef_desk.ui.imports.dialog import ImportDialog
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.actions import ActionRegister, ActionSpec
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel, Toast, line, tell
from cef_desk.ui.kit.page import Page, Seat
from cef_desk.ui.meetings.form import MeetingForm
from cef_desk.ui.reports.page import ReportsPage

_FORM_WIDTH, _NARROWEST_LIST = 560, 400
_NARROWEST_WITH_LABELS = 1000
_WIDTH, _HEIGHT = 1366, 768
_BENEFICIARIES = ActionSpec("go_beneficiaries", N_("Beneficiaries"), "F3", "users")
_REPORTS = ActionSpec("go_reports", N_("Reports"), "F8", "chart-column")
_MEETING = ActionSpec("meeting", N_("Meeting"), "Ctrl+E", "message-square-text")
_UNDO = ActionSpec("undo", N_("Undo"), "Ctrl+Z", "undo-2")
_REDO = ActionSpec("redo", N_("Redo"), "Ctrl+Y", "redo-2")
_FILTER = ActionSpec("filter", N_("Filter this list"), "Ctrl+F")
_PRINT = ActionSpec("print", N_("Print…"), "Ctrl+P")
_BEFORE = ActionSpec("page_before", N_("Page before"), "Ctrl+PgUp")
_AFTER = ActionSpec("page_after", N_("Page after"), "Ctrl+PgDown")


class MainWindow(QMainWindow):
    """Puts the pages of one open file together."""

    closed = Signal()

    def __init__(self, seat: Seat, file_name: str) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(f"CEF Desk — {file_name}")
        self.seat = seat
        self._form: MeetingForm | None = None
        self.beneficiaries = BeneficiariesPage(seat)
        self.reports = ReportsPage(seat)
        self._pages: tuple[tuple[ActionSpec, Page], ...] = (
            (_BENEFICIARIES, self.beneficiaries),
            (_REPORTS, self.reports),
        )
        self.actions_register = ActionRegister(self)
        self._rail = QWidget()
        self.navigation = QListWidget()
        self._stack = QStackedWidget()
        self._side = QSplitter(Qt.Orientation.Horizontal)
        self.toast = Toast(self)
        self._add_actions()
        self._lay_out(file_name)
        self.beneficiaries.meeting_asked.connect(self.open_meeting)
        self.beneficiaries.import_asked.connect(self.open_import)
        self.reports.saved.connect(self._on_file_saved)
        seat.runner.changed.connect(self._on_changed)
        seat.runner.told.connect(self._on_told)
        self._restore_place()
        self.navigation.setCurrentRow(0)
        self.beneficiaries.table.setFocus()

    def come_up(self) -> None:
        """Shows the window where it was; whole on a screen that has no room to spare."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        if screen.width() <= theme.px(_WIDTH) or screen.height() <= theme.px(_HEIGHT):
            self.showMaximized()
        else:
            self.show()

    def open_meeting(self, person: PersonRow) -> MeetingForm:
        """The meeting form beside the list; the one already there while it is being saved."""
        self._close_form()
        if self._form is not None:
            return self._form
        form = MeetingForm(self.seat, person, _hour_now())
        form.finished.connect(self._on_form_finished)
        form.given_up.connect(self._on_given_up)
        self._form = form
        self._side.addWidget(form)
        self._share_room()
        form.start()
        return form

    def open_import(self) -> ImportDialog:
        """The import dialog."""
        dialog = ImportDialog(self.seat, self)
        dialog.imported.connect(self._on_imported)
        dialog.taken_back.connect(self.toast.hide)
        dialog.open()
        return dialog

    def show_page(self, page: Page) -> None:
        """Goes to a page."""
        self.navigation.setCurrentRow([each for _spec, each in self._pages].index(page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a narrow window keeps the rail's icons and leaves its words."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROWEST_WITH_LABELS)
        self._rail.setFixedWidth(theme.px(theme.RAIL_NARROW if narrow else theme.RAIL_WIDTH))
        for number, (spec, _page) in enumerate(self._pages):
            self.navigation.item(number).setText("" if narrow else _(spec.label))
        for label in self._rail.findChildren(ElidedLabel):
            label.setVisible(not narrow)
        self._share_room()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: keeps what is being typed and the place of the window."""
        self._close_form()
        QSettings().setValue("main_window/geometry", self.saveGeometry())
        self.seat.runner.stop()
        self.closed.emit()
        super().closeEvent(event)

    def _add_actions(self) -> None:
        for spec, page in self._pages:
            self.actions_register.add(spec, self._on_go_asked).setData(page)
        for spec, slot in (
            (_MEETING, self._on_meeting),
            (_UNDO, self._on_undo),
            (_REDO, self._on_redo),
            (_FILTER, self._on_filter),
            (_PRINT, self._on_print),
            (_BEFORE, self._on_before),
            (_AFTER, self._on_after),
        ):
            self.actions_register.add(spec, slot)
        self._name_undo()

    def _lay_out(self, file_name: str) -> None:
        column = QVBoxLayout(self._rail)
        column.setContentsMargins(0, theme.px(12), 0, theme.px(8))
        column.setSpacing(theme.px(2))
        for text, role in (("CEF Desk", "section"), (self.seat.sitting.unit, "hint")):
            label = ElidedLabel(text, role=role)
            label.setContentsMargins(theme.GAP, 0, 0, 0)
            column.addWidget(label)
        column.addSpacing(theme.px(12))
        self.navigation.setObjectName("navigation")
        self.navigation.setAccessibleName(_("Pages"))
        self.navigation.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for spec, page in self._pages:
            item = QListWidgetItem(_nav_icon(spec.icon), _(spec.label))
            item.setToolTip(f"{_(spec.label)} ({spec.shortcut})")
            item.setSizeHint(QSize(theme.px(theme.RAIL_NARROW), theme.px(38)))
            self.navigation.addItem(item)
            self._stack.addWidget(page)
        self.navigation.currentRowChanged.connect(self._on_page_chosen)
        column.addWidget(self.navigation, 1)
        self._side.setObjectName("side_splitter")
        self._side.setChildrenCollapsible(False)
        self._side.setHandleWidth(1)
        self._side.addWidget(self._stack)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(line(upright=True))
        row.addWidget(self._side, 1)
        whole = QWidget()
        stacked = QVBoxLayout(whole)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        if self.seat.sitting.frozen_today:
            stacked.addWidget(self._demonstration_banner(self.seat.sitting.frozen_today))
        stacked.addWidget(body, 1)
        self.setCentralWidget(whole)
        who = self.seat.sitting
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(PlainLabel(file_name))
        self.statusBar().addPermanentWidget(PlainLabel(long_day(self.seat.today)))
        self.statusBar().addPermanentWidget(
            PlainLabel(", ".join(part for part in (who.counsellor_name, who.counsellor_code) if part))
        )

    def _demonstration_banner(self, day: date) -> QFrame:
        banner = QFrame()
        banner.setProperty("role", "banner")
        row = QHBoxLayout(banner)
        row.setContentsMargins(theme.GAP, theme.px(4), theme.GAP, theme.px(4))
        row.addWidget(PlainLabel(_("DEMONSTRATION — fictitious data, day fixed at {day}").format(day=field_day(day))))
        return banner

    def _restore_place(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(theme.px(_WIDTH), screen.width()), min(theme.px(_HEIGHT), screen.height()))
        kept = QSettings().value("main_window/geometry")
        if kept is not None:
            self.restoreGeometry(kept)
        if not any(each.availableGeometry().intersects(self.frameGeometry()) for each in QGuiApplication.screens()):
            self.move(screen.topLeft())

    def _share_room(self) -> None:
        """Gives the form its width; where there is no room for both, the list steps aside."""
        room = self._side.width() - theme.px(_FORM_WIDTH)
        self._stack.setVisible(self._form is None or room >= theme.px(_NARROWEST_LIST))
        if self._form is not None:
            self._side.setSizes([max(room, 0), theme.px(_FORM_WIDTH)])

    def _close_form(self) -> None:
        if self._form is not None:
            self._form.close_form()

    def _on_form_finished(self, _saved: bool) -> None:  # noqa: FBT001  a Qt signal has no names
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self._share_room()
            self.beneficiaries.table.setFocus()

    def _on_given_up(self, give_back: Callable[[], None]) -> None:
        self.toast.say(_("Entry given up"), give_back)

    def _on_file_saved(self, name: str) -> None:
        self.toast.say(_("{name} is written.").format(name=name))

    def _on_page_chosen(self, number: int) -> None:
        self._close_form()
        for place, (_spec, page) in enumerate(self._pages):
            # a page out of view must not widen the window for the others
            policy = QSizePolicy.Policy.Preferred if place == number else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)
        self._stack.setCurrentIndex(number)

    def _on_go_asked(self) -> None:
        action = self.sender()
        for number, (spec, _page) in enumerate(self._pages):
            if action is not None and action.objectName() == spec.id:
                self.navigation.setCurrentRow(number)

    def _on_meeting(self) -> None:
        self.show_page(self.beneficiaries)
        row = self.beneficiaries.chosen()
        if row is not None:
            self.open_meeting(row)

    def _on_filter(self) -> None:
        self.show_page(self.beneficiaries)
        self.beneficiaries.focus_filter()

    def _on_print(self) -> None:
        self.show_page(self.reports)
        self.reports.ask_printer()

    def _on_before(self) -> None:
        self.navigation.setCurrentRow(max(0, self.navigation.currentRow() - 1))

    def _on_after(self) -> None:
        self.navigation.setCurrentRow(min(self.navigation.count() - 1, self.navigation.currentRow() + 1))

    def _on_undo(self) -> None:
        self.seat.runner.undo(then=self._on_undone)

    def _on_redo(self) -> None:
        self.seat.runner.redo(then=self._on_redone)

    def _on_undone(self, label: str) -> None:
        self._name_undo()
        self.toast.say(_("Undone: {label}").format(label=_(label)))

    def _on_redone(self, label: str) -> None:
        self._name_undo()
        self.toast.say(_("Redone: {label}").format(label=_(label)), self._on_undo)

    def _on_changed(self, changes: Changes) -> None:
        self._name_undo()
        if changes.sequence is not None and changes.label == self.seat.runner.undo_label:
            self.toast.say(_("Saved: {label}").format(label=_(changes.label)), self._on_undo)

    def _name_undo(self) -> None:
        for spec, label in ((_UNDO, self.seat.runner.undo_label), (_REDO, self.seat.runner.redo_label)):
            action = self.actions_register[spec.id]
            action.setText(
                _("{action}: {label}").format(action=_(spec.label), label=_(label)) if label else _(spec.label)
            )
            action.setEnabled(bool(label))

    def _on_imported(self, report: ImportReport) -> None:
        if report.batch_id is not None:
            self.toast.say(filled(N_("Imported: {n} people, {contracts} contracts."), {
                "n": report.plan.created["beneficiary"], "contracts": report.plan.created["contract"]
            }))  # fmt: skip

    def _on_told(self, error: Told) -> None:
        if isinstance(error, Missing):
            self.statusBar().showMessage(told(error), theme.TOAST_SECONDS * 1000)
            for _spec, page in self._pages:
                page.refresh()
        else:
            tell(self, told(error))


def _nav_icon(name: str) -> QIcon:
    made = QIcon(theme.icon(name))
    chosen = theme.icon(name, theme.tokens().accent).pixmap(theme.px(18))
    made.addPixmap(chosen, QIcon.Mode.Selected)
    return made


def _hour_now() -> str:
    return f"{datetime.now():%H:%M}"  # noqa: DTZ005  local wall time, proposed in a field
