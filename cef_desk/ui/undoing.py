"""Undo and redo of this sitting, named in the menu and told in the toast."""

from typing import Any

from PySide6.QtCore import QObject

from cef_desk.i18n import _
from cef_desk.queries.named import Named, named
from cef_desk.store.changes import Changes
from cef_desk.ui.commands import REDO, UNDO
from cef_desk.ui.kit.actions import ActionRegister
from cef_desk.ui.kit.mask import Mask
from cef_desk.ui.kit.messages import Toast
from cef_desk.ui.kit.runner import Runner


class Undoing(QObject):
    """Keeps the two actions right."""

    def __init__(self, runner: Runner, mask: Mask, register: ActionRegister, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._mask, self._register, self._toast = runner, mask, register, toast
        self._told = Changes("", frozenset())
        register.add(UNDO, self.undo)
        register.add(REDO, self.redo)
        runner.changed.connect(self._on_changed)
        self._name()

    def undo(self) -> None:
        """Takes back the last step; of whom it was is not told any more."""
        self._told = Changes("", frozenset())
        self._runner.undo(then=self._on_undone)

    def redo(self) -> None:
        """Brings back what undo took."""
        self._runner.redo(then=self._on_redone)

    def _on_undone(self, label: str) -> None:
        self._name()
        self._toast.say(_("Undone: {label}").format(label=small(_(label))))

    def _on_redone(self, label: str) -> None:
        self._name()
        self._toast.say(_("Redone: {label}").format(label=small(_(label))), self.undo)

    def _on_changed(self, changes: Changes) -> None:
        self._name()
        if changes.sequence is not None and changes.label == self._runner.undo_label:
            self._told = changes
            self._say(None)
            if changes.about:
                self._runner.see(_whose, changes.sequence, changes.about, then=self._on_named)

    def _on_named(self, answer: tuple[int | None, Named | None]) -> None:
        """Of whom it was, while nothing else was saved since."""
        sequence, found = answer
        if sequence == self._told.sequence and self._told.label == self._runner.undo_label:
            self._say(found)

    def _say(self, found: Named | None) -> None:
        who = "" if found is None else self._mask.private(found.name) if found.is_person else found.name
        said = ", ".join(part for part in (small(_(self._told.label)), who) if part)
        self._toast.say(_("Saved: {label}").format(label=said), self.undo)

    def _name(self) -> None:
        for spec, label in ((UNDO, self._runner.undo_label), (REDO, self._runner.redo_label)):
            action = self._register[spec.id]
            action.setText(
                _("{action}: {label}").format(action=_(spec.label), label=small(_(label))) if label else _(spec.label)
            )
            action.setEnabled(bool(label))


def small(text: str) -> str:
    """The label in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _whose(
    session: Any,  # noqa: ANN401  a session is no word of this room
    sequence: int | None,
    references: tuple[str, ...],
) -> tuple[int | None, Named | None]:
    return sequence, named(session, references)
