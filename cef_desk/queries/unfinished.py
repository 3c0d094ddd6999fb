"""What was being typed when a form was closed or the program ended."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.unfinished import Unfinished


def unfinished_fields(session: Session, counsellor_id: int, form: str, subject: str) -> dict[str, str]:
    """The texts of the fields by name; empty when nothing was kept."""
    kept = session.scalar(
        select(Unfinished.fields).where(
            Unfinished.counsellor_id == counsellor_id, Unfinished.form == form, Unfinished.subject == subject
        )
    )
    return {str(name): str(text) for name, text in json.loads(kept).items()} if kept else {}
