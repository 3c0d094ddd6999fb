"""Every window: named controls, shortcuts that an AZERTY keyboard has, no raw string, readable colours, nothing cut."""

import gettext
import itertools
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cef_desk import i18n
from cef_desk.errors import Trouble
from cef_desk.log import start_log
from cef_desk.paths import resources
from cef_desk.store.desk import Desk
from cef_desk.ui import commands
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.messages import CrashReport, PlainLabel
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.pictures import settle
from cef_desk.ui.welcome import Welcome
from tests.conftest import TODAY
from tests.ui.conftest import seat_at


def windows(desk: Desk, qtbot: QtBot) -> Iterator[QWidget]:
    """Every window and sheet of the program, shown."""
    welcome = Welcome()
    qtbot.addWidget(welcome)
    welcome.resize(1366, 768)
    welcome.show()
    for show in (welcome.show_ways, welcome.show_beginning, lambda: welcome.show_unlocking(Path("unite.cefdesk"))):
        show()
        yield welcome
    main = MainWindow(seat_at(desk), "demo.cefdesk")
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    yield main
    yield from _today(main)
    yield from _people(main)
    yield from _companies_and_reports(main)
    yield from _settings_and_search(main)
    main.close()


def _today(main: MainWindow) -> Iterator[QWidget]:
    """The day."""
    main.navigation.go(commands.TODAY.id)
    yield main
    main.navigation.go(commands.BENEFICIARIES.id)


def _people(main: MainWindow) -> Iterator[QWidget]:
    """The people, their forms, an empty list."""
    person = main.pages.beneficiaries.chosen()
    assert person is not None
    main.forms.open_meeting(person)
    yield main
    main.forms.correct_person(person)
    yield main
    main.forms.new_person()
    yield main
    main._side.close_form()
    main.pages.beneficiaries.open_whole()
    yield main
    main.pages.beneficiaries.close_inner()
    main.pages.beneficiaries._filter.setText("personne de ce nom")
    main.pages.beneficiaries._narrow()
    yield main


def _companies_and_reports(main: MainWindow) -> Iterator[QWidget]:
    """An import, the companies, the reports."""
    dialog = main.open_import()
    yield dialog
    dialog.close()
    main.navigation.go(commands.COMPANIES.id)
    yield main
    company = main.pages.companies.chosen()
    assert company is not None
    main.forms.correct_company(company)
    yield main
    main._side.close_form()
    main.navigation.go(commands.REPORTS.id)
    yield main
    main.pages.reports.open_line("S1")
    yield main
    main.pages.reports.close_inner()
    main.pages.reports.figures.show_charts()
    yield main


def _settings_and_search(main: MainWindow) -> Iterator[QWidget]:
    """The settings with their forms, the search, the shortcuts."""
    main.navigation.go(commands.SETTINGS.id)
    for section in ("unit", "counsellors", "lists", "look"):
        main.pages.settings.show_section(section)
        yield main
    for made in (main.pages.settings._on_unit_change, main.pages.settings._on_counsellor_add):
        made()
        yield main
    main._side.close_form()
    main.top.search.open()
    yield main
    main.top.search.leave()
    sheet = main.open_shortcuts()
    yield sheet
    sheet.close()


def test_every_control_that_takes_the_focus_has_a_name(demo: Desk, qtbot: QtBot) -> None:
    for window in windows(demo, qtbot):
        for control in window.findChildren(QWidget):
            if not control.isVisible() or not isinstance(control, QAbstractButton | QLineEdit | QComboBox):
                continue
            if control.focusPolicy() is Qt.FocusPolicy.NoFocus or isinstance(control.parent(), QLineEdit):
                continue
            name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
            assert name.strip(), control
            assert control.objectName(), control


def test_no_shortcut_needs_a_digit_or_altgr(demo: Desk, qtbot: QtBot) -> None:
    found: set[str] = set()
    for window in windows(demo, qtbot):
        found |= {key.key().toString() for key in window.findChildren(QShortcut)}
        found |= {action.shortcut().toString() for action in window.actions()}
    assert {"Ctrl+E", "Ctrl+Z", "Ctrl+Y", "Ctrl+F", "F3", "F8", "Ctrl+Return", "Esc"} <= found
    for keys in found:
        assert not re.search(r"Ctrl\+Alt|Ctrl\+(Shift\+)?\d$|AltGr", keys), keys


class Pseudo(gettext.NullTranslations):
    """A language in which every translated string stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def test_no_window_shows_a_string_that_is_not_translated(
    demo: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n._Current, "catalogue", Pseudo())
    data = re.compile(
        r"CEF Desk.*|demo\.cefdesk|Unité emploi formation.*|Claire Pervenche.*|unite\.cefdesk|SIRET|\d*|"
        r"\d+\u202f%|Français.*|English|Alt\+.|Ctrl\+E|✓ ⟦.*",
        re.DOTALL,
    )
    for window in windows(demo, qtbot):
        for widget in window.findChildren(QWidget):
            if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
                continue
            if widget.property("data"):
                continue
            text = widget.text().strip()
            assert "⟦" in text or data.fullmatch(text), text


@pytest.mark.parametrize("worn", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_is_readable_on_its_ground(worn: theme.Tokens) -> None:
    def luminance(code: str) -> float:
        parts = (QColor(code).redF(), QColor(code).greenF(), QColor(code).blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, two: str) -> float:
        light, dark = sorted((luminance(one), luminance(two)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    inks = (worn.text, worn.muted, worn.accent, worn.success, worn.warning, worn.danger)
    for ink, ground in itertools.product(inks, (worn.window, worn.surface)):
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    for ink, ground in ((worn.on_accent, worn.accent), (worn.text, worn.weak), (worn.accent, worn.weak)):
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("family", ["", "DejaVu Sans"], ids=["system", "wide"])
@pytest.mark.parametrize("size", [100, 200])
def test_no_word_is_cut_at_1366_by_768(
    demo: Desk, qtbot: QtBot, qapp: QApplication, size: int, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if family:
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / "DejaVuSans.ttf"))
        monkeypatch.setattr(theme, "_family", lambda _system: family)
    theme.wear(qapp, "light", size)
    for window in windows(demo, qtbot):
        settle()
        assert window.width() <= 1366
        assert window.height() <= 768
        for widget in window.findChildren(QWidget):
            if not widget.isVisible() or not isinstance(widget, QAbstractButton | PlainLabel | QLineEdit | QComboBox):
                continue
            if type(widget).__name__ in {"ElidedLabel", "_Way"} or isinstance(widget.parent(), QLineEdit):
                continue
            if isinstance(widget, QToolButton) and not widget.text():
                assert widget.height() >= widget.iconSize().height() + 8, widget.objectName()
                continue
            words = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
            wanted = widget.minimumSizeHint()
            assert widget.width() >= wanted.width(), (words, widget.width(), wanted.width())
            tall = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else wanted.height()
            assert widget.height() >= tall, (words, widget.height(), tall)
            seen = widget.visibleRegion().boundingRect()
            assert seen.isEmpty() or seen.width() >= widget.width(), (words, seen.width(), widget.width())


def test_labels_show_markup_as_text(qtbot: QtBot) -> None:
    label = PlainLabel("<b>x</b><img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_an_unforeseen_error_is_told_once_and_logged_without_its_words(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_log(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    report = CrashReport(lambda: window)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    report.install()
    for _turn in range(2):
        try:
            raise ValueError("Bruyère Sonia")  # noqa: TRY301  the very thing under test
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    boxes = window.findChildren(QMessageBox)
    assert len(boxes) == 1
    shown = boxes[0].text() + boxes[0].informativeText()
    logging.getLogger("cef_desk").handlers[-1].flush()
    written = (tmp_path / "cef-desk.log").read_text()
    for text in (shown, written):
        assert "ValueError" in text
        assert "test_windows.py" in text
        assert "Bruyère" not in text
    boxes[0].close()


def test_trouble_is_told_in_a_dialog_and_the_window_goes_on(window: MainWindow) -> None:
    window.seat.runner.told.emit(Trouble("The disk is full: nothing was saved. Free some space and try again."))
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text().startswith("Le disque est plein")
    box.close()


def test_a_demonstration_says_so_and_its_day(window: MainWindow) -> None:
    assert any("date fixée au" in label.text() for label in window.findChildren(PlainLabel))
    assert window.seat.today == TODAY


def test_a_window_kept_on_a_screen_that_is_gone_comes_back_in_sight(demo: Desk, qtbot: QtBot) -> None:
    first = MainWindow(seat_at(demo), "demo.cefdesk")
    qtbot.addWidget(first)
    first.move(9000, 9000)
    first.show()
    first.close()
    second = MainWindow(seat_at(demo), "demo.cefdesk")
    qtbot.addWidget(second)
    second.show()
    assert any(screen.availableGeometry().intersects(second.frameGeometry()) for screen in QApplication.screens())
    second.close()


def test_qt_speaks_the_language_of_the_program(qapp: QApplication) -> None:
    assert qapp.translate("QPlatformTheme", "Cancel") == "Annuler"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text().replace("&", "") == "Annuler"
