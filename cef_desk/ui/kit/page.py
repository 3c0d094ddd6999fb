"""What every page is: it says what it watches, and reads again when that changed and it is in view."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cef_desk.queries.sitting import Sitting
from cef_desk.rules.kinds import Subject
from cef_desk.settings import Settings
from cef_desk.store.changes import Changes
from cef_desk.ui.kit.mask import Mask
from cef_desk.ui.kit.runner import Runner


@dataclass(frozen=True)
class Seat:
    """What every page and form is given: the runner, who sits here, which day it is, the machine's settings, F12."""

    runner: Runner
    sitting: Sitting
    today: date
    settings: Settings
    mask: Mask = field(default_factory=Mask)


@dataclass(frozen=True)
class Met:
    """Somebody met: the pathway, the appointment that takes place if there is one, whether it is about their job."""

    pathway_id: int
    appointment_id: int | None = None
    is_check_up: bool = False


class Page(QWidget):
    """One entry of the rail."""

    watches: ClassVar[frozenset[Subject]] = frozenset()
    narrowest: ClassVar[int] = 400
    """The room it needs to stand beside a form."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("work")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.seat = seat
        self.runner = seat.runner
        self._stale = True
        self.runner.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Reads again what the page shows."""

    def close_inner(self) -> bool:
        """Comes back from what was opened within the page; tells whether there was anything."""
        return False

    def person_in_hand(self) -> Met | None:
        """Whom a meeting noted here would be with."""
        return None

    def take_focus(self) -> None:
        """Puts the cursor where work on the page goes on."""

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: a page that comes into view reads what changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if not self.watches & changes.subjects:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
