"""What was being typed when a form was closed or the program ended."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.model.absence import Absence
from cef_desk.model.base import Record
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.counsellor import Counsellor
from cef_desk.model.interaction import Interaction
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.unfinished import Unfinished
from cef_desk.model.unit import Unit
from cef_desk.model.workshop import Workshop

_SUBJECTS: dict[str, type[Record]] = {
    "pathway": Pathway, "beneficiary": Beneficiary, "company": Company, "unit": Unit, "counsellor": Counsellor,
    "list_entry": ListEntry, "interaction": Interaction, "absence": Absence, "workshop": Workshop,
}  # fmt: skip
_LONGEST_KEY = 15


@dataclass(frozen=True)
class Kept:
    """What was typed in a form: the texts of its fields by name, and when (UTC)."""

    form: str
    subject: str
    texts: dict[str, str]
    at: datetime


def unfinished(session: Session, counsellor_id: int, form: str, subject: str) -> Kept | None:
    """What was kept of one form on one subject; none when nothing was."""
    return _kept(
        session.scalar(
            select(Unfinished).where(
                Unfinished.counsellor_id == counsellor_id, Unfinished.form == form, Unfinished.subject == subject
            )
        )
    )


def last_unfinished(session: Session, counsellor_id: int) -> Kept | None:
    """What was being typed last about a record that is still there, or a new one; none when nothing was.

    Of a person's form the subject is their latest pathway, by which it is opened.
    """
    rows = session.scalars(
        select(Unfinished)
        .where(Unfinished.counsellor_id == counsellor_id)
        .order_by(Unfinished.saved_at.desc(), Unfinished.id.desc())
    )
    found = (_openable(session, kept) for kept in map(_kept, rows) if kept is not None and kept.texts)
    return next((kept for kept in found if kept is not None), None)


def _openable(session: Session, kept: Kept) -> Kept | None:
    table, _colon, key = kept.subject.partition(":")
    if table not in _SUBJECTS:
        return None
    if key == "new":
        return kept
    if not key.isdecimal() or len(key) > _LONGEST_KEY or session.get(_SUBJECTS[table], int(key)) is None:
        return None
    if table != "beneficiary":
        return kept
    latest = session.scalar(select(func.max(Pathway.id)).where(Pathway.beneficiary_id == int(key)))
    return None if latest is None else replace(kept, subject=f"pathway:{latest}")


def _kept(row: Unfinished | None) -> Kept | None:
    """None too for what makes no sense: it is not worth an opening that fails."""
    if row is None:
        return None
    try:
        found = json.loads(row.fields)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return Kept(row.form, row.subject, {str(name): str(text) for name, text in found.items()}, row.saved_at)
