"""What a file must be after any accident: opened, whole, every acknowledged save in it, no half of one."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.errors import Trouble
from cef_desk.model.journal_entry import JournalStep
from cef_desk.store import access_log, journal
from tests.store.keyed import opened


def look(path: Path, *, accept: bool = False) -> dict[str, Any]:
    """How far a file has come and whether it is whole."""
    desk = opened(path, accept=accept)

    def read(session: Session) -> dict[str, Any]:
        connection = session.connection()
        return {
            "sequence": session.scalar(select(func.max(JournalStep.sequence))),
            "steps": session.scalar(select(func.count()).select_from(JournalStep)),
            "broken": journal.broken_at(connection) or access_log.broken_at(connection),
        }

    found = desk.see(read)
    found["points"] = [words for words, holds in desk.check() if not holds]
    desk.close()
    return found


def breaches(path: Path, acknowledged: int, *, accept: bool = False, unanswered: int = 1) -> list[str]:
    """Each promise a file breaks after an accident; `acknowledged` is the last step that was told to be kept.

    A kill may fall between a save and its answer: then one is `unanswered`.
    """
    try:
        found = look(path, accept=accept)
    except Trouble as error:
        return [f"refused: {error.pattern}"]
    told = []
    if found["sequence"] < acknowledged:
        told.append(f"{acknowledged - found['sequence']} acknowledged saves lost")
    if found["sequence"] != found["steps"]:
        told.append("steps are missing")
    if found["broken"] or found["points"]:
        told.append(f"not whole: {found['broken']} {found['points']}")
    if found["sequence"] > acknowledged + unanswered:
        told.append(f"{found['sequence'] - acknowledged} saves that were not acknowledged")
    return told
