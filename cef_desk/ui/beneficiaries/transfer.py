"""Several files handed to another counsellor."""

from collections.abc import Callable
from typing import Any, ClassVar

from cef_desk.actions.holders import TransferDraft, transfer
from cef_desk.i18n import N_, _, ngettext, number
from cef_desk.queries.records import TransferForm
from cef_desk.ui.kit.fields import ChoiceField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField


class TransferSheet(Form[TransferDraft]):
    """To whom, and from which day."""

    name: ClassVar[str] = "transfer_form"
    label = N_("Hand over files")
    marks: ClassVar[dict[str, str]] = {"counsellor_code": "transfer_counsellor", "from_on": "transfer_from_on"}

    def __init__(self, seat: Seat, opened: TransferForm) -> None:
        self._opened = opened
        count = len(opened.pathway_ids)
        about = ngettext("{n} file", "{n} files", count).format(n=number(count))
        super().__init__(seat, "transfer", _("Hand over"), about)

    def build(self) -> None:
        """The counsellor, the day."""
        self._to = ChoiceField(_("To"), "transfer_counsellor", self._opened.counsellors)
        self._from = DayField(_("From"), "transfer_from_on", self.seat.today, required=True)
        self.add(self._to)
        self.add(self._from)
        self.add_widget(
            PlainLabel(
                _("What was done before that day stays counted for whoever did it. Files that have ended stay too."),
                role="hint", wrap=True,
            )
        )  # fmt: skip
        self._from.set_day(self.seat.today)
        own = self.seat.sitting.counsellor_code
        self._to.set_text(next((code for code, _words in self._opened.counsellors if code != own), own))

    def draft(self) -> TransferDraft:
        """What is to change hands."""
        day = self._from.value()
        assert day is not None  # noqa: S101  checked by save
        return TransferDraft(pathway_ids=self._opened.pathway_ids, counsellor_code=self._to.value(), from_on=day)

    def action(self) -> Callable[..., Any]:
        """Hand over."""
        return transfer
