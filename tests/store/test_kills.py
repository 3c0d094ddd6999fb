"""A save killed between any two of its statements leaves all or nothing, and no acknowledged save is lost."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from cef_desk.model.interaction import Interaction
from cef_desk.model.journal_entry import JournalStep
from cef_desk.store.journal import broken_at
from tests.conftest import sit_down
from tests.make import Maker

KILLS = 60


def test_fifty_kills_lose_no_acknowledged_save_and_leave_no_half(file: Path, tmp_path: Path) -> None:
    desk = sit_down(file)
    Maker(desk).pathway("Bruyère")
    desk.close()
    folder = tmp_path / "kills"
    folder.mkdir()
    told = subprocess.run(
        [sys.executable, "-m", "tests.store.kill_harness", str(file), str(folder), str(KILLS)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    lines = [line.split() for line in told.stdout.splitlines()]
    acknowledged = {int(kill): int(saves) for kill, saves in lines}
    assert len(acknowledged) == KILLS >= 50
    assert len(set(acknowledged.values())) >= 3, "the kills fall in several saves"
    unacknowledged = 0
    for kill, saves in acknowledged.items():
        found = look(folder / f"{kill}.cefdesk")
        assert found["meetings"] == found["steps"] - 2, "each meeting has its step, each step its meeting"
        assert saves <= found["meetings"] <= saves + 1
        assert found["broken"] is None
        assert found["integrity"] == "ok"
        unacknowledged += found["meetings"] - saves
    assert unacknowledged < KILLS / 2, "most kills came before the commit and left nothing"


def look(path: Path) -> dict[str, Any]:
    desk = sit_down(path)

    def read(session: Session) -> dict[str, Any]:
        return {
            "meetings": session.scalar(select(func.count()).select_from(Interaction)),
            "steps": session.scalar(select(func.count()).select_from(JournalStep)),
            "broken": broken_at(session.connection()),
            "integrity": session.scalar(text("PRAGMA integrity_check")),
        }

    found = desk.see(read)
    desk.close()
    return found
