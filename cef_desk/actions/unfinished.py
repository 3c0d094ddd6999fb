"""What is being typed in a form, kept in the file until it is saved or given up."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.unfinished import Unfinished


def keep_unfinished(
    session: Session, counsellor_id: int, form: str, subject: str, fields: Mapping[str, str], now: datetime
) -> None:
    """Keeps the texts of a form's fields in place of what was kept before."""
    kept = _kept(session, counsellor_id, form, subject)
    if kept is None:
        kept = Unfinished(counsellor_id=counsellor_id, form=form, subject=subject)
        session.add(kept)
    kept.fields, kept.saved_at = json.dumps(dict(fields), ensure_ascii=False), now


def drop_unfinished(session: Session, counsellor_id: int, form: str, subject: str) -> None:
    """Forgets what was kept, if anything."""
    kept = _kept(session, counsellor_id, form, subject)
    if kept is not None:
        session.delete(kept)


def _kept(session: Session, counsellor_id: int, form: str, subject: str) -> Unfinished | None:
    return session.scalar(
        select(Unfinished).where(
            Unfinished.counsellor_id == counsellor_id, Unfinished.form == form, Unfinished.subject == subject
        )
    )
