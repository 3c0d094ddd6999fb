"""Near duplicates while a form is typed: told, with the way to them, and never in the way."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cef_desk.i18n import _, field_day, ngettext, number
from cef_desk.queries.records import Near
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.mask import Mask
from cef_desk.ui.kit.messages import PlainLabel

PAUSE_MS = 300


class NearBanner(QFrame):
    """Hidden while nobody is near; `asked` when the keys rest, `opened` carries the key of the record to see."""

    asked = Signal()
    opened = Signal(object)

    def __init__(self, name: str, mask: Mask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "near")
        self._mask = mask
        self._found: Sequence[Near] = ()
        self._words = PlainLabel(wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        column.addWidget(self._words)
        column.addLayout(self._rows)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.asked)
        self.hide()

    def typed(self) -> None:
        """Something was typed: it is looked for when the keys rest."""
        self._pause.start()

    def tell(self, found: Sequence[Near]) -> None:
        """Shows who is near."""
        self._found = found
        while self._rows.count():
            taken = self._rows.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._words.setText(
            ngettext("{n} record of nearly the same name:", "{n} records of nearly the same name:", len(found)).format(
                n=number(len(found))
            )
        )
        for place, near in enumerate(found):
            self._rows.addWidget(self._row(place, near))
        self.setVisible(bool(found))

    def _row(self, place: int, near: Near) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        born = _("born on {day}").format(day=field_day(near.day)) if near.day else ""
        words = ", ".join(part for part in (near.title, near.detail, born) if part)
        row.addWidget(PlainLabel(self._mask.private(words), wrap=True, data=True), 1)
        see = button(f"near_{place}", _("See"), self._on_see)
        see.setProperty("role", "link")
        see.setProperty("near", near.id)
        row.addWidget(see)
        return made

    def _on_see(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.opened.emit(int(sender.property("near")))
