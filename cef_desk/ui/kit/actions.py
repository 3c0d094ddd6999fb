"""One register of actions: it feeds menus, shortcuts, the shortcut sheet and the tests."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cef_desk.i18n import _
from cef_desk.ui.kit import theme


@dataclass(frozen=True)
class ActionSpec:
    """`label` is a message id; `shortcut` in Qt's portable form: letters and F-keys, as digits differ on AZERTY."""

    id: str
    label: str
    shortcut: str
    icon: str = ""


class ActionRegister:
    """The actions of one window, by id."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._actions: dict[str, QAction] = {}

    def add(self, spec: ActionSpec, slot: Callable[[], object]) -> QAction:
        """Makes an action reachable in the whole window."""
        action = QAction(_(spec.label), self._window)
        action.setObjectName(spec.id)
        action.setShortcut(QKeySequence(spec.shortcut))
        if spec.icon:
            action.setIcon(theme.icon(spec.icon))
        action.triggered.connect(slot)
        self._window.addAction(action)
        self._actions[spec.id] = action
        return action

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def all(self) -> list[QAction]:
        """Every action, in the order they were added."""
        return list(self._actions.values())
