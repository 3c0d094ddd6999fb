"""How an appointment ends, each by one key, wherever appointments stand."""

from cef_desk.i18n import N_
from cef_desk.rules.kinds import Outcome

ENDS = (
    (Outcome.HELD, N_("Came"), "V"), (Outcome.EXCUSED, N_("Excused"), "E"), (Outcome.MISSED, N_("Not excused"), "N"),
    (Outcome.CANCELLED_BY_UNIT, N_("Cancelled, unit"), "A"),
    (Outcome.CANCELLED_BY_OTHER, N_("Cancelled, person"), "P"),
)  # fmt: skip
