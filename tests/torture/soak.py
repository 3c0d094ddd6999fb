"""Eight hours at the window: people opened, meetings begun, keys, sixty locks; what is not given back grows."""

import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cef_desk.actions.demonstration import write_demonstration
from cef_desk.exchange.demo import demo_unit
from cef_desk.exchange.demo.load import load_tables
from cef_desk.exchange.new_file import begun_file
from cef_desk.store import key
from tests.store.keyed import PASSWORD
from tests.torture.told import Found

_LOCKS, _FORMS_A_LOCK, _KEYS_A_FORM, _WARM = 60, 33, 50, 15
_SLOPE_KB, _IDLE_MB, _PEAK_MB = 5 * 1024, 250, 400


def run(folder: Path, people: int, locks: int = _LOCKS, forms: int = _FORMS_A_LOCK) -> Found:
    """The day on an encrypted base of so many people, in a process of its own."""
    path = folder / "soak.cefdesk"
    with begun_file(path, PASSWORD, demo_unit()) as desk:
        desk.do_for_good("Load", write_demonstration, load_tables(people), f"load {people}")
    told = subprocess.run(
        [sys.executable, "-m", "tests.torture.soak", str(path), str(locks), str(forms)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        raise RuntimeError(told.stderr)
    seen = [json.loads(line) for line in told.stdout.splitlines()]
    found = Found(f"a day of {locks} locks, {people} people", tried=locks)
    first, last = seen[min(_WARM, len(seen) - 1)], seen[-1]
    grown = {name: last[name] - first[name] for name in ("rss", "widgets", "fds", "threads")}
    peak = max(each["peak"] for each in seen)
    if len(seen) > 2 * _WARM and grown["rss"] > _SLOPE_KB:
        found.breach(f"{grown['rss']} KB more after the first {_WARM} locks")
    for name in ("widgets", "fds", "threads"):
        if grown[name] > 0:
            found.breach(f"{grown[name]} {name} more after the first {_WARM} locks")
    if seen[0]["rss"] > _IDLE_MB * 1024:
        found.breach(f"{seen[0]['rss'] // 1024} MB idle")
    if peak > _PEAK_MB * 1024:
        found.breach(f"{peak // 1024} MB at the peak")
    found.detail = (
        f"idle {seen[0]['rss'] // 1024} MB, peak {peak // 1024} MB, {grown['rss']:+} KB, "
        f"{grown['widgets']:+} widgets, {grown['fds']:+} files, {grown['threads']:+} threads"
    )
    return found


def main(path: Path, locks: int, forms: int) -> None:
    """In a process of its own: unlocked, worked at, locked, again and again; one line of figures a lock."""
    import argparse

    from PySide6.QtCore import QSettings
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from cef_desk.app import Program, speak
    from cef_desk.arguments import Arguments
    from cef_desk.i18n import set_language
    from cef_desk.paths import state_folder
    from cef_desk.settings import Settings
    from cef_desk.ui.kit import theme
    from cef_desk.ui.kit.collector import WindowThreadCollector
    from cef_desk.ui.main_window import MainWindow

    key.calibrated = lambda: key.Cost(memory_kib=64, passes=1, lanes=1)
    application = QApplication([])
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(state_folder()))
    set_language("fr")
    speak(application)
    theme.wear(application, "light", 100)
    collector = WindowThreadCollector(application)
    options = argparse.Namespace(database=None, password_file=None, today=None, screenshots=None, quit=False)
    program = Program(Arguments(options, Settings(), path.with_name("settings.json")))
    program.begin()
    program.welcome.open_asked.emit(path)

    for number in range(locks):
        program.welcome.password_given.emit(PASSWORD)
        _until(lambda: isinstance(program.window, MainWindow))
        if not number:
            QTest.qWait(500)
            print(json.dumps(_figures(application)), flush=True)
        _work(program.window, number, forms)
        program.lock()
        _until(lambda: program.window is None)
        QTest.qWait(20)
        gc.collect()
        print(json.dumps(_figures(application)), flush=True)
    program.leave()
    collector.stop()


def _work(window: Any, number: int, forms: int) -> None:  # noqa: ANN401  the main window
    """People looked at, meetings begun and given up, the other pages."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    window.navigation.go("go_beneficiaries")
    page = window.pages.beneficiaries
    _until(lambda: page.chosen() is not None)
    rows = page.table.model()
    for turn in range(forms):
        page.table.setCurrentIndex(rows.index((number * 7 + turn) % rows.rowCount(), 0))
        _until(lambda: page.chosen() is not None)
        window.forms.open_meeting(page.chosen())
        QTest.keyClicks(window.forms._side.form.findChild(QPlainTextEdit, "meeting_notes"), "a" * _KEYS_A_FORM)
        window.forms._side.form.give_up()
        QApplication.processEvents()
    window.navigation.go(("go_companies", "go_reports", "go_settings")[number % 3])
    QApplication.processEvents()
    window.navigation.go("go_beneficiaries")
    _until(lambda: not window.seat.runner.is_working)


def _until(holds: Callable[[], bool]) -> None:
    from PySide6.QtTest import QTest

    for _try in range(3000):
        QTest.qWait(5)
        if holds():
            return
    raise RuntimeError("the window does not answer")


def _figures(application: Any) -> dict[str, int]:  # noqa: ANN401  the application of Qt
    status = Path("/proc/self/status").read_text(encoding="ascii")
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in status.splitlines() if line.startswith("Vm")}
    return {
        "rss": sizes["VmRSS"], "peak": sizes["VmHWM"], "widgets": len(application.allWidgets()),
        "fds": len(list(Path("/proc/self/fd").iterdir())), "threads": threading.active_count(),
    }  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
