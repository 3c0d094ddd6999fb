"""What every form is: fields in, a draft out, no rule of its own.

Enter goes on, Ctrl+Enter saves, Esc closes; what is typed is kept until it is saved or given up.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from cef_desk.errors import Doubt, Told
from cef_desk.i18n import _, local, moment, told
from cef_desk.queries.unfinished import Kept
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import Field, NoteField
from cef_desk.ui.kit.messages import ElidedLabel, PlainLabel, line
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.unfinished import UnfinishedKeeper

_WIDEST = 760
"""A form wider than that is no longer read at a glance."""
D = TypeVar("D")
_SCROLL_BAR = 12
F = TypeVar("F", bound="Field[Any]")


class Form(QWidget, Generic[D]):
    """A sheet beside a page. `finished` tells whether it was saved, `saved` carries what the action gave.

    `settled` when a saving has ended, kept or refused; `next_asked` when another one is to follow it.
    What the action doubts is marked, and accepted when it is saved again as it is.
    """

    name: ClassVar[str]
    label: str
    is_about_somebody: ClassVar[bool] = False
    """True when the title says a name, which F12 hides."""
    marks: ClassVar[dict[str, str]] = {}
    """Draft field a refusal names -> object name of the field to mark."""

    finished = Signal(bool)
    saved = Signal(object)
    given_up = Signal(object)
    settled = Signal()
    next_asked = Signal()
    is_wide: ClassVar[bool] = False
    """True when it needs the whole width of the page."""
    is_followed: ClassVar[bool] = False
    """True when several are often filled in a row."""
    of_the_moment: ClassVar[frozenset[str]] = frozenset()
    """Fields whose proposal is of the moment the form was opened: it comes back with what was typed."""

    def __init__(self, seat: Seat, subject: str, title: str, about: str) -> None:
        super().__init__()
        self.setObjectName(self.name)
        self.seat, self.subject = seat, subject
        self._fields: list[Field[Any]] = []
        self._blank: dict[str, str] = {}
        self._saving = self._goes_on = False
        self._standing = ""
        self.accepted: set[str] = set()
        self._keeper = UnfinishedKeeper(seat.runner, seat.sitting.counsellor_id, self.name, subject, self)
        self._keeper.found.connect(self._on_unfinished_found)
        self._keeper.kept.connect(self._on_kept)
        self._trouble = PlainLabel(role="error", wrap=True)
        self._trouble.setObjectName(f"{self.name}_trouble")
        self._trouble.hide()
        self._state = ElidedLabel(role="hint")
        self._body = QWidget()
        self._body.setObjectName("form_body")
        self._body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if not self.is_wide:
            self._body.setMaximumWidth(theme.px(_WIDEST) + 2 * theme.EDGE)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(theme.EDGE, theme.INSIDE, theme.EDGE, theme.GAP)
        self._column.setSpacing(theme.px(12))
        self.build()
        self._column.addWidget(self._trouble)
        self._column.addStretch()
        self._lay_out(title, about)
        keys = [("Ctrl+Return", self.save), ("Ctrl+Enter", self.save), ("Esc", self.close_form)]
        if self.is_followed:
            keys += [("Ctrl+Shift+Return", self.save_and_go_on), ("Ctrl+Shift+Enter", self.save_and_go_on)]
        for shortcut, slot in keys:
            key = QShortcut(QKeySequence(shortcut), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(slot)
        self._blank = self.texts()
        self._keeper.look()

    def build(self) -> None:
        """Adds the fields."""
        raise NotImplementedError

    def draft(self) -> D:
        """The draft the fields speak of; called when every field can be read."""
        raise NotImplementedError

    def action(self) -> Callable[..., Any]:
        """The action that takes the draft and today."""
        raise NotImplementedError

    def add(self, *fields: "Field[Any]", aside: QWidget | None = None) -> None:
        """Puts fields side by side in one row, something that is no field after them, what they say under it."""
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(theme.GAP)
        words.setSpacing(0)
        for field in fields:
            self._take_in(field)
            row.addWidget(field, 0 if field.fixed else 1)
            words.addWidget(field.words)
        if aside is not None:
            row.addWidget(aside, 1, Qt.AlignmentFlag.AlignBottom)
        part = QVBoxLayout()
        part.setSpacing(theme.px(3))
        part.addLayout(row)
        part.addLayout(words)
        self._column.addLayout(part)

    def add_beside(self, field: "Field[Any]", other: "Field[Any]") -> None:
        """Puts a small field at the right of another one's label."""
        self._take_in(other)
        field.put_beside_label(other)

    def _take_in(self, field: "Field[Any]") -> None:
        self._fields.append(field)
        field.edited.connect(self._on_edited)
        if field.goes_on:
            field.editor.installEventFilter(self)

    def add_widget(self, widget: QWidget) -> None:
        """Puts something that is no field in the column."""
        self._column.addWidget(widget)

    def begin_with(self, field: "Field[Any]", text: str) -> None:
        """What a field proposes, once it is known; what was typed in it meanwhile stays."""
        if field.text() == self._blank.get(field.name, field.text()):
            field.set_text(text)
        self._blank[field.name] = text

    def tell_about(self, about: str) -> None:
        """Who or what it is about, once it is known."""
        self._whole_about = about
        self._show_about()

    def stand(self, words: str) -> None:
        """What stands beside the buttons: something that is saved with the rest and may be out of view."""
        self._standing = words
        self._state.set_whole(words)

    def texts(self) -> dict[str, str]:
        """What stands in the fields, by name."""
        return {field.name: field.text() for field in self._fields}

    def save(self) -> None:
        """Saves when every field can be read, else goes to the first that cannot."""
        wrong = [field for field in self._fields if not field.isHidden() and not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        if self._saving:
            return
        draft = self.draft()
        self._saving = True
        self._trouble.hide()
        self._keeper.keep_now(self._typed())
        action = self._keeper.dropping(self.action())
        self.seat.runner.do(self.label, action, draft, self.seat.today, then=self._on_saved, failed=self._on_failed)

    def save_and_go_on(self) -> None:
        """Saves, and asks for the next one."""
        self._goes_on = True
        self.save()
        self._goes_on = self._saving

    @property
    def is_saving(self) -> bool:
        """True until what was saved is known to be kept."""
        return self._saving

    def close_form(self) -> None:
        """Closes; what was typed is kept and offered next time. A form being saved closes when it is."""
        if self._saving:
            return
        self._keeper.keep_if_waiting()
        self.finished.emit(False)  # noqa: FBT003  a Qt signal has no names

    @property
    def holds_something(self) -> bool:
        """Something was typed in it that is not saved."""
        return bool(self._typed())

    def give_up(self) -> None:
        """Closes and forgets what was typed; `given_up` carries what brings it back, to be offered when it opens."""
        typed = self._typed()
        self._keeper.drop()
        self.given_up.emit(self._keeper.keeping(typed))
        self.finished.emit(False)  # noqa: FBT003  a Qt signal has no names

    def show_cursor(self) -> None:
        """Scrolls to where typing begins, once everything has its place."""
        here = self.focusWidget()
        if here is not None and self._body.isAncestorOf(here):
            self._area.ensureWidgetVisible(here)

    def start(self) -> None:
        """Puts the cursor where typing begins."""
        self._fields[0].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter in a line goes on to the next field."""
        if (
            isinstance(watched, QLineEdit)
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self, title: str, about: str) -> None:
        main = button(f"{self.name.removesuffix('_form')}_save", _("Save"), self.save, main=True, key=_("Ctrl+Enter"))
        close = button(f"{self.name}_close", _("Close"), self.close_form, key=_("Esc"))
        self._give_up = button(f"{self.name}_give_up", _("Give up this entry"), self.give_up)
        self._give_up.setProperty("role", "link")
        self._give_up.hide()
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(theme.EDGE, theme.GAP, theme.EDGE, theme.INSIDE)
        head.setSpacing(theme.INSIDE)
        head.addWidget(PlainLabel(title, role="section"))
        self._about, self._whole_about = ElidedLabel(role="strong", data=True), about
        head.addWidget(self._about, 1)
        self._show_about()
        self.seat.mask.changed.connect(self._show_about)
        head.addWidget(self._give_up)
        foot.setContentsMargins(theme.EDGE, theme.px(12), theme.EDGE, theme.px(12))
        foot.setSpacing(theme.INSIDE)
        foot.addWidget(main)
        if self.is_followed:
            name = f"{self.name.removesuffix('_form')}_save_next"
            foot.addWidget(button(name, _("Save and next"), self.save_and_go_on))
        self._state.setMinimumWidth(0)
        foot.addWidget(self._state, 1)
        foot.addWidget(close)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        self._body.ensurePolished()
        area.setMinimumWidth(self._body.minimumSizeHint().width() + theme.px(_SCROLL_BAR))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addWidget(line())
        column.addLayout(foot)

    def _show_about(self) -> None:
        about = self._whole_about
        self._about.set_whole(self.seat.mask.private(about) if self.is_about_somebody else about)

    def _typed(self) -> dict[str, str]:
        """What was typed over what the form began with, and what was proposed with it for that moment."""
        now = self.texts()
        typed = {name for name, text in now.items() if text != self._blank[name]}
        return {name: now[name] for name in now if name in typed | self.of_the_moment} if typed else {}

    def _on_edited(self) -> None:
        if not self._blank:  # it is being filled for the first time
            return
        self._state.set_whole(self._standing)
        self.accepted.clear()
        for field in self._fields:
            if field.error:
                field.check()
        typed = self._typed()
        self._give_up.setVisible(bool(typed))
        if typed:
            self._keeper.typed(typed)
        else:
            self._keeper.drop()

    def _on_unfinished_found(self, kept: Kept) -> None:
        now = self.texts()
        for field in self._fields:
            before = kept.texts.get(field.name)
            if before is None:
                continue
            if now[field.name] == self._blank[field.name]:
                field.set_text(before)
            elif isinstance(field, NoteField) and before:
                field.set_text(f"{before}\n{now[field.name]}")
        self._state.set_whole(_("Entry of {when} taken up again").format(when=moment(local(kept.at))))
        self._give_up.show()

    def _on_kept(self) -> None:
        self._state.set_whole(", ".join(part for part in (self._standing, _("Draft kept")) if part))

    def _on_saved(self, result: object) -> None:
        self._saving = False
        self.saved.emit(result)
        self.finished.emit(True)  # noqa: FBT003  a Qt signal has no names
        self.settled.emit()
        if self._goes_on:
            self.next_asked.emit()

    def _on_failed(self, error: Told) -> None:
        self._saving = self._goes_on = False
        self.settled.emit()
        if isinstance(error, Doubt):
            self.accepted.add(error.about)
        marked = next((field for field in self._fields if field.name == self.marks.get(error.field or "")), None)
        if marked is not None:
            marked.refuse(told(error), doubtful=isinstance(error, Doubt), row=error.row)
            marked.setFocus()
            return
        self._trouble.setText(told(error))
        self._trouble.show()
