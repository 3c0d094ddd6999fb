"""What was looked at, told to the log of looks once the eyes rest on it."""

from PySide6.QtCore import QObject, QTimer

from cef_desk.rules.kinds import AccessAction
from cef_desk.ui.kit.runner import Runner

_REST_MS = 2_000


class Looks(QObject):
    """Passing over a record is no look at it: two seconds are; the same one is told once in a row."""

    def __init__(self, runner: Runner, action: AccessAction, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._action = runner, action
        self._reference = self._about = self._told = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.tell)

    def rest(self, reference: str, about: str = "") -> None:
        """The eyes are on something: a table and a key; `about` tells it from another of the same reference."""
        self._reference, self._about = reference, about or reference
        self._rest.start()

    def tell(self) -> None:
        """Tells it now."""
        self._rest.stop()
        if self._reference and self._about != self._told:
            self._told = self._about
            self._runner.note(self._action, self._reference)
