"""A process that saves meetings and is killed at its N-th statement: run by test_kills, never imported by it.

`python -m tests.store.kill_harness FILE FOLDER KILLS` copies FILE into FOLDER once per kill and kills a process on the
copy at its 1st, 2nd, … statement; it prints, per kill, its number and how many saves were acknowledged.
"""

import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.rules.kinds import Medium, Outcome
from tests.conftest import TODAY, sit_down


def main(path: Path, last_statement: int) -> None:
    desk = sit_down(path)
    counted = 0

    def die_at_last(*_context: object) -> None:
        nonlocal counted
        counted += 1
        if counted == last_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(desk._engine, moment, die_at_last)
    for number in range(1000):
        draft = MeetingDraft(
            pathway_id=1, counsellor_id=1, at=datetime(2005, 1, 1) + timedelta(hours=number), minutes=30,
            medium=Medium.OFFICE, outcome=Outcome.HELD, note=f"save {number}",
        )  # fmt: skip
        desk.do("Record meeting", record_meeting, draft, TODAY)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def fork_and_kill(path: Path, last_statement: int) -> list[int]:
    """Runs `main` in a child of this process and gives the saves it acknowledged before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        sys.stdout = os.fdopen(1, "w")
        try:
            main(path, last_statement)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        acknowledged = [int(line) for line in told]
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(status)
    return acknowledged


if __name__ == "__main__":
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for kill in range(1, int(sys.argv[3]) + 1):
        copy = folder / f"{kill}.cefdesk"
        copy.write_bytes(source.read_bytes())
        saves = fork_and_kill(copy, kill)
        sys.stdout.write(f"{kill} {len(saves)}\n")
        sys.stdout.flush()
