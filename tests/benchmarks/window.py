"""The window beside the barest window that could do the same: start, memory, lists, search."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from itertools import count, cycle
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSettings,
    Qt,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.app import speak
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.queries.listing import ListFilters
from cef_desk.queries.search import search
from cef_desk.queries.sitting import sitting
from cef_desk.settings import Settings
from cef_desk.store.desk import Desk
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.columns import Column
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.rows_view import RowsView
from cef_desk.ui.kit.runner import Runner
from cef_desk.ui.main_window import MainWindow
from tests.benchmarks.measuring import TURNS, Result, alternated
from tests.conftest import DEMO_DAY

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ROWS, _WORDS = 100, 150
_SIZE = (1366, 700)
PEAK = """
for line in open("/proc/self/status", encoding="ascii"):
    if line.startswith("VmHWM"):
        print(line.split()[1])
"""
SEEN = """
import sys
import time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
class Seen(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            print(time.monotonic())
            watched.removeEventFilter(self)
            QTimer.singleShot(0, QApplication.instance().quit)
        return False
"""
BARE = (
    SEEN
    + """
from PySide6.QtWidgets import QMainWindow
application, seen = QApplication([]), Seen()
window = QMainWindow()
window.installEventFilter(seen)
window.resize(1366, 768)
window.show()
application.exec()
"""
    + PEAK
)
OURS = (
    """
from cef_desk.__main__ import load_qt, main
load_qt()
"""
    + SEEN
    + """
from cef_desk import app
class Watched(app.Program):
    def begin(self):
        self.seen = Seen()
        self.welcome.ways.demo.installEventFilter(self.seen)
        super().begin()
app.Program = Watched
main(sys.argv[1:])
"""
    + PEAK
)
FIRST_PAGE = (
    """
import sys
import time
from cef_desk.__main__ import load_qt, main
load_qt()
from PySide6.QtCore import QTimer
from cef_desk import app
class Watched(app.Program):
    def begin(self):
        super().begin()
        self.look = QTimer(self, interval=20)
        self.look.timeout.connect(self.leave_when_filled)
        self.look.start()
    def leave_when_filled(self):
        if self.window.pages.beneficiaries.table.model().rowCount():
            self.look.stop()
            print(time.monotonic())
            QTimer.singleShot(200, app.QApplication.instance().quit)
app.Program = Watched
main(sys.argv[1:])
"""
    + PEAK
)
Index = QModelIndex | QPersistentModelIndex


class ConstantModel(QAbstractTableModel):
    """As many rows and columns of the same words, from nowhere."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _ROWS

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        return "Martineau" if role == _DISPLAY and index.isValid() else None


def like(table: QTableView) -> QTableView:
    """A table of Qt alone, dressed and cut as ours."""
    bare = QTableView()
    bare.setShowGrid(False)
    bare.setWordWrap(False)
    bare.setSelectionBehavior(table.selectionBehavior())
    bare.setVerticalScrollMode(table.verticalScrollMode())
    bare.verticalHeader().hide()
    bare.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
    bare.resize(*_SIZE)
    return bare


def painted(table: QTableView) -> None:
    """Everything waiting laid out, every row in sight painted."""
    QApplication.processEvents()
    table.viewport().repaint()


def opened(seat: Seat, columns: Sequence[Column], selection: Any) -> None:
    """The list of people, from nothing to painted."""
    table = RowsView(seat, columns, "people_table")
    table.resize(*_SIZE)
    table.show_selection(selection, stay=False)
    table.show()
    painted(table)
    assert table.model().rowCount() == _ROWS
    table.close()
    table.deleteLater()


def opened_bare(template: QTableView, columns: int) -> None:
    """The same of a table over constant words."""
    table = like(template)
    model = ConstantModel(columns)
    table.setModel(model)
    table.show()
    painted(table)
    table.close()
    table.deleteLater()


def scrolled(table: QTableView, turns: "count[int]") -> None:
    """One step of the wheel, painted."""
    bar = table.verticalScrollBar()
    bar.setValue(next(turns) * 96 % max(1, bar.maximum() - 200))
    table.viewport().repaint()


def typed(table: RowsView, selections: "cycle[Any]") -> None:
    """One more letter, to the painted rows."""
    table.show_selection(next(selections), stay=False)
    painted(table)


def reset(table: QTableView) -> None:
    """A model reset and painted."""
    model = table.model()
    model.beginResetModel()
    model.endResetModel()
    painted(table)


def list_results(path: Path, size: str) -> list[Result]:
    """list_open, list_frame, keystroke and search_sql on one base."""
    desk = Desk.open(path, str)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        application.setOrganizationName("cef-desk")
        speak(application)
        theme.wear(application, "light", 100)
        seat = Seat(Runner(desk, inline=True), desk.see(sitting), DEMO_DAY, Settings())
        found = [*_lists(seat, size), _search(desk, size)]
    desk.close()
    return found


def _lists(seat: Seat, size: str) -> list[Result]:
    window = MainWindow(seat, "mesure.cefdesk")
    kind = window.pages.beneficiaries.kind
    filters = partial(ListFilters, seat.today, seat.sitting.counsellor_id)
    everybody = kind.selection(filters())
    table = RowsView(seat, kind.columns, "people_table")
    table.resize(*_SIZE)
    table.show_selection(everybody, stay=False)
    table.show()
    painted(table)
    shown = len(table.shown_columns())
    found = [
        Result(
            "list_open", size,
            *alternated(partial(opened, seat, kind.columns, everybody), partial(opened_bare, table, shown), 3 * TURNS), 1.3,
        )
    ]  # fmt: skip
    baseline = like(table)
    standard = QStandardItemModel()
    for _row in range(1_000):
        standard.appendRow([QStandardItem("Martineau") for _column in range(shown)])
    baseline.setModel(standard)
    baseline.show()
    painted(baseline)
    ours, theirs = count(), count()
    found.append(
        Result(
            "list_frame",
            size,
            *alternated(partial(scrolled, table, ours), partial(scrolled, baseline, theirs), 200),
            1.5,
        )
    )
    letters = cycle([kind.selection(filters(typed=word)) for word in ("m", "ma", "mar", "mart", "marti")])
    constant = like(table)
    model = ConstantModel(shown)
    constant.setModel(model)
    constant.show()
    found.append(
        Result("keystroke", size, *alternated(partial(typed, table, letters), partial(reset, constant), 60), 3.0)
    )
    for widget in (table, baseline, constant, window):
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return found


def _search(desk: Desk, size: str) -> Result:
    """The slowest of a hundred beside the usual one: nothing typed may hang."""

    def names(session: Session) -> list[str]:
        return list(
            session.scalars(select(Beneficiary.last_name).distinct().order_by(Beneficiary.last_name).limit(_WORDS))
        )

    times = []
    for name in desk.see(names):
        for length in (1, 2, 3, 4):
            started = time.perf_counter()
            desk.see(search, name[:length], 1, DEMO_DAY)
            times.append(1_000 * (time.perf_counter() - started))
    return Result("search_sql", size, quantiles(times, n=100)[98], median(times), 5.0)


def process_results(path: Path, size: str) -> list[Result]:
    """window_up and idle_memory: whole processes, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        up = _alternated_processes([OURS], [BARE], home)
        filled = _alternated_processes([FIRST_PAGE, "--database", str(path)], [BARE], home)
    return [
        Result("window_up", size, *up[0], 1.3),
        Result("idle_memory", size, *filled[1], 2.0),
    ]


def _alternated_processes(
    ours: Sequence[str], baseline: Sequence[str], home: Path
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Medians of both in milliseconds, and in kilobytes at the highest."""
    measured: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    for _turn in range(TURNS):
        for place, words in enumerate((ours, baseline)):
            measured[place].append(_process(words, home))
    first, second = ([median(values) for values in zip(*runs, strict=True)] for runs in measured)
    return (first[0], second[0]), (first[1], second[1])


def _process(words: Sequence[str], home: Path) -> tuple[float, float]:
    """Milliseconds to the first paint, by the clock that all processes share, and kilobytes at the highest."""
    environment = {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("CEF_DESK_HOME", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.monotonic()
    shown = subprocess.run(
        [sys.executable, "-c", *words], env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    painted_at, peak = (float(word) for word in shown.stdout.split())
    return 1_000 * (painted_at - started), peak
