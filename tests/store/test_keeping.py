"""A file is held by one program, backed up, anchored outside itself, and comes back."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import text

from cef_desk.errors import Refusal, Trouble
from cef_desk.exchange.safekeeping import backups_of, is_backup, restored
from cef_desk.i18n import told
from cef_desk.paths import key_file, state_folder
from cef_desk.rules.kinds import AccessAction
from cef_desk.store import access_log, backup, ballast, database
from cef_desk.store import desk as desk_module
from cef_desk.store.anchor import NotTheLast
from cef_desk.store.backup import folder_of
from cef_desk.store.desk import Desk, utc_now
from cef_desk.store.dialect import writing
from cef_desk.store.holding import Held
from tests.make import Maker
from tests.store.keyed import PASSWORD, RECOVERY, copied, opened, people

HOLDER = """
import sys
from pathlib import Path
from typing import BinaryIO
from cef_desk.store.desk import Desk
desk = Desk.open(Path(sys.argv[1]), lambda: sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(keyed: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(keyed), PASSWORD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def test_a_second_program_is_told_who_has_the_file_and_reads_beside_it(
    keyed: Path, holder: "subprocess.Popen[str]"
) -> None:
    del holder
    started = time.monotonic()
    with pytest.raises(Held) as held:
        opened(keyed)
    assert time.monotonic() - started < 1
    words = told(held.value)
    assert words.startswith("unite.cefdesk est déjà ouvert")
    assert f"{datetime.now(UTC).astimezone():%d/%m/%Y}" in words
    beside = opened(keyed, alone=False)
    assert beside.see(people) == 1
    beside.close()


def test_a_program_that_was_killed_holds_nothing(keyed: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.wait()
    opened(keyed).close()
    assert not list(keyed.parent.glob("*.lock"))
    assert not list(keyed.parent.glob("*.open"))


def test_a_file_opened_without_its_log_is_told_to_lack_what_it_lost(keyed: Path, tmp_path: Path) -> None:
    desk = opened(keyed)
    Maker(desk).pathway("Épine")
    Maker(desk).pathway("Ormeau")
    at_once = tmp_path / "now"
    at_once.mkdir()
    shutil.copyfile(keyed, at_once / keyed.name)  # as copied while open, without its log
    desk.close()
    shutil.copyfile(at_once / keyed.name, keyed)
    with pytest.raises(NotTheLast) as error:
        opened(keyed)
    words = told(error.value)
    assert "il manque" in words
    desk = opened(keyed, accept=True)
    assert desk.see(people) == 1
    Maker(desk).pathway("Saule")
    desk.close()
    opened(keyed).close()


def test_an_older_copy_and_another_history_are_told(keyed: Path, tmp_path: Path) -> None:
    (tmp_path / "older").mkdir()
    older = copied(keyed, tmp_path / "older")
    desk = opened(keyed)
    Maker(desk).pathway("Épine")
    desk.close()
    shutil.copyfile(older, keyed)
    with pytest.raises(NotTheLast):
        opened(keyed)
    desk = opened(older)
    for name in ("Ormeau", "Saule"):
        Maker(desk).pathway(name)
    desk.close()
    shutil.copyfile(older, keyed)
    with pytest.raises(NotTheLast, match="another history"):
        opened(keyed)


def test_a_copy_in_another_place_is_another_file(keyed: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    copy = copied(keyed, tmp_path / "copy")
    desk = opened(keyed)
    Maker(desk).pathway("Épine")
    desk.close()
    opened(copy).close()


def test_anchors_hold_no_name_and_a_damaged_one_locks_nobody_out(keyed: Path) -> None:
    opened(keyed).close()
    (anchor,) = (state_folder() / "anchors").iterdir()
    assert json.loads(anchor.read_text()).keys() == {"sequence", "chain", "access", "access_chain"}
    assert "unite" not in anchor.name + anchor.read_text()
    anchor.write_text("{")
    opened(keyed).close()


def test_the_log_of_looks_tells_who_and_when_and_shows_any_touch(keyed: Path) -> None:
    desk = opened(keyed)
    for _look in range(4):
        desk.note(AccessAction.SEEN, "pathway:1")
    with writing(desk._engine).begin() as connection:
        assert access_log.broken_at(connection) is None
        connection.exec_driver_sql("UPDATE access_log SET reference = 'pathway:2' WHERE sequence = 3")
    with desk._engine.connect() as connection:
        assert access_log.broken_at(connection) == 3
    desk.close()
    with pytest.raises(Trouble, match="altered"):
        opened(keyed)


@pytest.mark.parametrize(
    "touch",
    [
        "DELETE FROM access_log WHERE sequence = 2",
        "DELETE FROM access_log WHERE sequence = 1",
        "UPDATE access_log SET counsellor_id = 7 WHERE sequence = 2",
        "UPDATE access_log SET at = '2001-01-01 00:00:00.000000' WHERE sequence = 4",
        "UPDATE access_log SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE sequence IN (2, 3)",
        "DELETE FROM access_log WHERE sequence > 2",
    ],
)
def test_every_touch_of_the_log_of_looks_is_seen_at_the_next_opening(keyed: Path, touch: str) -> None:
    desk = opened(keyed)
    for number in range(4):
        desk.note(AccessAction.SEEN, f"pathway:{number}")
    with writing(desk._engine).begin() as connection:
        connection.exec_driver_sql(touch)
        connection.exec_driver_sql("UPDATE access_log SET sequence = -sequence WHERE sequence < 0")
    desk.close()
    with pytest.raises(Trouble):
        opened(keyed)


def test_looks_are_forgotten_after_twelve_months_and_the_chain_holds(keyed: Path) -> None:
    now = [datetime(2026, 1, 10, 9)]
    desk = Desk.open(keyed, lambda: PASSWORD, lambda: now[0])
    for month in range(1, 5):
        now[0] = datetime(2026, month, 20, 9)
        desk.note(AccessAction.SEEN, f"pathway:{month}")
    desk.close()

    def entries(at: datetime) -> list[tuple[str, str]]:
        desk = Desk.open(keyed, lambda: PASSWORD, lambda: at)
        found = desk.see(lambda session: session.execute(text("SELECT action, reference FROM access_log")).all())
        desk.note(AccessAction.SEARCHED)
        desk.close()
        return [(row.action, row.reference) for row in found]

    looks = [("seen", f"pathway:{month}") for month in range(1, 5)]
    assert entries(datetime(2027, 1, 31, 9)) == looks
    assert entries(datetime(2027, 2, 1, 9))[:4] == looks, "one month of use may be a wrong clock"
    assert entries(datetime(2027, 3, 2, 9))[:3] == [("purged", ""), looks[2], looks[3]]
    assert entries(datetime(2027, 4, 2, 9))[:2] == [("purged", ""), looks[3]]


def test_a_backup_is_whole_encrypted_and_opens_with_the_same_password(keyed: Path) -> None:
    desk = opened(keyed)
    first = desk.back_up()
    assert first is not None
    assert desk.back_up() is None, "nothing changed"
    Maker(desk).pathway("Épine")
    second = desk.back_up()
    assert second is not None
    desk.close()
    assert first.path.parent == folder_of(keyed)
    assert b"SQLite" not in first.path.read_bytes()
    assert folder_of(keyed).stat().st_mode & 0o077 == 0
    for made, count in ((first, 1), (second, 2)):
        assert made.path.stat().st_mode & 0o077 == 0
        kept = opened(made.path, alone=False)
        assert kept.see(people) == count
        assert all(holds for _words, holds in kept.check())
        kept.close()
    assert [row.lacks for row in backups_of(keyed)] == [0, 1]
    assert is_backup(first.path)
    assert not is_backup(keyed)


def test_a_backup_goes_to_a_second_place_too_and_says_when_it_cannot(keyed: Path, tmp_path: Path) -> None:
    second = tmp_path / "clé bleue"
    desk = opened(keyed)
    with pytest.raises(Trouble, match="is not there"):
        desk.back_up(second=second)
    assert not second.exists(), "made anew it would be on this computer"
    second.mkdir()
    made = desk.back_up(second=second)
    assert made is not None
    assert sorted(each.name for each in second.iterdir()) == sorted(each.name for each in folder_of(keyed).iterdir())
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    Maker(desk).pathway("Épine")
    with pytest.raises(Trouble, match="is not there"):
        desk.back_up(second=blocked)
    assert len(backups_of(keyed)) == 2, "the first place has it"
    desk.close()


def test_a_copy_on_the_same_disk_does_not_take_the_records_out_of_danger(
    keyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, second = opened(keyed), tmp_path / "second"
    second.mkdir()
    began = desk.oldest_without_copy(None)
    assert began is not None
    desk.back_up(second=second)
    assert desk.oldest_without_copy(second) == began
    whose = desk_module._identity
    monkeypatch.setattr(desk_module, "_identity", lambda path: (7, 7) if path == second else whose(path))
    assert desk.oldest_without_copy(second) is None, "on another disk, the copy holds everything"
    Maker(desk).pathway("Épine")
    added = desk.oldest_without_copy(second)
    assert added is not None
    assert added >= began
    assert desk.oldest_without_copy(tmp_path / "unplugged") == began
    desk.close()


def test_a_second_place_that_fills_up_keeps_no_half_copy(
    keyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, second = opened(keyed), tmp_path / "second"
    second.mkdir()

    def until_full(reading: BinaryIO, writing: BinaryIO, _size: int) -> None:
        writing.write(reading.read(100))
        if str(second) in str(writing.name):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        writing.write(reading.read())

    monkeypatch.setattr(shutil, "copyfileobj", until_full)
    with pytest.raises(Trouble, match="No backup could be written"):
        desk.back_up(second=second)
    assert list(second.iterdir()) == []
    desk.close()


def test_a_copy_that_cannot_be_read_again_is_no_backup(keyed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = database.copy_whole

    def torn(engine: object, path: Path, target: Path) -> None:
        whole(engine, path, target)  # type: ignore[arg-type]  # passed on
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)

    desk = opened(keyed)
    monkeypatch.setattr(backup, "copy_whole", torn)
    with pytest.raises(Trouble, match="damaged"):
        desk.back_up()
    assert list(folder_of(keyed).iterdir()) == []
    desk.close()


def test_a_backup_comes_back_to_the_row_and_what_it_replaces_is_kept(keyed: Path) -> None:
    desk = opened(keyed)
    made = desk.back_up()
    assert made is not None
    Maker(desk).pathway("Épine")
    desk.close()
    content = keyed.read_bytes()
    aside, lost = restored(made.path, keyed, lambda: PASSWORD)
    assert lost == 1
    assert aside is not None
    assert aside.read_bytes() == content
    back = opened(keyed)
    assert back.see(people) == 1
    assert back.see(lambda session: session.execute(text("SELECT action FROM access_log")).scalars().all()) == [
        "restored"
    ]
    back.close()
    kept = opened(aside)
    assert kept.see(people) == 2
    kept.close()
    assert not list(keyed.parent.glob("*.restored*"))


def test_a_stale_log_beside_a_restored_file_is_taken_away_with_the_file_it_belongs_to(keyed: Path) -> None:
    desk = opened(keyed)
    made = desk.back_up()
    assert made is not None
    Maker(desk).pathway("Épine")
    wal = keyed.with_name(keyed.name + "-wal")
    stale = wal.read_bytes()
    desk.close()
    wal.write_bytes(stale)
    aside, _lost = restored(made.path, keyed, lambda: PASSWORD)
    assert aside is not None
    assert aside.with_name(aside.name + "-wal").exists()
    back = opened(keyed)
    assert back.see(people) == 1
    back.close()


@pytest.mark.parametrize("harm", ["gone", "zeroed", "key gone", "key damaged"])
def test_a_harmed_file_comes_back_from_its_backup(keyed: Path, harm: str) -> None:
    desk = opened(keyed)
    made = desk.back_up()
    assert made is not None
    desk.close()
    if harm == "gone":
        keyed.unlink()
    elif harm == "zeroed":
        keyed.write_bytes(bytes(keyed.stat().st_size))
    elif harm == "key gone":
        key_file(keyed).unlink()
    else:
        key_file(keyed).write_text("{")
    with pytest.raises(Trouble):
        opened(keyed)
    restored(made.path, keyed, lambda: PASSWORD)
    back = opened(keyed)
    assert back.see(people) == 1
    back.close()


def test_a_backup_from_before_another_password_opens_with_the_password_of_today(keyed: Path) -> None:
    desk = opened(keyed)
    made = desk.back_up()
    assert made is not None
    desk.change_password(PASSWORD, "la nouvelle phrase")
    desk.close()
    restored(made.path, keyed, lambda: "la nouvelle phrase")
    opened(keyed, "la nouvelle phrase").close()
    with pytest.raises(Trouble, match="Wrong password"):
        opened(keyed)


def test_a_wrong_password_or_a_damaged_backup_replaces_nothing(keyed: Path) -> None:
    desk = opened(keyed)
    made = desk.back_up()
    assert made is not None
    desk.close()
    before = keyed.read_bytes()
    with pytest.raises(Trouble, match="Wrong password"):
        restored(made.path, keyed, lambda: "autre chose")
    content = bytearray(made.path.read_bytes())
    content[-100] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(Trouble):
        restored(made.path, keyed, lambda: PASSWORD)
    assert keyed.read_bytes() == before
    opened(keyed).close()


def test_the_recovery_key_opens_the_file_and_gives_it_another_password(keyed: Path) -> None:
    desk = opened(keyed, RECOVERY.lower())
    desk.change_password(RECOVERY, "retrouvée cette fois")
    desk.close()
    opened(keyed, "retrouvée cette fois").close()


def test_room_is_kept_beside_the_file_and_given_back_when_the_disk_is_full(keyed: Path) -> None:
    desk = opened(keyed)
    room = keyed.with_name(keyed.name + ".ballast")
    assert room.stat().st_size == 16 * 1024 * 1024
    assert ballast.release(keyed) == 16 * 1024 * 1024
    assert ballast.release(keyed) == 0
    desk.close()
    opened(keyed).close()
    assert room.exists()


def test_a_file_with_two_names_is_told(keyed: Path, tmp_path: Path) -> None:
    (tmp_path / "autre.cefdesk").hardlink_to(keyed)
    desk = opened(keyed)
    assert [told(remark) for remark in desk.remarks() if "second nom" in told(remark)]
    desk.close()


def test_an_import_without_room_for_three_times_the_file_is_refused(
    keyed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = keyed.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(10**9, 0, 3 * size - 1))
    with pytest.raises(Refusal, match="not enough room"):
        ballast.refuse_tight(keyed)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: shutil._ntuple_diskusage(10**9, 0, 3 * size))
    ballast.refuse_tight(keyed)


def test_a_clock_gone_back_is_told_and_nothing_is_refused(keyed: Path) -> None:
    past = utc_now() - timedelta(days=400)
    desk = Desk.open(keyed, lambda: PASSWORD, lambda: past)
    desk.counsellor_id = 1
    assert [told(remark) for remark in desk.remarks() if "horloge" in told(remark)]
    Maker(desk).pathway("Épine")
    newest = desk.back_up()
    desk.close()
    assert newest is not None
    assert newest.path.exists()
    opened(keyed).close()


def test_the_whole_check_finds_what_opening_does_not_look_at(keyed: Path) -> None:
    desk = opened(keyed)
    assert all(holds for _words, holds in desk.check())
    with writing(desk._engine).begin() as connection:
        connection.exec_driver_sql("DELETE FROM search_beneficiary WHERE rowid = 1")
    assert [words for words, holds in desk.check() if not holds] == ["search"]
    desk.close()


def test_backups_are_stamped_in_universal_time(keyed: Path) -> None:
    desk = Desk.open(keyed, lambda: PASSWORD, lambda: datetime(2026, 7, 1, 12))
    made = desk.back_up()
    desk.close()
    assert made is not None
    assert "-20260701-120000-" in made.path.name
    (row,) = backups_of(keyed)
    assert row.at.astimezone(UTC).replace(tzinfo=None) == datetime(2026, 7, 1, 12)


def test_a_folder_that_cannot_be_written_says_to_copy_the_file(keyed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = os.open

    def refused(path: str, flags: int, *more: int, **others: int) -> int:
        if str(path).endswith(".lock"):
            raise PermissionError(13, "Permission denied", str(path))
        return plain(path, flags, *more, **others)

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(Trouble) as error:
        opened(keyed)
    assert "copiez-le" in told(error.value)
