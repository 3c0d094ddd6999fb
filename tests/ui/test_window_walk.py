"""What every window owes: reading order for the Tab key, hostile names as text, memory that stays flat."""

import gc
import os
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cef_desk.model.company import Company
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.store.desk import Desk
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.shortcut_sheet import ShortcutSheet
from tests.make import Maker
from tests.ui.conftest import seat_at
from tests.ui.test_rows import HOSTILE

DIALOGS, EVENTS = 2_000, 20_000


def focus_chain(window: QWidget) -> list[QWidget]:
    """What Tab goes through, from the first."""
    found, widget = [], window.nextInFocusChain()
    while widget is not None and widget is not window:
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def block(window: MainWindow, widget: QWidget) -> int:
    """The part of the window a widget stands in: rail, search, page, card or form."""
    for place, part in enumerate((window._rail, window.top, window.page())):
        if part.isAncestorOf(widget):
            return place
    return 9


@pytest.mark.parametrize("page", ["beneficiaries", "companies", "reports", "settings"])
def test_tab_goes_in_reading_order(window: MainWindow, page: str) -> None:
    window.navigation.go(f"go_{page}")
    QApplication.processEvents()
    chain = [widget for widget in focus_chain(window) if block(window, widget) < 9]
    assert len(chain) > 5
    blocks = [block(window, widget) for widget in chain]
    first = blocks.index(0)
    turned = blocks[first:] + blocks[:first]
    assert turned == sorted(turned), "rail, then search, then page"
    inside = [widget for widget in chain if block(window, widget) == 2]
    columns: dict[int, list[QPoint]] = {}
    for widget in inside:
        left = widget.mapTo(window, QPoint(0, 0)).x()
        column = sum(left >= edge for edge in (400, 980))
        columns.setdefault(column, []).append(widget.mapTo(window, QPoint(0, 0)))
    for places in columns.values():
        rows = [place.y() // 24 for place in places]
        assert rows == sorted(rows), (page, [(w.objectName(), w.mapTo(window, QPoint(0, 0)).toTuple()) for w in inside])


def test_hostile_names_are_text_in_every_widget_and_ask_for_nothing(
    desk: Desk, make: Maker, qtbot: QtBot, tmp_path: Path
) -> None:
    probe = tmp_path / "probe.png"
    names = [*HOSTILE, f"<img src='{probe}'>", f"<img src='file://{probe}'>", "<a href='http://exemple.invalid'>x</a>"]

    def harm(session: Session) -> None:
        for number, name in enumerate(names):
            pathway = session.get(Pathway, make_ids[number])
            assert pathway is not None
            company = Company(name=name, city=name[:40], phone=name[:20], email=name[:20])
            session.add(company)
            session.flush()
            session.add(
                Interaction(
                    kind="meeting", medium="office", outcome="held", minutes=30, note=name, pathway_id=pathway.id,
                    at=datetime(2006, 11, 2, 9), counsellor_id=1,
                )
            )  # fmt: skip

    make_ids = [make.pathway(name, name[:40], city=name[:40]) for name in names]
    desk.do("Harm", harm)
    window = MainWindow(seat_at(desk), "essai.cefdesk")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    for page in (window.pages.beneficiaries, window.pages.companies):
        window.pages.setCurrentWidget(page)
        for row in range(page.table.model().rowCount()):
            page.table.selectRow(row)
            page._on_card_due()
            window.grab()
    for key in make_ids:
        window.open_person(key)
        window.pages.beneficiaries.open_whole()
        window.forms.correct_person(window.pages.beneficiaries.chosen())  # type: ignore[arg-type]  # somebody is chosen
        window.grab()
        window._side.close_form()
        window.pages.beneficiaries.close_inner()
    for name in names:
        window.top.search.open()
        window.top.search.setText(name[:30])
        window.top.search._on_rest()
        window.grab()
    rich = [label for label in window.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText]
    assert [label.text() for label in rich if label.text()] == []
    assert not probe.exists()


def memory() -> int:
    """Kilobytes of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise LookupError


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_two_thousand_dialogs_and_twenty_thousand_events_leave_memory_handles_and_threads_flat(
    window: MainWindow,
) -> None:
    def dialogs(number: int) -> None:
        for turn in range(number):
            sheet: QWidget = window.open_shortcuts() if turn % 2 else window.open_import()
            sheet.close()
            if turn % 20 == 0:
                settle()

    def events(number: int) -> None:
        table = window.pages.beneficiaries.table
        table.setFocus()
        for turn in range(number // 2):
            key = Qt.Key.Key_Down if turn // 60 % 2 == 0 else Qt.Key.Key_Up
            QApplication.sendEvent(table, QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier))
            place = QPoint(20 + turn % 500, 40 + turn % 300).toPointF()
            none = Qt.MouseButton.NoButton
            moved = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(table.viewport(), moved)
            if turn % 200 == 0:
                settle()

    def settle() -> None:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect(1)

    dialogs(200)
    events(2_000)
    gc.collect()
    before, handles, threads = memory(), len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    dialogs(DIALOGS)
    events(EVENTS)
    gc.collect()
    settle()
    assert memory() - before < 12_000, "kilobytes"
    assert len(list(Path("/proc/self/fd").iterdir())) <= handles, "what an earlier window held may come back meanwhile"
    assert threading.active_count() == threads
    assert window.findChildren(ShortcutSheet) == []


def test_the_first_window_loads_no_printing_no_migrations_and_no_readers(demo_file: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-X", "importtime", "-m", "cef_desk", "--database", str(demo_file), "--quit"]
    environment = {**os.environ, "CEF_DESK_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    shown = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    loaded = {line.rsplit("|", 1)[1].strip() for line in shown.stderr.splitlines() if line.startswith("import time:")}
    heavy = ("reportlab", "alembic", "python_calamine", "openpyxl", "xlsxwriter", "stdnum", "holidays", "babel")
    assert "PySide6.QtWidgets" in loaded
    assert [name for name in loaded if name.split(".")[0] in heavy] == []


def test_import_is_pythons_own_again_once_qt_is_loaded() -> None:
    asked = "import builtins; own = builtins.__import__; from cef_desk.__main__ import load_qt; load_qt(); "
    asked += "import cef_desk.app, linecache; print(builtins.__import__ is own, len(linecache.cache) < 30)"
    shown = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["True", "True"]
