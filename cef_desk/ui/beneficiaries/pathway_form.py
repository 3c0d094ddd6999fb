"""The days of a pathway with its right, and a contract of commitments that was signed."""

from collections.abc import Callable
from typing import Any, ClassVar

from cef_desk.actions.pathways import InsertionDraft, PathwayDraft, correct_pathway, sign_commitment
from cef_desk.i18n import N_, _
from cef_desk.queries.pathway_forms import CommitmentForm, PathwayForm
from cef_desk.rules.period import last_day_of_term
from cef_desk.rules.schemes import insertion_kind_on
from cef_desk.ui.kit.fields import ChoiceField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.time_fields import DayField
from cef_desk.ui.moments import RETURNS, WAITS

_A_YEAR = 12


class PathwaySheet(Form[PathwayDraft]):
    """When the prescription came, the orientation was told, the person entered; the month of the return."""

    name: ClassVar[str] = "pathway_form"
    label = N_("Prescription and rights")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {
        "prescribed_on": "pathway_prescribed_on", "oriented_on": "pathway_oriented_on",
        "entered_on": "pathway_entered_on",
    }  # fmt: skip

    def __init__(self, seat: Seat, opened: PathwayForm) -> None:
        self._opened = opened
        super().__init__(seat, f"pathway:{opened.pathway_id}", _("Prescription and rights"), opened.name)

    def build(self) -> None:
        """The days in their order, then the return."""
        opened, today = self._opened, self.seat.today
        self._prescribed = DayField(_("Prescription received on"), "pathway_prescribed_on", today)
        self._oriented = DayField(_("Orientation told on"), "pathway_oriented_on", today)
        self._entered = DayField(_("Entry"), "pathway_entered_on", today)
        self._month = ChoiceField(
            _("Month of the quarterly return"), "pathway_quarterly_month",
            [("", _("not known")), *((str(place), _(months)) for place, months in RETURNS.items())], 420,
        )  # fmt: skip
        self.add(self._prescribed, self._oriented)
        self.add(self._entered)
        self.add_widget(PlainLabel(_(WAITS), role="hint", wrap=True))
        self.add(self._month)
        for field, day in (
            (self._prescribed, opened.prescribed_on), (self._oriented, opened.oriented_on),
            (self._entered, opened.entered_on),
        ):  # fmt: skip
            if day is not None:
                field.set_day(day)
        self._month.set_text("" if opened.quarterly_month is None else str(opened.quarterly_month))

    def draft(self) -> PathwayDraft:
        """As typed."""
        month = self._month.value()
        return PathwayDraft(
            pathway_id=self._opened.pathway_id, prescribed_on=self._prescribed.value(),
            oriented_on=self._oriented.value(), entered_on=self._entered.value(),
            quarterly_month=int(month) if month else None, version=self._opened.version,
        )  # fmt: skip

    def action(self) -> Callable[..., Any]:
        """Set them."""
        return correct_pathway


class CommitmentSheet(Form[InsertionDraft]):
    """A contrat d'insertion, a CER or a contrat d'engagement that was signed."""

    name: ClassVar[str] = "commitment_form"
    label = N_("Contract of commitments")
    is_about_somebody = True
    marks: ClassVar[dict[str, str]] = {"signed_on": "commitment_signed_on", "ends_on": "commitment_ends_on"}

    def __init__(self, seat: Seat, opened: CommitmentForm) -> None:
        self._opened = opened
        super().__init__(seat, f"commitment:of {opened.pathway_id}", _("Contract of commitments"), opened.name)

    def build(self) -> None:
        """Which, from when to when."""
        today = self.seat.today
        self._kind = ChoiceField(_("Kind"), "commitment_kind", self._opened.kinds, 320)
        self._kind.set_text(insertion_kind_on(today))
        self._signed = DayField(_("Signed on"), "commitment_signed_on", today, required=True)
        self._signed.set_day(today)
        self._ends = DayField(_("Last day"), "commitment_ends_on", today, ahead=True, required=True)
        self._ends.set_day(last_day_of_term(today, _A_YEAR))
        self.add(self._kind)
        self.add(self._signed, self._ends)

    def start(self) -> None:
        """The day is what is not known."""
        self._signed.setFocus()

    def draft(self) -> InsertionDraft:
        """As typed."""
        signed, ends = self._signed.value(), self._ends.value()
        assert signed is not None  # noqa: S101  checked by save
        assert ends is not None  # noqa: S101  as above
        return InsertionDraft(
            pathway_id=self._opened.pathway_id, kind_code=self._kind.value(), signed_on=signed, ends_on=ends
        )

    def action(self) -> Callable[..., Any]:
        """Note it."""
        return sign_commitment
