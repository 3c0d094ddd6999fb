"""The lines of a timeline in words, for the cards of people and of companies."""

from collections.abc import Callable
from dataclasses import replace

from cef_desk.i18n import N_, _, short_day
from cef_desk.queries.timeline import Event, Moment
from cef_desk.rules.kinds import Away, CallResult, Channel, DoneBy, Kind, Medium, Outcome, ReferralStatus
from cef_desk.ui.kit.lines import Line

MEDIA: dict[str, tuple[str, str]] = {
    Medium.OFFICE: (N_("Office"), "building"), Medium.PHONE: (N_("Telephone"), "phone"),
    Medium.EMAIL: (N_("E-mail"), "mail"), Medium.VIDEO: (N_("Video"), "video"), Medium.POST: (N_("Post"), "mail"),
    Medium.HOME: (N_("Home"), "house"), Medium.ON_SITE: (N_("In a company"), "building-2"),
    Medium.FAIR: (N_("Fair or job dating"), "users"),
}  # fmt: skip
CHANNELS: dict[str, str] = {
    Channel.SMS: N_("SMS"), Channel.PHONE: N_("Telephone"), Channel.EMAIL: N_("E-mail"), Channel.POST: N_("Letter"),
    Channel.THROUGH: N_("Through somebody"),
}  # fmt: skip
KINDS: dict[str, str] = {
    Kind.MEETING: N_("Meeting"), Kind.WORKSHOP: N_("Workshop"), Kind.PROSPECTION: N_("Prospection"),
    Kind.CHECK_UP: N_("Follow-up"), Kind.TASK: N_("Task"),
}  # fmt: skip
OUTCOMES: dict[str, str] = {
    Outcome.EXCUSED: N_("excused"), Outcome.MISSED: N_("missed, not excused"),
    Outcome.CANCELLED_BY_UNIT: N_("cancelled by the unit"), Outcome.CANCELLED_BY_OTHER: N_("cancelled by the person"),
}  # fmt: skip
AWAY = (
    (Away.ILLNESS, N_("Illness")), (Away.LEAVE, N_("Leave")), (Away.TRAINING, N_("Training")),
    (Away.OTHER, N_("Other")),
)  # fmt: skip
RETURNS = {
    1: N_("January, April, July, October"), 2: N_("February, May, August, November"),
    3: N_("March, June, September, December"),
}  # fmt: skip
WAITS = N_("While the entry is empty the person waits; noting the first individual meeting fills it.")
CALL_RESULTS: dict[str, str] = {
    CallResult.MESSAGE: N_("Call, message left"), CallResult.WRONG_NUMBER: N_("Call, wrong number"),
}  # fmt: skip
REFERRALS: dict[str, str] = {
    ReferralStatus.PROPOSED: N_("proposed"), ReferralStatus.PRESENTED: N_("presented"),
    ReferralStatus.INTERVIEW: N_("interview"), ReferralStatus.TRIAL: N_("trial or immersion"),
    ReferralStatus.HIRED: N_("hired"), ReferralStatus.REJECTED: N_("not chosen"),
    ReferralStatus.WITHDREW: N_("withdrew"), ReferralStatus.HIRED_ELSEWHERE: N_("hired elsewhere"),
    ReferralStatus.POOL: N_("kept in mind"),
}  # fmt: skip
_ICONS = {
    Event.PRESCRIPTION: "inbox", Event.ENTRY: "log-in", Event.INSERTION: "file-pen-line", Event.REFERRAL: "handshake",
    Event.CONTRACT: "file-signature", Event.RUPTURE: "file-x", Event.EXIT: "log-out",
}  # fmt: skip


def told(moment: Moment, *, now: bool, private: Callable[[str], str] = str) -> Line:
    """One moment as a line; `now` is false for what is planned, `private` hides the name of a person when asked."""
    if moment.event is Event.INTERACTION:
        return _interaction(replace(moment, who=private(moment.who)), now=now)
    words = {
        Event.PRESCRIPTION: _("Prescription received"),
        Event.ENTRY: _("Entry into accompaniment"),
        Event.INSERTION: _("Insertion contract {kind}").format(kind=moment.what),
        Event.REFERRAL: _("Put forward: {state}").format(state=_(REFERRALS.get(moment.what, moment.what))),
        Event.CONTRACT: moment.what,
        Event.RUPTURE: _("Rupture: {reason}").format(reason=moment.what),
        Event.EXIT: _("Exit: {kind}").format(kind=moment.what),
    }[moment.event]
    until = _("until {day}").format(day=short_day(moment.last_day)) if moment.last_day else ""
    detail = ", ".join(part for part in (moment.where, moment.note, until) if part)
    return Line(words, detail, short_day(moment.day), _ICONS[moment.event])


def _interaction(moment: Moment, *, now: bool) -> Line:
    medium, icon = MEDIA.get(moment.medium, ("", "calendar"))
    state = _(OUTCOMES.get(moment.outcome or "", "")) if moment.outcome else "" if now else _("planned")
    if moment.outcome is None and now:
        state = _("outcome to fill in")
    words = ", ".join(part for part in (_(KINDS.get(moment.what, "")), _(medium).lower(), state) if part)
    if moment.done_by is not None:
        words, icon = _agreed(moment), "check"
    elif moment.call_result in CALL_RESULTS:
        words = _(CALL_RESULTS[moment.call_result])
    missed = moment.outcome == Outcome.MISSED
    private = _("private note") if moment.is_private else ""
    detail = " — ".join(part for part in (moment.who or moment.where, private, moment.note) if part)
    day = short_day(moment.day) if now or moment.done_by else f"{short_day(moment.day)} {moment.at:%H:%M}"
    shown = "lock" if moment.is_private else "calendar-x" if missed else icon
    return Line(words, detail, day, shown, "warning" if missed else "", key=moment.corrects)


def _agreed(moment: Moment) -> str:
    who = _("Agreed, by the person") if moment.done_by == DoneBy.PERSON else _("Agreed, by the counsellor")
    return _("{what}, done").format(what=who) if moment.outcome == Outcome.HELD else who
