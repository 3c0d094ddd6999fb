import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlcipher3 import dbapi2

from cef_desk.actions.unit import UnitDraft
from cef_desk.errors import Refusal, Trouble
from cef_desk.exchange.new_file import new_file
from cef_desk.i18n import told
from cef_desk.model.base import Base
from cef_desk.paths import key_file
from cef_desk.queries.sitting import sitting
from cef_desk.store import dialect
from cef_desk.store.desk import Desk
from cef_desk.store.soundness import SCHEMA
from cef_desk.store.upgrade import bring_up, configuration

PASSWORD = "une phrase à moi"
UNIT = UnitDraft(name="Unité", counsellor_code="CEF01")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keyed") / "unite.cefdesk"
    new_file(path, PASSWORD, UNIT).close()
    return path


@pytest.fixture
def keyed(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / made.name
    path.write_bytes(made.read_bytes())
    key_file(path).write_bytes(key_file(made).read_bytes())
    return path


def opened(path: Path, password: str = PASSWORD) -> str:
    """What opening a file tells, empty when it opens; the file must be left as it was."""
    before, beside = path.read_bytes() if path.exists() else None, beside_of(path)
    words = ""
    try:
        Desk.open(path, lambda: password).close()
    except Trouble as error:
        words = told(error)
    assert (path.read_bytes() if path.exists() else None) == before
    assert beside_of(path) == beside
    return words


def beside_of(path: Path) -> list[str]:
    """What stands beside a file, but its ballast and the folder of this computer."""
    return sorted(each.name for each in path.parent.iterdir() if each.suffix != ".ballast" and each.name != "home")


def test_an_encrypted_file_opens_with_its_password_and_holds_nothing_readable(keyed: Path) -> None:
    assert opened(keyed) == ""
    assert b"SQLite" not in keyed.read_bytes()
    assert "Unité".encode() not in keyed.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(keyed).execute("SELECT * FROM unit")


def test_a_wrong_password_a_damaged_file_and_a_missing_one_are_told_apart(keyed: Path) -> None:
    assert opened(keyed, "autre") == "Mot de passe incorrect."
    keyed.write_bytes(os.urandom(40_960))
    assert "endommagé" in opened(keyed)
    keyed.unlink()
    assert "introuvable" in opened(keyed)


@pytest.mark.parametrize("left", [100, 4096, 4096 * 7, -4096, -1])
def test_a_truncated_file_is_told_as_damaged(keyed: Path, left: int) -> None:
    keyed.write_bytes(keyed.read_bytes()[:left])
    assert "endommagé" in opened(keyed)


@pytest.mark.parametrize("left", [100, 4096 * 3, -4096])
def test_a_truncated_plain_file_is_told_as_damaged_or_foreign(file: Path, left: int) -> None:
    file.write_bytes(file.read_bytes()[:left])
    assert opened(file) != ""


def test_an_empty_file_is_not_an_empty_base(keyed: Path, file: Path) -> None:
    for path in (keyed, file):
        path.write_bytes(b"")
        assert "et non une base vide" in opened(path)


def test_a_foreign_file_is_refused(tmp_path: Path, keyed: Path) -> None:
    text = tmp_path / "lettre.cefdesk"
    text.write_text("Bonjour" * 1000)
    assert "n’est pas un fichier CEF Desk" in opened(text)
    foreign = tmp_path / "autre.cefdesk"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE unit (id INTEGER)")
    connection.close()
    assert opened(foreign) == "Ce fichier n’est pas un fichier CEF Desk."
    foreign.replace(keyed)
    assert "endommagé" in opened(keyed)


def test_a_file_without_its_key_file_says_so(keyed: Path) -> None:
    key_file(keyed).unlink()
    assert "unite.cefdesk.key n’est pas à côté" in opened(keyed)


def test_a_file_of_a_newer_program_is_left_alone(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert "version plus récente" in opened(file)


def test_a_file_whose_journal_lost_a_step_is_told_as_damaged(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("DELETE FROM journal_row")
    connection.execute("DELETE FROM journal_step")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert "endommagé" in opened(file)


LOCKER = """
import sys, sqlcipher3.dbapi2 as d
c = d.connect(sys.argv[1], isolation_level=None)
c.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def locked(file: Path) -> Iterator[Path]:
    """A file that another process is writing to."""
    with subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        yield file
        assert other.stdin is not None
        other.stdin.close()


def test_a_file_locked_by_another_program_is_read_and_its_writing_told(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.2)
    desk = Desk.open(locked, lambda: "")
    assert desk.see(sitting).counsellor_code == "CEF01"
    with pytest.raises(Trouble, match="busy"):
        desk.do("Anything", lambda session: session.flush())
    desk.close()


def test_a_file_is_never_replaced_by_a_new_one(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(Refusal, match="already exists"):
        new_file(file, PASSWORD, UNIT)
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name]


def test_a_new_file_is_not_made_beside_the_log_of_another(tmp_path: Path) -> None:
    (tmp_path / "a.cefdesk-wal").write_bytes(b"left behind")
    with pytest.raises(Refusal, match="already exists"):
        new_file(tmp_path / "a.cefdesk", PASSWORD, UNIT)
    assert [path.name for path in tmp_path.iterdir()] == ["a.cefdesk-wal"]


@pytest.mark.parametrize("unit", [UnitDraft(name=" ", counsellor_code="A"), UnitDraft(name="U", counsellor_code="\0")])
def test_a_refused_beginning_leaves_nothing(tmp_path: Path, unit: UnitDraft) -> None:
    with pytest.raises(Refusal):
        new_file(tmp_path / "a.cefdesk", PASSWORD, unit)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    for password in (PASSWORD, None):
        with pytest.raises(Trouble):
            Desk.create(tmp_path / "absent" / "a.cefdesk", password)
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_reads_the_file(keyed: Path, file: Path, made: Path) -> None:
    del keyed
    assert made.stat().st_mode & 0o077 == 0
    assert file.stat().st_mode & 0o077 == 0


def test_the_program_knows_its_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == SCHEMA


def test_the_migrations_make_the_tables_of_the_model(desk: Desk) -> None:
    from alembic.autogenerate import compare_metadata

    with desk._engine.connect() as connection:
        context = MigrationContext.configure(connection)
        found = compare_metadata(context, Base.metadata)
    words = [step for step in found if step[0] == "remove_table" and step[1].name.startswith("search_")]
    assert [step for step in found if step not in words] == []
    assert len(words) > 3, "the indexes of words are tables that no class maps"


def test_opening_a_file_of_this_version_loads_no_alembic(file: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from cef_desk.store.desk import Desk;"
        "Desk.open(Path(sys.argv[1]), str).close(); print('alembic' in sys.modules)"
    )
    told_back = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True)
    assert told_back.stdout == "False\n"


HALF = """
import sqlalchemy as sa
from alembic import op
revision = "0123456789ab"
down_revision = "4c7a19e0d25b"
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE unit SET name = 'half'")
    {last}
"""


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was_and_can_be_tried_again(
    desk: Desk, tmp_path: Path
) -> None:
    import shutil

    from cef_desk.store.upgrade import MIGRATIONS

    copies = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, copies)
    planted = copies / "versions" / "later.py"

    def state() -> tuple[list[str], str]:
        with desk._engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master ORDER BY name").scalars().all()
            return list(tables), str(connection.exec_driver_sql("SELECT name FROM unit").scalar())

    before = state()
    planted.write_text(HALF.format(last="op.execute('INSERT INTO nowhere VALUES (1)')"))
    with pytest.raises(Exception, match="nowhere"):
        bring_up(desk._engine, copies)
    assert state() == before
    planted.write_text(HALF.format(last="pass"))
    bring_up(desk._engine, copies)
    assert "half" in state()[0]


def test_a_copy_is_kept_before_an_older_file_is_brought_up(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cef_desk.store import database, upgrade

    asked: list[object] = []
    monkeypatch.setattr(database, "SCHEMA", "0123456789ab")
    monkeypatch.setattr(upgrade, "bring_up", asked.append)
    half = file.with_name(f"{file.name}.before-0123456789ab")
    half.write_bytes(b"half")
    Desk.open(file, str).close()
    assert len(asked) == 1
    copy = file.with_name(f"{file.name}.before-0123456789ab")
    assert sqlite3.connect(copy).execute("SELECT name FROM unit").fetchone() == ("Unité d’essai",)


def test_the_copy_of_an_encrypted_file_is_encrypted_and_has_its_key_beside_it(
    keyed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cef_desk.store import database, upgrade

    monkeypatch.setattr(upgrade, "bring_up", lambda _engine: None)
    with monkeypatch.context() as later:
        later.setattr(database, "SCHEMA", "0123456789ab")
        Desk.open(keyed, lambda: PASSWORD).close()
    copy = keyed.with_name(f"{keyed.name}.before-0123456789ab")
    assert "Unité".encode() not in copy.read_bytes()
    kept = Desk.open(copy, lambda: PASSWORD)
    assert kept.see(sitting).unit == "Unité"
    kept.close()


def test_the_engine_keeps_its_policy(desk: Desk) -> None:
    with desk._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "trusted_schema")
        }
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2,
        "trusted_schema": 0,
    }  # fmt: skip


def test_the_linked_engine_is_past_the_wal_reset_defect() -> None:
    version = tuple(int(part) for part in dbapi2.sqlite_version.split("."))
    assert version >= (3, 51, 3)


def test_reading_does_not_wait_for_a_writer(locked: Path) -> None:
    started = time.monotonic()
    desk = Desk.open(locked, lambda: "")
    desk.see(sitting)
    desk.close()
    assert time.monotonic() - started < dialect.BUSY_SECONDS
