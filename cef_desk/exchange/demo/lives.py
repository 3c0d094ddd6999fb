"""The people of the demonstration with their contracts and exits, as plain values."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from cef_desk.rules.kinds import ExitFamily, Form
from cef_desk.rules.period import last_day_of_term
from cef_desk.rules.trial_period import last_trial_day

AIDED_SIX_MONTHS = frozenset({"CIRMA_CDI", "CIRMA_CDD", "CIRMA_CTT", "CIE_CDI"})
AIDED = AIDED_SIX_MONTHS | {"CIE_CDD", "CA", "CAE"}
_FAMILY = {
    **dict.fromkeys(("CIRMA_CDI", "CIRMA_CDD", "CIRMA_CTT"), "CI-RMA"),
    **dict.fromkeys(("CA", "CAE"), "CA + CAE"),
    **dict.fromkeys(("CIE_CDI", "CIE_CDD"), "CIE"),
    **dict.fromkeys(("CDI", "CDD_6P", "CDD_M6", "SAISON"), "CDI/CDD droit commun et saisonnier"),
    "CTT": "CTT",
    **dict.fromkeys(("PRO", "APP", "CDD_IAE"), "PRO + APP + IAE"),
}
_FORMS = {"CIRMA_CDI": Form.CDI, "CIE_CDI": Form.CDI, "CDI": Form.CDI, "CIRMA_CTT": Form.CTT, "CTT": Form.CTT}


@dataclass
class Contract:
    """One contract of the demonstration; `months` none for a CDI, a half for two weeks more."""

    number: int
    person: "Person"
    kind: str
    signed_on: date
    starts_on: date
    months: float | None
    rupture: tuple[date, str] | None = None
    form: Form = field(init=False)
    planned_end_on: date | None = field(init=False)
    trial_end_on: date = field(init=False)
    agreement_ends_on: date | None = field(init=False)

    def __post_init__(self) -> None:
        self.form = _FORMS.get(self.kind, Form.CDD)
        self.planned_end_on = None if self.months is None else _end(self.starts_on, self.months)
        trial = last_trial_day(self.kind, self.form, self.starts_on, self.planned_end_on)
        self.trial_end_on = trial or last_day_of_term(self.starts_on, 1)
        self.agreement_ends_on = self.planned_end_on if self.kind in AIDED else None
        if self.kind in AIDED_SIX_MONTHS:
            self.agreement_ends_on = last_day_of_term(self.starts_on, 6)

    @property
    def last_day(self) -> date | None:
        """Its rupture, else its term."""
        return self.rupture[0] if self.rupture else self.planned_end_on

    @property
    def family(self) -> str:
        """The family of the margins of ruptures."""
        return _FAMILY[self.kind]

    def runs_on(self, day: date) -> bool:
        """True when it has begun and is not over."""
        last = self.last_day
        return self.starts_on <= day and (last is None or last >= day)

    def exit_kind(self, day: date) -> str:
        """Where an exit on a day leads by this contract."""
        ends = self.agreement_ends_on
        if ends is not None and ends >= day:
            return "TR_AIDE"
        if self.form is Form.CDI:
            return "EMP_CDI"
        durable = (self.months or 0) >= 6
        if self.form is Form.CTT:
            return "EMP_CTT6" if durable else "TR_CTTM6"
        return "EMP_CDD6" if durable else "TR_CDDM6"


@dataclass
class Exit:
    """The end of a pathway."""

    day: date
    kind: str
    family: ExitFamily
    overridden: bool = False


@dataclass
class Person:
    """One person with their single pathway."""

    number: int
    entered_on: date
    contracts: list[Contract] = field(default_factory=list)
    exit: Exit | None = None

    def running(self, day: date) -> Contract | None:
        """The contract that runs on a day."""
        return next((contract for contract in reversed(self.contracts) if contract.runs_on(day)), None)

    @property
    def over_since(self) -> date | None:
        """The last day of the last contract, none while it has no end."""
        days = [contract.last_day for contract in self.contracts[-2:]]
        known = [day for day in days if day is not None]
        return max(known, default=None) if len(known) == len(days) else None


@dataclass
class Careers:
    """Everything the plan made of the people."""

    people: list[Person] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)


def _end(starts_on: date, months: float) -> date:
    return last_day_of_term(starts_on, int(months)) + timedelta(days=round(30 * (months % 1)))
