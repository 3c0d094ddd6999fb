"""Writing the demonstration: fictitious people, by the same plan and the same bulk path as an import."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.imports import import_lines
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.exit import Exit
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.import_drafts import ImportedLine
from cef_desk.rules.kinds import ExitFamily, Kind, Medium, Outcome
from cef_desk.store import bulk


@dataclass(frozen=True, kw_only=True)
class DemoExit:
    """An exit; `person` is last and first name, as everywhere in the demonstration."""

    person: tuple[str, str]
    day: date
    kind_code: str
    family: ExitFamily


@dataclass(frozen=True, kw_only=True)
class DemoMeeting:
    """A meeting, held, missed or planned."""

    person: tuple[str, str]
    at: datetime
    minutes: int
    medium: Medium
    outcome: Outcome | None
    note: str


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """Everything the demonstration file holds besides its unit."""

    lines: Sequence[ImportedLine]
    exits: Sequence[DemoExit]
    meetings: Sequence[DemoMeeting]


def write_demonstration(session: Session, drafts: Demonstration, today: date, counsellor_id: int, name: str) -> int:
    """Writes the whole as one batch, which it gives; keys and uids depend on the data alone."""
    batch_id = import_lines(session, drafts.lines, name, today, counsellor_id, named=name).batch_id
    if batch_id is None:
        raise ValueError(name)
    session.flush()
    for counsellor in session.scalars(select(Counsellor).where(Counsellor.code.startswith("CEF"))):
        counsellor.active = True
    rows = session.execute(
        select(Beneficiary.last_name, Beneficiary.first_name, Pathway.id, Holder.counsellor_id)
        .join(Pathway, Pathway.beneficiary_id == Beneficiary.id)
        .join(Holder, Holder.pathway_id == Pathway.id)
    )  # fmt: skip
    pathways = {(row[0], row[1]): (row[2], row[3]) for row in rows}
    exits = [
        _without_person(draft) | {"id": key, "pathway_id": pathways[draft.person][0]}
        for draft, key in zip(drafts.exits, bulk.keys(session, Exit, len(drafts.exits)), strict=True)
    ]
    bulk.insert_rows(session, Exit, exits, batch_id, named=name)
    meetings = [
        _without_person(draft)
        | {
            "id": key,
            "kind": Kind.MEETING,
            "pathway_id": pathways[draft.person][0],
            "counsellor_id": pathways[draft.person][1],
        }
        for draft, key in zip(drafts.meetings, bulk.keys(session, Interaction, len(drafts.meetings)), strict=True)
    ]
    bulk.insert_rows(session, Interaction, meetings, batch_id, named=name)
    return batch_id


def _without_person(draft: DemoExit | DemoMeeting) -> dict[str, object]:
    values = asdict(draft)
    values.pop("person")
    return values
