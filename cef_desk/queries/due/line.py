"""One line of what asks for something: the rule that speaks, about whom, and what was put off."""

from dataclasses import dataclass
from datetime import date

from cef_desk.rules.alerts import Alert


@dataclass(frozen=True)
class PutOff:
    """Until when a line waits, and why."""

    until: date
    reason: str


@dataclass(frozen=True)
class ToDo:
    """One line: the rule that speaks, who it is about, and what about them: a company, a subject.

    It is about the pathway or, when there is none, about the company or the session. `interaction_id` is the
    appointment to fill in, the task or the last of the appointments missed, `times` of them in a row; `by_person` when
    the person does the task; `contract_id`, `offer_id` and `referral_id` what it is about; `workshop_id` the session
    whose attendance is to be filled in, `who` is then its title; `colleague` whose list it is of, when covered.
    """

    alert: Alert
    pathway_id: int | None
    who: str
    what: str = ""
    contract_id: int | None = None
    interaction_id: int | None = None
    by_person: bool = False
    colleague: str = ""
    put_off: PutOff | None = None
    workshop_id: int | None = None
    times: int = 0
    company_id: int | None = None
    offer_id: int | None = None
    referral_id: int | None = None

    @property
    def row(self) -> str:
        """What tells the line from others of the same rule, person and day."""
        parts = (
            ("interaction", self.interaction_id), ("workshop", self.workshop_id), ("contract", self.contract_id),
            ("referral", self.referral_id), ("offer", self.offer_id), ("company", self.company_id),
        )  # fmt: skip
        return next((f"{table}:{key}" for table, key in parts if key is not None), "")
