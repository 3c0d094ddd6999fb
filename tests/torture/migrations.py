"""A file of every released schema, killed at every statement of its opening: the old file stays, the retry works."""

import os
import shutil
import signal
from datetime import datetime
from functools import partial
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event

from cef_desk.errors import Told
from cef_desk.model.journal_entry import JournalStep
from cef_desk.paths import key_file
from cef_desk.store import key
from cef_desk.store.chain import FIRST_CHAIN, link
from cef_desk.store.dialect import APPLICATION_ID, connect, engine_of, writing
from cef_desk.store.soundness import SCHEMA
from cef_desk.store.upgrade import MIGRATIONS, bring_up, configuration
from tests.store.keyed import PASSWORD, copied, opened, people
from tests.store.test_migrations import ROWS
from tests.torture.told import Found


def released() -> list[str]:
    """Every schema that files may have, the oldest first, without the newest."""
    revisions = [each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions()]
    return list(reversed(revisions))[:-1]


def file_of(revision: str, folder: Path) -> Path:
    """An encrypted file of an older schema, with one person and a first step."""
    folder.mkdir()
    path = folder / "ancien.cefdesk"
    raw = key.new_key_file(key_file(path), PASSWORD, cost=key.Cost(memory_kib=64, passes=1, lanes=1))
    path.touch()
    made = connect(path, raw)
    made.execute(f"PRAGMA application_id={APPLICATION_ID}")
    made.execute("PRAGMA journal_mode=WAL")
    made.close()
    engine = engine_of(partial(connect, path, raw))
    chain = released()
    for place in sorted({0, chain.index(revision)}):
        bring_up(engine, _until(chain[: place + 1], folder / f"migrations-{place}"))
        if place == 0:
            _fill(engine)
    engine.dispose()
    return path


def run(folder: Path, every: int = 1) -> Found:
    """Kills the opening of each released schema at every statement, or at every few."""
    found = Found("migration killed at every statement")
    for revision in released():
        source = file_of(revision, folder / revision)
        place = folder / f"killed-{revision}"
        place.mkdir()
        whole, at = source.read_bytes(), 1
        while _killed_at(path := copied(source, place), at):
            found.tried += 1
            if path.read_bytes() != whole and not _is_newest(path):
                found.breach(f"{revision}, statement {at}: neither the old file nor the new one")
            try:
                desk = opened(path)
            except Told as error:
                found.breach(f"{revision}, statement {at}: the retry is refused: {error.pattern}")
            else:
                if desk.see(people) != 1:
                    found.breach(f"{revision}, statement {at}: the person is gone")
                desk.close()
            shutil.rmtree(place)
            place.mkdir()
            at += every
        opened(path).close()
    found.detail = f"{len(released())} schemas"
    return found


def _killed_at(path: Path, last: int) -> bool:
    """Opens a file in a child that dies before its n-th statement; false when it came to the end."""
    child = os.fork()
    if child == 0:
        counted = 0

        def die_at_last(*_context: object) -> None:
            nonlocal counted
            counted += 1
            if counted == last:
                os.kill(os.getpid(), signal.SIGKILL)

        for moment in ("before_cursor_execute", "commit"):
            event.listen(Engine, moment, die_at_last)
        try:
            opened(path).close()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _is_newest(path: Path) -> bool:
    raw = key.raw_key(key_file(path), PASSWORD)
    connection = connect(path, raw)
    try:
        return bool(connection.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,))
    finally:
        connection.close()


def _until(revisions: list[str], folder: Path) -> Path:
    (folder / "versions").mkdir(parents=True)
    shutil.copy(MIGRATIONS / "env.py", folder)
    for revision in revisions:
        shutil.copy(next(MIGRATIONS.glob(f"versions/*{revision}*.py")), folder / "versions")
    return folder


def _fill(engine: Engine) -> None:
    step = {"sequence": 1, "at": datetime(2006, 1, 9, 9), "counsellor_id": None, "label": "Begin a file",
            "subject": "unit:1", "undoes": None}  # fmt: skip
    with writing(engine).begin() as connection:
        for row in ROWS:
            connection.exec_driver_sql(row)
        table = JournalStep.__table__
        connection.execute(table.insert(), {**step, "chain": link(FIRST_CHAIN, {**step, "rows": []})})  # type: ignore[attr-defined]  # a table
