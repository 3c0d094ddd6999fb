"""What is being typed survives: kept in the file within two seconds, offered when the form opens again."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cef_desk.actions.unfinished import drop_unfinished, keep_unfinished
from cef_desk.queries.unfinished import Kept, unfinished
from cef_desk.ui.kit.runner import Runner

SECONDS = 2


class UnfinishedKeeper(QObject):
    """Keeps the texts of one form on one subject; `found` carries what was kept before."""

    found = Signal(object)
    kept = Signal()

    def __init__(self, runner: Runner, counsellor_id: int, form: str, subject: str, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._key = (counsellor_id, form, subject)
        self._texts: dict[str, str] = {}
        self._looked = False
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.keep_now)

    def look(self) -> None:
        """Asks for what was kept before; nothing is kept in its place until the answer is there."""
        self._looked = False
        self._runner.see(unfinished, *self._key, then=self._on_found)

    def typed(self, texts: dict[str, str]) -> None:
        """Something was typed: it is kept within two seconds, whether the keys rest or not."""
        self._texts = texts
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self, texts: dict[str, str] | None = None) -> None:
        """Keeps what was typed, at once."""
        self._timer.stop()
        if not self._looked:
            self._timer.start()
            return
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        kept = dict(self._texts if texts is None else texts)
        self._runner.do("", keep_unfinished, *self._key, kept, now, then=self._on_kept)

    def keep_if_waiting(self) -> None:
        """Keeps what was typed in the last seconds, before the form goes."""
        if self._timer.isActive():
            self.keep_now()

    def dropping(self, action: Callable[..., Any]) -> Callable[..., Any]:
        """The action, and in its transaction what was kept is forgotten: a form saved is never offered again."""
        key = self._key

        def saved(session: Any, *args: object) -> Any:  # noqa: ANN401  whatever the action takes and gives
            result = action(session, *args)
            drop_unfinished(session, *key)
            return result

        return saved

    def keeping(self, texts: dict[str, str]) -> Callable[[], None]:
        """What keeps some texts again, even when the form is gone."""
        runner, key = self._runner, self._key

        def keep_again() -> None:
            now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
            runner.do("", keep_unfinished, *key, texts, now)

        return keep_again

    def drop(self) -> None:
        """Forgets it: the form was given up, or emptied."""
        self._timer.stop()
        self._runner.do("", drop_unfinished, *self._key)

    def _on_found(self, kept: Kept | None) -> None:
        self._looked = True
        if kept is not None and kept.texts:
            self.found.emit(kept)

    def _on_kept(self, _nothing: object) -> None:
        self.kept.emit()
