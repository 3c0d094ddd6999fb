"""The delays of the rules: read, changed one at a time, silenced."""

from collections.abc import Callable
from typing import Any, ClassVar

from cef_desk.actions.watching import AlertDraft, set_alert
from cef_desk.exchange.alert_labels import alert_labels
from cef_desk.i18n import N_, _, ngettext, number
from cef_desk.queries.settings import AlertRow
from cef_desk.rules.alerts import DELAYS, Delay
from cef_desk.ui.kit.fields import ChoiceField
from cef_desk.ui.kit.form import Form
from cef_desk.ui.kit.lines import Line
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.number_fields import WholeNumberField
from cef_desk.ui.kit.page import Seat

_ON, _OFF = "on", "off"


def alert_line(row: AlertRow) -> Line:
    """One rule with its delay."""
    words = _delay_words(row.delay) if row.active else _("silent")
    return Line(alert_labels()[row.code], right=words, tone="" if row.active else "warning", key=row)


def _delay_words(delay: Delay) -> str:
    days, months = (("{n} day", "{n} days"), ("{n} month", "{n} months"))
    words = ngettext(*(months if delay.months else days), delay.count).format(n=number(delay.count))
    return _("{delay} before").format(delay=words) if delay.before else _("{delay} after").format(delay=words)


class AlertForm(Form[AlertDraft]):
    """The delay of one rule."""

    name: ClassVar[str] = "alert_form"
    label = N_("Change a delay")
    marks: ClassVar[dict[str, str]] = {"count": "alert_count"}

    def __init__(self, seat: Seat, row: AlertRow) -> None:
        self._row = row
        super().__init__(seat, f"alert_setting:{row.code}", _("Delay"), alert_labels()[row.code])

    def build(self) -> None:
        """How long, and whether it speaks."""
        delay, usual = self._row.delay, DELAYS[self._row.code]
        label = _("Months") if delay.months else _("Days")
        self._count = WholeNumberField(label, "alert_count")
        self._count.set_text(str(delay.count))
        self._active = ChoiceField(_("State"), "alert_active", [(_ON, _("Speaks")), (_OFF, _("Silent"))])
        self._active.set_text(_ON if self._row.active else _OFF)
        self.add(self._count, self._active)
        self.add_widget(PlainLabel(_("At first: {delay}.").format(delay=_delay_words(usual)), role="hint", wrap=True))

    def draft(self) -> AlertDraft:
        """As typed."""
        return AlertDraft(code=self._row.code, count=self._count.number(), active=self._active.value() == _ON)

    def action(self) -> Callable[..., Any]:
        """Set it."""
        return set_alert
