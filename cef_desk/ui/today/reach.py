"""Somebody did not come: what is sent is prepared in the way that reaches them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Signal

from cef_desk.actions.no_shows import ReachDraft, reach_again
from cef_desk.i18n import N_, _, moment, ngettext, number
from cef_desk.queries.no_show import NoShow, words_after
from cef_desk.rules.kinds import Channel
from cef_desk.ui.kit.fields import NoteField, OptionsField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.moments import CHANNELS

_NEEDS = {Channel.SMS: "phone", Channel.PHONE: "phone", Channel.EMAIL: "email", Channel.THROUGH: "through"}
_STEPS = {
    Channel.SMS: N_("Saving copies the words for the SMS portal, to {to}."),
    Channel.EMAIL: N_("Saving opens your mail program on a message to {to}."),
    Channel.PHONE: N_("To call: {to}. Saving notes that it is done."),
    Channel.THROUGH: N_("Through {to}. Saving notes that it is done."),
    Channel.POST: N_("Saving writes the letter: a document to edit, or a PDF."),
}  # fmt: skip


@dataclass(frozen=True)
class Reached:
    """What is to be sent after a saving: to an address or a number, in these words; the letter of an appointment."""

    channel: Channel
    to: str
    words: str
    interaction_id: int


class ReachForm(Form[ReachDraft]):
    """The channel, the words; `reached` carries what is to be sent once it is noted."""

    name: ClassVar[str] = "reach_form"
    label = N_("Get in touch again")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {"words": "reach_words"}
    reached = Signal(object)

    def __init__(self, seat: Seat, found: NoShow) -> None:
        self._found = found
        super().__init__(seat, f"reach:of {found.interaction_id}", _("Get in touch again"), found.name)
        self.saved.connect(self._on_noted)

    def build(self) -> None:
        """Why, how, what is said."""
        found = self._found
        said = _("Did not come on {when}.").format(when=moment(found.at))
        if found.times > 1:
            said += " " + ngettext("Absent {n} time in a row.", "Absent {n} times in a row.", found.times).format(
                n=number(found.times)
            )
        self.add_widget(PlainLabel(said, role="warning" if found.times > 1 else "hint", wrap=True))
        usable = [(code, _(words)) for code, words in CHANNELS.items() if self._to(Channel(code))]
        self._channel = OptionsField(_("Reached by"), "reach_channel", usable)
        self._channel.set_text(found.channel or Channel.POST)
        self._channel.edited.connect(self._on_channel)
        self._words = NoteField(_("Message"), "reach_words", lines=5)
        self._words.set_text(words_after(found, self.seat.sitting.unit))
        self._step = PlainLabel(role="hint", wrap=True, data=True)
        self.add(self._channel)
        self.add(self._words)
        self.add_widget(self._step)
        self._on_channel()

    def start(self) -> None:
        """The channel is proposed: the cursor is in what is said."""
        (self._words if self._words.isVisibleTo(self) else self._channel).setFocus()

    def draft(self) -> ReachDraft:
        """As typed."""
        return ReachDraft(
            interaction_id=self._found.interaction_id, counsellor_id=self.seat.sitting.counsellor_id,
            channel=self._chosen, words="" if self._chosen is Channel.POST else self._words.value(),
            accepted=frozenset(self.accepted),
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Note it."""
        return reach_again

    @property
    def _chosen(self) -> Channel:
        return Channel(self._channel.value())

    def _to(self, channel: Channel) -> str:
        """Number, address or who passes it on; a letter goes out whatever is known."""
        return _("the address") if channel is Channel.POST else str(getattr(self._found, _NEEDS[channel]))

    def _on_channel(self) -> None:
        self._words.setVisible(self._chosen is not Channel.POST)
        self._step.setText(_(_STEPS[self._chosen]).format(to=self.seat.mask.private(self._to(self._chosen))))

    def _on_noted(self, _key: object) -> None:
        chosen = self._chosen
        self.reached.emit(Reached(chosen, self._to(chosen), self._words.value(), self._found.interaction_id))
