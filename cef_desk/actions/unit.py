"""Beginning a file: the unit, the counsellor it belongs to, and the lists to start from."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from cef_desk.errors import Refusal
from cef_desk.i18n import N_
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.lists import ListEntry
from cef_desk.model.presence import Presence
from cef_desk.model.unit import Unit
from cef_desk.rules.folding import one_line


@dataclass(frozen=True, kw_only=True)
class ListEntryDraft:
    """One row of a list to start from."""

    list_name: str
    code: str
    label: str
    position: int
    counts_as_contract: bool | None
    form: str | None
    family: str | None
    valid_from: date | None
    valid_to: date | None
    aided: bool | None
    sheet_group: str | None
    counts_net: bool | None
    in_trial: bool | None


@dataclass(frozen=True, kw_only=True)
class UnitDraft:
    """`opened_on` none: the earliest entry or signature recorded stands for it."""

    name: str
    counsellor_code: str
    counsellor_name: str = ""
    scheme: str = "RMI"
    address: str = ""
    phone: str = ""
    opened_on: date | None = None
    frozen_today: date | None = None
    loyal_months: int = 24
    lists: Sequence[ListEntryDraft] = ()


def begin(session: Session, draft: UnitDraft) -> int:
    """Writes the unit, its first counsellor and the lists, and gives the counsellor's key; refuses empty names."""
    name = one_line(draft.name)
    code = one_line(draft.counsellor_code)
    if not name:
        raise Refusal(N_("The unit needs a name."), field="unit")
    if not code:
        raise Refusal(N_("The counsellor needs a code, as CEF01."), field="counsellor")
    session.add(
        Unit(
            name=name, scheme=draft.scheme, opened_on=draft.opened_on, frozen_today=draft.frozen_today,
            loyal_months=draft.loyal_months, address=draft.address, phone=draft.phone,
        )
    )  # fmt: skip
    who = Counsellor(code=code, name=one_line(draft.counsellor_name), is_manager=False, active=True)
    session.add(who)
    session.add_all(ListEntry(active=True, **asdict(entry)) for entry in draft.lists)
    session.flush()
    session.add(Presence(counsellor_id=who.id, from_on=draft.opened_on))
    return who.id
