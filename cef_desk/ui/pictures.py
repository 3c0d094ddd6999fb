"""Pictures of the main screens, for the README, for `--screenshots`, and to be looked at."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication, QWidget

from cef_desk.paths import resources
from cef_desk.ui import commands
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.welcome import Welcome

_WIDTH, _HEIGHT = 1366, 768
_TURNS, _TURN_MS = 20, 15
"""A page of PDF is drawn on a thread of its own: pictures wait for it."""


def take_welcome(welcome: Welcome, folder: Path) -> None:
    """The ways to begin, the form of a new file, the password."""
    welcome.resize(_WIDTH, _HEIGHT)
    welcome.show()
    welcome.show_ways()
    take(welcome, folder / "bienvenue.png")
    welcome.show_beginning()
    take(welcome, folder / "commencer.png")
    welcome.show_unlocking(Path("unite49.cefdesk"))
    take(welcome, folder / "mot-de-passe.png")
    welcome.hide()


def take_main(window: QWidget, folder: Path) -> None:
    """The lists, the meeting form, an import before it is done, the month, the rows behind a figure, the settings."""
    if not isinstance(window, MainWindow):
        raise TypeError(type(window).__name__)
    window.showNormal()
    window.resize(_WIDTH, _HEIGHT)
    settle()
    take(window, folder / "beneficiaires.png")
    window.navigation.go(commands.TODAY.id)
    settle()
    take(window, folder / "ma-journee.png")
    window.navigation.go(commands.BENEFICIARIES.id)
    person = window.pages.beneficiaries.chosen()
    if person is not None:
        form = window.forms.open_meeting(person)
        take(window, folder / "entretien.png")
        form.close_form()
    dialog = window.open_import()
    dialog.take(resources() / "demo" / "suivi-cef-2006.csv")
    take(dialog, folder / "import.png")
    dialog.close()
    window.navigation.go(commands.COMPANIES.id)
    take(window, folder / "entreprises.png")
    window.navigation.go(commands.REPORTS.id)
    take(window, folder / "bilans.png")
    window.pages.reports.open_line("CONTRACTS")
    take(window, folder / "dossiers.png")
    window.navigation.go(commands.SETTINGS.id)
    take(window, folder / "reglages.png")
    window.navigation.go(commands.BENEFICIARIES.id)


def take(widget: QWidget, path: Path) -> None:
    """Saves one widget as PNG."""
    settle()
    if not widget.grab().save(str(path), "PNG"):
        raise OSError(path.name)


def settle() -> None:
    """Lets everything waiting be laid out and painted."""
    for _turn in range(_TURNS):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QThread.msleep(_TURN_MS)
