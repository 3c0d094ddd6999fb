"""The day of a counsellor, with key presses alone, on the demonstration."""

import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cef_desk.app import speak
from cef_desk.queries.sitting import sitting
from cef_desk.store.desk import Desk
from cef_desk.ui.kit import theme
from tests.journeys.day import open_window, play


def test_the_day_goes_where_the_story_says(demo_file: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    speak(qapp)
    theme.wear(qapp, "light", 100)
    desk = Desk.open(Path(shutil.copy(demo_file, tmp_path / "demo.cefdesk")), str)
    opened = desk.see(sitting)
    assert opened.frozen_today is not None
    desk.counsellor_id = opened.counsellor_id
    window = open_window(desk, opened.frozen_today)
    qtbot.addWidget(window)
    qtbot.waitUntil(window.isActiveWindow)
    keys = play(desk, window, opened.frozen_today)
    for name, count, words, lines, _seconds in keys.told:
        print(f"{name:<44}{count:>4} keys {words:>4} letters of notes {lines:>4} lines down")  # noqa: T201  told
    assert sum(count for _name, count, _words, _lines, _seconds in keys.told) < 120
    window.close()
    desk.close()
