"""One register of actions: it feeds menus, shortcuts, the palette, the shortcut sheet and the tests."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cef_desk.i18n import N_, _
from cef_desk.ui.kit import theme

_KEYS = {
    "Shift": N_("Shift"), "PgUp": N_("PgUp"), "PgDown": N_("PgDn"), "Left": "←", "Return": N_("Enter"),
    "Esc": N_("Esc"), "Space": N_("Space"),
}  # fmt: skip


@dataclass(frozen=True)
class ActionSpec:
    """`label` is a message id; `shortcut` in Qt's portable form: letters and F-keys, as digits differ on AZERTY."""

    id: str
    label: str
    shortcut: str = ""
    icon: str = ""

    @property
    def keys(self) -> str:
        """The shortcut as a French keyboard names its keys."""
        return shortcut_words(self.shortcut)


def shortcut_words(shortcut: str) -> str:
    """Ctrl+Shift+V as Ctrl+Maj+V."""
    return "+".join(_(_KEYS.get(key, "")) or key for key in shortcut.split("+")) if shortcut else ""


class ActionRegister:
    """The actions of one window, by id."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._specs: dict[str, ActionSpec] = {}

    def add(self, spec: ActionSpec, slot: Callable[[], object]) -> QAction:
        """Makes an action reachable in the whole window."""
        action = QAction(_(spec.label), self._window)
        action.setObjectName(spec.id)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        if spec.icon:
            action.setIcon(theme.icon(spec.icon))
        action.triggered.connect(slot)
        self._window.addAction(action)
        self._actions[spec.id] = action
        self._specs[spec.id] = spec
        return action

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def all(self) -> list[tuple[ActionSpec, QAction]]:
        """Every action with what it was made from, in the order they were added."""
        return [(self._specs[action_id], action) for action_id, action in self._actions.items()]
