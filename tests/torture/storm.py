"""A storm of saves through the program's own actions, each acknowledged once it is kept."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.actions.unfinished import keep_unfinished
from cef_desk.rules.kinds import AccessAction, Medium, Outcome
from cef_desk.store.desk import Desk
from tests.conftest import TODAY
from tests.store.keyed import opened

_FIRST_DAY = datetime(2005, 1, 1)
Acknowledge = Callable[[int], None]


def save_for_ever(desk: Desk, acknowledge: Acknowledge, saves: int | None = None) -> None:
    """Meetings, some undone and done again, drafts and looks between; each journal step is acknowledged."""
    number = 0
    while saves is None or number < saves:
        number += 1
        draft = MeetingDraft(
            pathway_id=1, counsellor_id=1, at=_FIRST_DAY + timedelta(hours=number), minutes=30, medium=Medium.OFFICE,
            outcome=Outcome.HELD, note=f"save {number} " + "x" * (number * 37 % 900),
        )  # fmt: skip
        _id, changes = desk.do("Record meeting", record_meeting, draft, TODAY)
        acknowledge(changes.sequence or 0)
        if number % 7 == 0:
            acknowledge(desk.undo().sequence or 0)
            acknowledge(desk.redo().sequence or 0)
        if number % 5 == 0:
            now = datetime.now(UTC).replace(tzinfo=None)
            desk.do("", keep_unfinished, 1, "meeting_form", "pathway:1", {"meeting_notes": f"draft {number}"}, now)
            desk.note(AccessAction.SEEN, "pathway:1")


def main(path: Path, place: Path, saves: int, synchronous: str) -> None:
    """Saves, with each acknowledgement written to a file of its own, so that a record holds both in order."""
    desk = opened(path)
    if synchronous != "FULL":
        from sqlalchemy import event

        def weaken(connection: object, *_more: object) -> None:
            connection.execute(f"PRAGMA synchronous={synchronous}")  # type: ignore[attr-defined]  # the driver's

        desk._engine.dispose()
        event.listen(desk._engine, "connect", weaken)
    acks = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def acknowledge(sequence: int) -> None:
        os.write(acks, sequence.to_bytes(8, "little"))

    save_for_ever(desk, acknowledge, saves)
    os._exit(0)  # no closing: the log stays as a crash would find it


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
