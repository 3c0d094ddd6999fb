"""What asks for something on a day: domain/rules.md (h), the delays of domain/data/alertes.csv, each named by its code.

A rule takes plain days and gives an `Alert` or none; none also when what it waits for was recorded. It never looks at
whether its day has come: `Alert.shows` does.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cef_desk.rules.kinds import Form
from cef_desk.rules.period import add_months, end_of_month
from cef_desk.rules.schemes import COMMITMENT_FROM
from cef_desk.rules.working_days import next_working, previous_working

_CHECK_UP_COUNTS_FOR = timedelta(days=7)
"""A check-up done so long before the day it was planned for stands for it."""
_BALANCED_KIND = "CA"


class AlertCode(StrEnum):
    """The rule that speaks."""

    CONTRACT_END = "CTR_FIN"
    AIDED_CONTRACT_END = "CTR_FIN_60"
    END_TO_CONFIRM = "CTR_FIN_CONFIRMER"
    TRIAL_END_OPEN = "ESSAI_FIN_CDI"
    TRIAL_END_MONTH = "ESSAI_FIN_MOIS"
    TRIAL_END_SHORT = "ESSAI_FIN_COURT"
    CHECK_UP_J8 = "SUIVI_J8"
    CHECK_UP_TRIAL = "SUIVI_ESSAI"
    CHECK_UP_M3 = "SUIVI_M3"
    CHECK_UP_J30 = "SUIVI_J30"
    CHECK_UP_60 = "SUIVI_60J"
    RUPTURE = "RUPTURE_3J"
    SIX_MONTHS_BALANCE = "BILAN_6M"
    INSERTION_END = "CI_FIN"
    INSERTION_MISSING = "CI_3M"
    COMMITMENT_MISSING = "CE_1M"
    QUARTERLY_RETURN = "DTR"
    NO_MEETING = "SANS_RDV"
    TO_FILL_IN = "RDV_A_RENSEIGNER"
    WAITING_TO_ENTER = "PRESCRIPTION_ATTENTE"
    NOTICE_NOT_GIVEN = "INFORMATION_RGPD"
    EXIT_3_MONTHS = "SORTIE_3M"
    EXIT_6_MONTHS = "SORTIE_6M"
    PROSPECT = "PROSP_RELANCE"
    OFFER_WITHOUT_REFERRAL = "OFFRE_SANS_SUITE"
    REFERRAL_WITHOUT_ANSWER = "MER_SANS_REP"
    IMMERSION_END = "IMM_FIN"
    TO_ARCHIVE = "RGPD_PURGE"
    COMPANY_WAKES = "ENTREPRISE_REVEIL"
    TASK = "TACHE"
    ABSENCE = "ABSENCE"
    NO_TERM = "CTR_SANS_TERME"


@dataclass(frozen=True)
class Delay:
    """So many days, or calendar months, `before` the day the rule speaks of or after it."""

    count: int
    before: bool = False
    months: bool = False

    def day(self, about: date) -> date:
        """The day it leads to, on a working day: the one before when it warns, the one after when it waits."""
        if self.months:
            moved = add_months(about, -self.count if self.before else self.count)
        else:
            moved = about + timedelta(days=-self.count if self.before else self.count)
        return previous_working(moved) if self.before else next_working(moved)


Delays = Mapping[AlertCode, Delay]
DELAYS: Delays = {
    AlertCode.CONTRACT_END: Delay(30, before=True), AlertCode.AIDED_CONTRACT_END: Delay(60, before=True),
    AlertCode.END_TO_CONFIRM: Delay(1), AlertCode.TRIAL_END_OPEN: Delay(21, before=True),
    AlertCode.TRIAL_END_MONTH: Delay(7, before=True), AlertCode.TRIAL_END_SHORT: Delay(3, before=True),
    AlertCode.CHECK_UP_J8: Delay(8), AlertCode.CHECK_UP_TRIAL: Delay(5, before=True),
    AlertCode.CHECK_UP_M3: Delay(3, months=True), AlertCode.CHECK_UP_J30: Delay(30, before=True),
    AlertCode.CHECK_UP_60: Delay(60), AlertCode.RUPTURE: Delay(3), AlertCode.SIX_MONTHS_BALANCE: Delay(180),
    AlertCode.INSERTION_END: Delay(30, before=True), AlertCode.INSERTION_MISSING: Delay(75),
    AlertCode.COMMITMENT_MISSING: Delay(15), AlertCode.QUARTERLY_RETURN: Delay(7, before=True),
    AlertCode.NO_MEETING: Delay(45), AlertCode.TO_FILL_IN: Delay(1), AlertCode.WAITING_TO_ENTER: Delay(15),
    AlertCode.NOTICE_NOT_GIVEN: Delay(1), AlertCode.EXIT_3_MONTHS: Delay(3, months=True),
    AlertCode.EXIT_6_MONTHS: Delay(6, months=True), AlertCode.PROSPECT: Delay(15),
    AlertCode.OFFER_WITHOUT_REFERRAL: Delay(7), AlertCode.REFERRAL_WITHOUT_ANSWER: Delay(7),
    AlertCode.IMMERSION_END: Delay(2, before=True), AlertCode.TO_ARCHIVE: Delay(730),
    AlertCode.COMPANY_WAKES: Delay(0), AlertCode.TASK: Delay(0), AlertCode.ABSENCE: Delay(1),
    AlertCode.NO_TERM: Delay(1),
}  # fmt: skip
"""As `alertes.csv` has them; a unit may set each otherwise."""

_NEVER = Delay(36_500)
"""That of a rule that was switched off: nobody waits so long."""


def set_delays(counts: Mapping[AlertCode, int | None]) -> Delays:
    """The delays with other counts; none silences a rule."""
    held = {
        code: _NEVER if count is None else Delay(count, before=DELAYS[code].before, months=DELAYS[code].months)
        for code, count in counts.items()
    }
    return {**DELAYS, **held}


_TRIALS = (
    (60, AlertCode.TRIAL_END_OPEN), (15, AlertCode.TRIAL_END_MONTH), (0, AlertCode.TRIAL_END_SHORT),
)  # fmt: skip
"""Length of the trial in days, from the longest: of two months or more, of 15 days or more, shorter."""


@dataclass(frozen=True)
class Alert:
    """`about` is the day the rule speaks of, `since` the first day it is told, `due` the day it should be done by."""

    code: AlertCode
    about: date
    since: date
    due: date

    def shows(self, today: date) -> bool:
        """True from the day it is told on; it never stops by itself."""
        return today >= self.since

    def is_late(self, today: date) -> bool:
        """True once the day it should be done by has passed."""
        return today > self.due

    def days(self, today: date) -> int:
        """How many days are left, or passed when it is late."""
        return abs((self.due - today).days)


def alert(code: AlertCode, about: date | None, delays: Delays = DELAYS) -> Alert | None:
    """What most rules are: a warning that is due on its day, or a delay after which something is due."""
    delay = delays[code]
    if about is None or delay is _NEVER:
        return None
    day = delay.day(about)
    return Alert(code, about, day, about if delay.before else day)


def trial_end(starts_on: date, trial_end_on: date | None, delays: Delays = DELAYS) -> Alert | None:
    """ESSAI_FIN_*: told the sooner the longer the trial."""
    if trial_end_on is None:
        return None
    length = (trial_end_on - starts_on).days + 1
    return alert(next(code for least, code in _TRIALS if length >= least), trial_end_on, delays)


def contract_end(
    last_day: date | None, today: date, *, confirmed: bool, aided: bool, delays: Delays = DELAYS
) -> Alert | None:
    """CTR_FIN, CTR_FIN_60 of an aided contract, then CTR_FIN_CONFIRMER while nobody has said that it ended."""
    if last_day is None or confirmed:
        return None
    if last_day < today:
        return alert(AlertCode.END_TO_CONFIRM, last_day, delays)
    return alert(AlertCode.AIDED_CONTRACT_END if aided else AlertCode.CONTRACT_END, last_day, delays)


def check_ups(
    starts_on: date, trial_end_on: date | None, last_day: date | None, until: date, delays: Delays = DELAYS
) -> list[Alert]:
    """The check-ups of a contract up to a day: J+8, before the trial ends, M+3, then every 60 days, J-30, in order.

    Those that fall beyond the contract, or before its start, are not asked for.
    """
    found = [
        alert(AlertCode.CHECK_UP_J8, starts_on, delays), alert(AlertCode.CHECK_UP_TRIAL, trial_end_on, delays),
        alert(AlertCode.CHECK_UP_M3, starts_on, delays), alert(AlertCode.CHECK_UP_J30, last_day, delays),
    ]  # fmt: skip
    planned = [each if not delays[each.code].before else Alert(each.code, each.about, each.since, each.since)
               for each in found if each is not None]  # fmt: skip
    m3 = delays[AlertCode.CHECK_UP_M3]
    third = DELAYS[AlertCode.CHECK_UP_M3].day(starts_on) if m3 is _NEVER else m3.day(starts_on)
    end = next((each.due for each in planned if each.code is AlertCode.CHECK_UP_J30), until)
    planned += _again(AlertCode.CHECK_UP_60, third, min(until, end), delays)
    within = [each for each in planned if starts_on < each.due and (last_day is None or each.due <= last_day)]
    return sorted(within, key=lambda each: each.due)


def _again(code: AlertCode, first: date, until: date, delays: Delays) -> Iterator[Alert]:
    """A rule that comes back, each time from the day it was due the time before, up to a day."""
    told = alert(code, first, delays)
    while told is not None and told.due <= until:
        yield told
        following = alert(code, told.due, delays)
        told = following if following is not None and following.due > told.due else None


def balance(
    kind_code: str, starts_on: date, done: Collection[date], today: date, delays: Delays = DELAYS
) -> Alert | None:
    """BILAN_6M: every six months of a contrat d'avenir (L.322-4-12), told by a check-up near its day or since."""
    if kind_code != _BALANCED_KIND:
        return None
    return check_up(list(_again(AlertCode.SIX_MONTHS_BALANCE, starts_on, today, delays)), done)


def without_term(form: str | None, signed_on: date, last_day: date | None, delays: Delays = DELAYS) -> Alert | None:
    """CTR_SANS_TERME: a CDD or a mission of which nobody has said when it ends."""
    if last_day is not None or form not in {Form.CDD, Form.CTT}:
        return None
    return alert(AlertCode.NO_TERM, signed_on, delays)


def check_up(planned: Sequence[Alert], done: Collection[date]) -> Alert | None:
    """SUIVI_*: the first check-up planned of which none done near it or since tells; one stands for those before."""
    last = max(done, default=None)
    open_ones = (each for each in planned if last is None or last < each.due - _CHECK_UP_COUNTS_FOR)
    return next(open_ones, None)


def no_meeting(last_contact: date, *, paused: bool, delays: Delays = DELAYS) -> Alert | None:
    """SANS_RDV: nobody in active search stays so long without a meeting; entry counts as the first contact.

    Paused while in a followed job, on leave, ill, in training, or when a next appointment is set.
    """
    return None if paused else alert(AlertCode.NO_MEETING, last_contact, delays)


def after_absence(
    missed_on: date | None, since: Collection[date], delays: Delays = DELAYS, *, reached_on: date | None = None
) -> Alert | None:
    """ABSENCE: somebody who did not come is reached again, unless that was done or something followed since."""
    if missed_on is None or any(day > missed_on for day in since):
        return None
    if reached_on is not None and reached_on >= missed_on:
        return None
    return alert(AlertCode.ABSENCE, missed_on, delays)


def after_rupture(broken_on: date | None, contacts: Collection[date], delays: Delays = DELAYS) -> Alert | None:
    """RUPTURE_3J: somebody whose contract broke is met again."""
    if broken_on is None or any(day >= broken_on for day in contacts):
        return None
    return alert(AlertCode.RUPTURE, broken_on, delays)


def after_exit(left_on: date, checked: Collection[int], delays: Delays = DELAYS) -> list[Alert]:
    """SORTIE_3M and SORTIE_6M: the situations not yet looked at; `checked` holds the months that were."""
    codes = ((3, AlertCode.EXIT_3_MONTHS), (6, AlertCode.EXIT_6_MONTHS))
    told = [alert(code, left_on, delays) for months, code in codes if months not in checked]
    return [each for each in told if each is not None]


def insertion(entered_on: date, ends_on: date | None, delays: Delays = DELAYS) -> Alert | None:
    """CI_FIN before the last contrat d'insertion ends; CI_3M when none was signed since the entry (RMI)."""
    if ends_on is not None:
        return alert(AlertCode.INSERTION_END, ends_on, delays)
    return alert(AlertCode.INSERTION_MISSING, entered_on, delays)


def commitment(oriented_on: date | None, signed_on: date | None, delays: Delays = DELAYS) -> Alert | None:
    """CE_1M: no contrat d'engagement signed since the person was told of the orientation (loi plein emploi, 2025)."""
    if oriented_on is None or oriented_on < COMMITMENT_FROM or (signed_on is not None and signed_on >= oriented_on):
        return None
    return alert(AlertCode.COMMITMENT_MISSING, oriented_on, delays)


def quarterly_return(month: int, returned_to: date, delays: Delays = DELAYS) -> Alert | None:
    """DTR: the first return not yet sent, due on the last day of its month, the 1st, 2nd or 3rd of the quarter."""
    ahead = (month - 1 - returned_to.month) % 3 + 1
    return alert(AlertCode.QUARTERLY_RETURN, end_of_month(add_months(returned_to.replace(day=1), ahead)), delays)


def waiting(prescribed_on: date | None, *, paused: bool, delays: Delays = DELAYS) -> Alert | None:
    """PRESCRIPTION_ATTENTE: a prescription came and nobody has met the person.

    Paused while an appointment is set, or while the person cannot be met.
    """
    return None if paused else alert(AlertCode.WAITING_TO_ENTER, prescribed_on, delays)


def prospect(called_on: date, *, asleep: bool, delays: Delays = DELAYS) -> Alert | None:
    """PROSP_RELANCE: a company that did not answer is called again, unless it was left to sleep."""
    return None if asleep else alert(AlertCode.PROSPECT, called_on, delays)


def company_wakes(wakes_on: date | None, met_on: date | None, delays: Delays = DELAYS) -> Alert | None:
    """ENTREPRISE_REVEIL: a company that slept is contacted from that day on."""
    if wakes_on is None or (met_on is not None and met_on >= wakes_on):
        return None
    return alert(AlertCode.COMPANY_WAKES, wakes_on, delays)


def most_urgent(today: date, *alerts: Alert | None) -> Alert | None:
    """Of those that show, the one due first."""
    told = [each for each in alerts if each is not None and each.shows(today)]
    return min(told, key=lambda each: (each.due, each.code), default=None)
