"""A log left beside a file is tried before it is believed; what is refused is left byte for byte."""

import errno
import os
import shutil
import signal
from datetime import datetime
from pathlib import Path

import pytest

from cef_desk.errors import Trouble
from cef_desk.i18n import told
from cef_desk.paths import key_file
from cef_desk.store import hot_log
from cef_desk.store.anchor import NotTheLast
from cef_desk.store.trouble import DISK_FULL, DISK_SILENT
from tests.make import Maker
from tests.store.keyed import copied, made_in, opened, people


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def crashed_with(path: Path, names: list[str]) -> None:
    """Saves some people in a process that dies without closing: they are in the log alone."""
    child = os.fork()
    if child == 0:
        try:
            desk = opened(path)
            for name in names:
                Maker(desk).pathway(name)
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    assert wal_of(path).stat().st_size


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("whose", ["older", "another file's"])
def test_a_log_that_is_not_its_own_goes_aside_and_the_file_stays_whole(
    keyed: Path, tmp_path: Path, whose: str, *, alone: bool
) -> None:
    (tmp_path / "other").mkdir()
    other = made_in(tmp_path / "other") if whose == "another file's" else copied(keyed, tmp_path / "other")
    crashed_with(other, ["Épine"])
    stale = wal_of(other).read_bytes()
    desk = opened(keyed)
    for name in ("Ormeau", "Saule", "Tilleul"):
        Maker(desk).pathway(name)
    desk.close()
    content = keyed.read_bytes()
    wal_of(keyed).write_bytes(stale)
    desk = opened(keyed, alone=alone)
    assert desk.see(people) == 4
    desk.close()
    assert keyed.read_bytes()[:4096] == content[:4096]
    assert [each.read_bytes() for each in tmp_path.glob("*.log-aside-*/*")] == [stale]
    opened(keyed).close()


def test_a_log_put_aside_is_told(keyed: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = made_in(tmp_path / "other")
    crashed_with(other, ["Épine"])
    wal_of(keyed).write_bytes(wal_of(other).read_bytes())
    desk = opened(keyed)
    assert any("unite.cefdesk.log-aside-1" in told(remark) for remark in desk.remarks())
    desk.close()


def test_a_log_that_cannot_be_put_aside_is_never_believed(
    keyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    other = copied(keyed, tmp_path / "other")
    crashed_with(other, ["Épine"])
    desk = opened(keyed)
    Maker(desk).pathway("Ormeau")
    desk.close()
    wal_of(keyed).write_bytes(wal_of(other).read_bytes())
    before = content_of(keyed.parent)

    def refused(*_what: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as locked:
        locked.setattr(hot_log, "moved", refused)
        with pytest.raises(Trouble, match="cannot be written"):
            opened(keyed)
    assert content_of(keyed.parent) == before
    desk = opened(keyed)
    assert desk.see(people) == 2
    desk.close()


@pytest.mark.parametrize("fault", [DISK_FULL, DISK_SILENT])
def test_a_disk_at_fault_is_not_held_against_the_log(keyed: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    crashed_with(keyed, ["Épine", "Ormeau"])

    def failing(*_what: object) -> None:
        raise Trouble(fault)

    with monkeypatch.context() as full:
        full.setattr(hot_log, "refuse_unsealed", failing)
        with pytest.raises(Trouble) as told_error:
            opened(keyed)
    assert told_error.value.pattern == fault
    desk = opened(keyed)
    assert desk.see(people) == 3, "nothing that was saved went aside"
    desk.close()


@pytest.mark.parametrize("accept", [True, False])
def test_the_log_of_an_earlier_time_never_takes_saves_back_where_nothing_else_is_known(
    keyed: Path, monkeypatch: pytest.MonkeyPatch, *, accept: bool
) -> None:
    crashed_with(keyed, ["Épine", "Ormeau"])
    stale = wal_of(keyed).read_bytes()
    desk = opened(keyed)
    for name in ("Saule", "Tilleul"):
        Maker(desk).pathway(name)
    desk.close()
    wal_of(keyed).write_bytes(stale)
    monkeypatch.setenv("CEF_DESK_HOME", str(keyed.parent / "another computer"))
    desk = opened(keyed, accept=accept)
    assert desk.see(people) == 5
    assert desk.remarks(), "the log is put aside, and that is told"
    desk.close()


def test_a_file_that_is_refused_with_its_log_is_left_byte_for_byte(keyed: Path) -> None:
    crashed_with(keyed, ["Épine", "Ormeau"])
    content = bytearray(keyed.read_bytes())
    content[4096 * 3 + 7] ^= 1
    content[4096 * 9 + 7] ^= 1
    keyed.write_bytes(content)
    before = content_of(keyed.parent)
    for alone in (True, False):
        with pytest.raises(Trouble):
            opened(keyed, alone=alone)
    assert content_of(keyed.parent) == before


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of a base, but what tells who holds it."""
    passing = ("-shm", ".lock", ".open")
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file() and each.suffix not in passing
            and not each.name.endswith(passing)}  # fmt: skip


def test_a_log_gone_with_its_saves_is_told_and_the_rest_stays(keyed: Path) -> None:
    crashed_with(keyed, ["Épine"])
    wal_of(keyed).unlink()
    with pytest.raises(NotTheLast):
        opened(keyed)
    assert opened(keyed, accept=True).see(people) == 1


def test_one_who_reads_never_takes_the_log_of_one_who_writes(keyed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cef_desk.store import database

    writer = opened(keyed)

    def interrupted(*_what: object) -> None:
        Maker(writer).pathway("Épine")
        raise KeyboardInterrupt

    with monkeypatch.context() as slow:
        slow.setattr(database, "refuse_unsound", interrupted)
        with pytest.raises(KeyboardInterrupt):
            opened(keyed, alone=False)
    assert wal_of(keyed).exists()
    Maker(writer).pathway("Ormeau")
    crashed = keyed.parent / "crashed"
    crashed.mkdir()
    for each in (keyed, key_file(keyed), wal_of(keyed)):
        shutil.copyfile(each, crashed / each.name)
    back = opened(crashed / keyed.name)
    assert back.see(people) == 3
    back.close()
    writer.close()


def test_a_reader_never_waits_for_the_writer_nor_the_writer_for_a_reader(keyed: Path) -> None:
    desk = opened(keyed)
    made = desk.back_up()
    assert made is not None
    desk.close()
    from cef_desk.exchange.safekeeping import restored
    from tests.store.keyed import PASSWORD

    restored(made.path, keyed, lambda: PASSWORD)
    writer, reader = opened(keyed), opened(keyed, alone=False)
    with reader._engine.connect() as reading:
        reading.exec_driver_sql("SELECT count(*) FROM beneficiary").scalar()
        Maker(writer).meeting(1, datetime(2006, 11, 4, 9))
    for desk in (reader, writer):
        desk.close()
