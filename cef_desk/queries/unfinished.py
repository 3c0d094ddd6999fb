"""What was being typed when a form was closed or the program ended."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.model.pathway import Pathway
from cef_desk.model.unfinished import Unfinished


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
    """What was being typed last; of a person's form the subject is their latest pathway, by which it is opened."""
    kept = _kept(
        session.scalar(
            select(Unfinished)
            .where(Unfinished.counsellor_id == counsellor_id)
            .order_by(Unfinished.saved_at.desc(), Unfinished.id.desc())
            .limit(1)
        )
    )
    table, _colon, key = kept.subject.partition(":") if kept is not None else ("", "", "")
    if kept is None or table != "beneficiary" or not key.isdecimal():
        return kept
    latest = session.scalar(select(func.max(Pathway.id)).where(Pathway.beneficiary_id == int(key)))
    return replace(kept, subject=f"pathway:{latest}")


def _kept(row: Unfinished | None) -> Kept | None:
    if row is None:
        return None
    texts = {str(name): str(text) for name, text in json.loads(row.fields).items()}
    return Kept(row.form, row.subject, texts, row.saved_at)
