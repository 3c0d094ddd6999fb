"""What a line of Ma journée says: the rule, the day, who, and the next step."""

from collections.abc import Callable
from datetime import date

from cef_desk.i18n import N_, _, near_day, ngettext, number, told_day
from cef_desk.queries.diary import Appointment
from cef_desk.queries.due.line import ToDo
from cef_desk.rules.alerts import Alert, AlertCode
from cef_desk.rules.kinds import Outcome
from cef_desk.rules.schemes import is_rmi
from cef_desk.ui.kit.lines import Line
from cef_desk.ui.moments import CALL_RESULTS, KINDS, MEDIA

_SEE = N_("See the file")
_FOLLOW = N_("Note the follow-up")
_CALL = N_("Note the call")
_SIGN = N_("Note the contract")
_PROPOSE = N_("Propose an appointment")
_TRIAL = (N_("the trial ends on {day}"), _SEE, "hourglass")
_RULES: dict[AlertCode, tuple[str, str, str]] = {
    AlertCode.CONTRACT_END: (N_("the contract ends on {day}"), _SEE, "calendar-clock"),
    AlertCode.AIDED_CONTRACT_END: (
        N_("the aided contract ends on {day}"), _SEE, "calendar-clock",
    ),
    AlertCode.END_TO_CONFIRM: (
        N_("the contract was to end on {day}: nothing is typed"), _SEE, "file-x",
    ),
    AlertCode.TRIAL_END_OPEN: _TRIAL, AlertCode.TRIAL_END_MONTH: _TRIAL, AlertCode.TRIAL_END_SHORT: _TRIAL,
    AlertCode.CHECK_UP_J8: (N_("follow-up of the first week, hired on {day}"), _FOLLOW, "clipboard-check"),
    AlertCode.CHECK_UP_TRIAL: (N_("follow-up before the trial ends on {day}"), _FOLLOW, "clipboard-check"),
    AlertCode.CHECK_UP_M3: (N_("follow-up at three months, hired on {day}"), _FOLLOW, "clipboard-check"),
    AlertCode.CHECK_UP_J30: (N_("follow-up before the end on {day}"), _FOLLOW, "clipboard-check"),
    AlertCode.CHECK_UP_60: (N_("follow-up every two months, the last one on {day}"), _FOLLOW, "clipboard-check"),
    AlertCode.SIX_MONTHS_BALANCE: (N_("six-monthly balance of the contract since {day}"), _FOLLOW, "clipboard-check"),
    AlertCode.NO_TERM: (N_("contract signed on {day} without a last day"), _SEE, "file-x"),
    AlertCode.RUPTURE: (N_("contract broken on {day}, not met since"), N_("Note the meeting"), "circle-x"),
    AlertCode.INSERTION_END: (N_("contrat d’insertion until {day}"), _SIGN, "file-pen-line"),
    AlertCode.INSERTION_MISSING: (
        N_("no contrat d’insertion since the entry on {day}"), _SIGN, "file-pen-line",
    ),
    AlertCode.COMMITMENT_MISSING: (
        N_("no contrat d’engagement since the orientation told on {day}"), _SIGN, "file-pen-line",
    ),
    AlertCode.QUARTERLY_RETURN: (N_("quarterly return to send by {day}"), N_("Done"), "file-pen-line"),
    AlertCode.WAITING_TO_ENTER: (N_("prescription of {day}, not met yet"), _PROPOSE, "hourglass"),
    AlertCode.NO_MEETING: (N_("not met since {day}, no appointment"), _PROPOSE, "calendar-x"),
    AlertCode.TO_FILL_IN: (N_("appointment of {day} without outcome"), N_("Fill it in"), "circle-help"),
    AlertCode.EXIT_3_MONTHS: (N_("exit on {day}: still in a job at 3 months?"), _SEE, "log-out"),
    AlertCode.EXIT_6_MONTHS: (N_("exit on {day}: still in a job at 6 months?"), _SEE, "log-out"),
    AlertCode.PROSPECT: (N_("called on {day}, nobody answered"), _CALL, "phone"),
    AlertCode.COMPANY_WAKES: (N_("left to sleep until {day}"), _CALL, "sun"),
    AlertCode.OFFER_WITHOUT_REFERRAL: (N_("offer of {day}, nobody put forward"), N_("See the company"), "inbox"),
    AlertCode.REFERRAL_WITHOUT_ANSWER: (N_("put forward on {day}, no answer"), N_("See the company"), "handshake"),
    AlertCode.TASK: (N_("agreed for {day}"), N_("Done"), "check"),
    AlertCode.ABSENCE: (N_("did not come on {day}"), N_("Get in touch again"), "user-x"),
}  # fmt: skip

CHECK_UPS = frozenset(
    {
        AlertCode.CHECK_UP_J8, AlertCode.CHECK_UP_TRIAL, AlertCode.CHECK_UP_M3, AlertCode.CHECK_UP_J30,
        AlertCode.CHECK_UP_60, AlertCode.SIX_MONTHS_BALANCE,
    }
)  # fmt: skip
MEETS = CHECK_UPS | {AlertCode.RUPTURE, AlertCode.TO_FILL_IN}
"""Rules whose next step is a meeting or a call with the person."""
PROPOSES = frozenset({AlertCode.NO_MEETING, AlertCode.WAITING_TO_ENTER})
"""Rules whose next step is an appointment."""
CALLED = frozenset({AlertCode.PROSPECT, AlertCode.COMPANY_WAKES, AlertCode.TO_FILL_IN})
"""Rules of companies whose next step is a call or a visit to note."""
SIGNS = frozenset({AlertCode.INSERTION_END, AlertCode.INSERTION_MISSING, AlertCode.COMMITMENT_MISSING})
"""Rules whose next step is a contract of commitments."""


_ENDED: dict[str, str] = {
    Outcome.HELD: N_("Came"), Outcome.EXCUSED: N_("Excused"), Outcome.MISSED: N_("Not excused"),
    Outcome.CANCELLED_BY_UNIT: N_("Cancelled, unit"), Outcome.CANCELLED_BY_OTHER: N_("Cancelled, person"),
}  # fmt: skip


def due_words(alert: Alert, today: date) -> str:
    """When it is due: late by so many days, today, in so many."""
    days = alert.days(today)
    if not days:
        return _("Today")
    if alert.is_late(today):
        return ngettext("Late by {n} d", "Late by {n} d", days).format(n=number(days))
    return ngettext("In {n} d", "In {n} d", days).format(n=number(days))


def appointment_line(each: Appointment, private: Callable[[str], str]) -> Line:
    """One line of the day's appointments."""
    who = private(each.person) if each.person else each.company
    outcome, kind = _("To come") if each.outcome is None else _(_ENDED[each.outcome]), _(KINDS[each.kind])
    if not each.ends_by_key and each.call_result is not None:
        outcome, kind = _(CALL_RESULTS[each.call_result]), ""
    elif each.outcome == Outcome.HELD and (each.call_result is not None or not each.person):
        outcome = _("Reached") if each.call_result is not None else _("Done")
    medium, icon = MEDIA[each.medium]
    told = "" if each.is_private else each.about
    about = ", ".join(part for part in (kind, _(medium), told) if part)
    return Line(f"{each.at:%H:%M}   {who}", about, right=outcome, icon=icon, key=each, strong=True)


def to_do_line(each: ToDo, today: date) -> Line:
    """One line of À faire."""
    why, step, icon = _RULES[each.alert.code]
    if each.alert.code is AlertCode.QUARTERLY_RETURN and not is_rmi(each.alert.about):
        why = N_("quarterly return, filled in beforehand: to check and confirm by {day}")
    said = _(why).format(day=told_day(each.alert.about, today))
    if each.by_person:
        said = _("{rule}, by the person").format(rule=said)
    if each.times > 1:
        said = ngettext("{rule}, absent {n} time in a row", "{rule}, absent {n} times in a row", each.times).format(
            rule=said, n=number(each.times)
        )
    tone = "danger" if each.alert.is_late(today) else "warning" if each.alert.due == today else ""
    when, waits = due_words(each.alert, today), ""
    if each.put_off is not None:
        tone, when, waits = "", _("On {day}").format(day=near_day(each.put_off.until, today)), each.put_off.reason
    return Line(
        each.who, ", ".join(part for part in (waits, said, each.colleague) if part), rest=each.what, when=when,
        step=_(step), icon=icon, tone=tone, key=each, strong=True,
    )  # fmt: skip
