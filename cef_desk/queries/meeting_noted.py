"""What was noted of a meeting, as the form that corrects it begins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.meeting_start import meeting_subjects
from cef_desk.rules.folding import full_name


@dataclass(frozen=True)
class MeetingNoted:
    """`offered` are the subjects it can be about, (code, words), those it is about among them; `is_call` of a call."""

    id: int
    version: int
    name: str
    at: datetime
    minutes: int
    medium: str
    outcome: str
    is_call: bool
    note: str
    is_private: bool
    subjects: tuple[str, ...]
    offered: tuple[tuple[str, str], ...]


def meeting_noted(session: Session, interaction_id: int) -> MeetingNoted:
    """A meeting, follow-up or call that has its outcome."""
    row = session.execute(
        select(Interaction, Beneficiary.last_name, Beneficiary.first_name)
        .join(Pathway, Pathway.id == Interaction.pathway_id)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Interaction.id == interaction_id, Interaction.outcome.is_not(None))
    ).one_or_none()
    if row is None:
        raise Missing(N_("This record is no longer there."))
    noted: Interaction = row.Interaction
    subjects = tuple(noted.subject_codes.split())
    return MeetingNoted(
        noted.id, noted.version, full_name(row.last_name, row.first_name), noted.at, noted.minutes, noted.medium,
        noted.outcome or "", noted.call_result is not None, noted.note, noted.is_private, subjects,
        meeting_subjects(session, subjects),
    )  # fmt: skip
