"""A backup comes back whole, whatever happens on the way, and nothing that was is lost."""

import errno
import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from cef_desk.errors import Refusal, Told, Trouble
from cef_desk.exchange.keys import recovered
from cef_desk.exchange.new_file import new_file
from cef_desk.exchange.safekeeping import backups_of, restored
from cef_desk.i18n import told
from cef_desk.paths import key_file
from cef_desk.rules.kinds import AccessAction
from cef_desk.store import backup, durable, key, replacing, restoring
from cef_desk.store.backup import folder_of
from cef_desk.store.desk import Desk, utc_now
from cef_desk.store.holding import Held
from cef_desk.store.key import new_recovery_key, raw_key
from tests.make import Maker
from tests.store.keyed import PASSWORD, RECOVERY, UNIT, copied, made_in, opened, people
from tests.store.test_hot_logs import crashed_with


def backed_up(path: Path) -> Path:
    desk = opened(path)
    kept = desk.back_up()
    desk.close()
    assert kept is not None
    return kept.path


def count_in(path: Path, password: str = PASSWORD) -> int:
    desk = opened(path, password)
    found = desk.see(people)
    desk.close()
    return found


def test_a_restoration_is_undone_with_what_the_log_held(keyed: Path) -> None:
    source = backed_up(keyed)
    crashed_with(keyed, ["Épine", "Ormeau"])
    aside, _lost = restored(source, keyed, lambda: PASSWORD)
    assert count_in(keyed) == 1
    assert aside is not None
    restored(aside, keyed, lambda: PASSWORD)
    assert count_in(keyed) == 3


def test_what_is_open_elsewhere_is_neither_source_nor_target(keyed: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other, source = copied(keyed, tmp_path / "other"), backed_up(keyed)
    desk = opened(other)
    with pytest.raises(Held):
        restored(other, keyed, lambda: PASSWORD)
    with pytest.raises(Held):
        restored(source, other, lambda: PASSWORD)
    desk.close()


@pytest.mark.parametrize("way", [lambda path: path.parent / "sub" / ".." / path.name, lambda path: linked(path)])  # noqa: PLW0108  defined below
def test_a_file_is_not_restored_onto_itself_by_another_spelling(keyed: Path, way: Callable[[Path], Path]) -> None:
    (keyed.parent / "sub").mkdir()
    crashed_with(keyed, ["Épine"])
    with pytest.raises(Refusal, match="onto itself"):
        restored(way(keyed), keyed, lambda: PASSWORD)
    assert count_in(keyed) == 2


def linked(path: Path) -> Path:
    link = path.with_name("lien.cefdesk")
    link.symlink_to(path)
    return link


def test_two_names_of_one_file_are_one_file(keyed: Path) -> None:
    desk = opened(linked(keyed))
    with pytest.raises(Held):
        opened(keyed)
    assert desk.path == keyed
    desk.close()


def outcome(path: Path, password: str) -> int | str | None:
    """How many people a file holds, or what refused it."""
    try:
        return count_in(path, password)
    except Told as error:
        return error.field or told(error)


@pytest.mark.parametrize("whose", ["own", "another's"])
def test_a_restoration_killed_anywhere_leaves_the_old_file_or_the_new(
    keyed: Path, made: Path, tmp_path: Path, whose: str
) -> None:
    (tmp_path / "foreign").mkdir()
    words = PASSWORD if whose == "own" else "un autre mot"
    if whose == "own":
        source = backed_up(keyed)
    else:
        other = tmp_path / "foreign" / "unite.cefdesk"
        desk = new_file(other, words, UNIT)
        for name in ("A", "B", "C"):
            Maker(desk).pathway(name)
        kept = desk.back_up()
        desk.close()
        assert kept is not None
        source = kept.path
    new = 1 if whose == "own" else 3
    ended = killed = 0
    while not ended:
        place = tmp_path / f"killed-{killed}"
        place.mkdir()
        path = copied(made, place)
        crashed_with(path, ["Épine"])
        ended = not _killed_at(killed + 1, source, path, words)
        killed += 1
        told_back = [outcome(path, password) for password in (PASSWORD, words)]
        assert told_back in ([2, 2], [new, new], [2, "password"], ["password", new]), f"step {killed}"
        assert not replacing.is_unfinished(path)
        shutil.rmtree(place)
    assert killed > 10


def _killed_at(last: int, source: Path, path: Path, password: str) -> bool:
    """Restores in a child that dies before its n-th step on files; false when it came to the end."""
    child = os.fork()
    if child == 0:
        counted = 0

        def dying(real: Callable[..., object]) -> Callable[..., object]:
            def step(*args: object, **options: object) -> object:
                nonlocal counted
                counted += 1
                if counted == last:
                    os._exit(9)
                return real(*args, **options)

            return step

        for name in ("replace", "unlink", "fsync"):
            setattr(os, name, dying(getattr(os, name)))
        shutil.copyfileobj = dying(shutil.copyfileobj)  # type: ignore[assignment]  # the same, mortal
        Path.unlink = dying(Path.unlink)  # type: ignore[method-assign,assignment]  # as above
        try:
            restoring.restore(source, path, password)
        except BaseException:  # noqa: BLE001  whatever it says, it was not killed
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {0, 9}
    return os.waitstatus_to_exitcode(status) == 9


def test_what_is_no_whole_base_of_ours_replaces_nothing(keyed: Path, demo_file: Path, tmp_path: Path) -> None:
    import sqlite3

    foreign = tmp_path / "autre.cefdesk"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE journal_step (sequence INTEGER, chain TEXT)")
    connection.close()
    before = keyed.read_bytes()
    for source in (demo_file, foreign):
        with pytest.raises(Told):
            restored(source, keyed, lambda: PASSWORD)
        assert keyed.read_bytes() == before
        assert count_in(keyed) == 1
    free = tmp_path / "libre.cefdesk"
    with pytest.raises(Trouble):
        restored(foreign, free, lambda: PASSWORD)
    assert not free.exists()


def test_an_aside_is_never_overwritten(keyed: Path) -> None:
    source = backed_up(keyed)
    keyed.unlink()
    restored(source, keyed, lambda: PASSWORD)
    desk = opened(keyed)
    desk.change_password(PASSWORD, "la nouvelle phrase")
    desk.close()
    first = keyed.with_name("unite.replaced-1.cefdesk.key").read_bytes()
    aside, _lost = restored(source, keyed, lambda: "la nouvelle phrase")
    assert aside == keyed.with_name("unite.replaced-2.cefdesk")
    assert keyed.with_name("unite.replaced-1.cefdesk.key").read_bytes() == first


def test_a_backup_is_read_and_never_written(keyed: Path) -> None:
    source = backed_up(keyed)
    before = source.read_bytes()
    with pytest.raises(Refusal, match="is a backup"):
        opened(source)
    desk = opened(source, alone=False)
    assert desk.see(people) == 1
    from cef_desk.rules.kinds import AccessAction

    desk.note(AccessAction.EXPORTED, "tables")
    desk.close()
    assert source.read_bytes() == before


@pytest.mark.parametrize("harm", ["emptied", "key gone", "gone"])
def test_a_backup_that_is_harmed_is_no_longer_counted_on(keyed: Path, harm: str) -> None:
    source = backed_up(keyed)
    if harm == "emptied":
        source.write_bytes(b"")
    elif harm == "gone":
        source.unlink()
    else:
        key_file(source).unlink()
    made_again = opened(backed_up(keyed), alone=False)
    assert made_again.see(people) == 1
    made_again.close()


def test_new_keys_are_those_of_the_backups_in_reach_too(keyed: Path, tmp_path: Path) -> None:
    second, drawn = tmp_path / "second", new_recovery_key()
    second.mkdir()
    desk = opened(keyed)
    kept = desk.back_up(second=second)
    assert kept is not None
    elsewhere = tmp_path / "away" / "unite.cefdesk.key"
    elsewhere.parent.mkdir()
    shutil.copyfile(key_file(kept.path), elsewhere)
    desk.change_password(PASSWORD, "la nouvelle phrase", second)
    desk.renew_recovery_key("la nouvelle phrase", drawn, second)
    desk.close()
    for keys in (key_file(keyed), key_file(kept.path), key_file(second / kept.path.name)):
        assert raw_key(keys, "la nouvelle phrase") == raw_key(keys, drawn)
        for before in (PASSWORD, RECOVERY):
            with pytest.raises(Trouble, match="Wrong password"):
                raw_key(keys, before)
    assert raw_key(elsewhere, PASSWORD), "a copy out of reach keeps the keys of before"
    for lost in (keyed, key_file(keyed)):
        lost.unlink()
    restored(kept.path, keyed, lambda: drawn)
    assert count_in(keyed, "la nouvelle phrase") == 1


def test_new_keys_are_told_even_when_they_cannot_be_noted(keyed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, drawn = opened(keyed), new_recovery_key()

    def busy(*_what: object) -> None:
        raise Trouble("The file is busy")

    monkeypatch.setattr(desk, "note", busy)
    desk.renew_recovery_key(PASSWORD, drawn)
    desk.change_password(PASSWORD, "la nouvelle phrase")
    desk.close()
    assert count_in(keyed, "la nouvelle phrase") == count_in(keyed, drawn) == 1


def test_the_recovery_key_leaves_its_trace_and_never_opens_what_another_holds(keyed: Path) -> None:
    holder = opened(keyed)
    with pytest.raises(Held):
        recovered(keyed, RECOVERY, "une autre phrase")
    holder.close()
    recovered(keyed, RECOVERY, "une autre phrase")
    desk = opened(keyed, "une autre phrase")
    actions = desk.see(lambda session: session.execute(text("SELECT action FROM access_log")).scalars().all())
    desk.close()
    assert "keys_changed" in actions


def test_a_file_at_fault_still_takes_another_password_by_its_recovery_key(keyed: Path) -> None:
    source = backed_up(keyed)
    with keyed.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"x" * 64)
    recovered(keyed, RECOVERY, "une autre phrase")
    restored(source, keyed, lambda: "une autre phrase")
    assert count_in(keyed, "une autre phrase") == 1


def test_backups_of_the_history_that_a_restoration_left_stand_last_and_hold_nothing_of_the_new_one(
    keyed: Path, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    desk = opened(keyed)
    first = desk.back_up(second=second)
    for name in ("Épine", "Ormeau", "Saule"):
        Maker(desk).pathway(name)
    left = desk.back_up(second=second)
    desk.close()
    assert first is not None
    assert left is not None
    restored(first.path, keyed, lambda: PASSWORD)
    desk = opened(keyed)
    Maker(desk).pathway("Tilleul")
    desk.close()
    assert [(row.path, row.on_line) for row in backups_of(keyed)] == [(first.path, True), (left.path, False)]
    assert [row.lacks for row in backups_of(keyed)][1] is None
    desk = opened(keyed)
    newest = desk.back_up(second=second)
    desk.close()
    assert newest is not None
    rows = backups_of(keyed, second)
    assert [row.path.name for row in rows] == [newest.path.name, first.path.name, left.path.name]
    assert rows[0].lacks == 0
    restored(left.path, keyed, lambda: PASSWORD)
    assert count_in(keyed) == 4
    assert next(row for row in backups_of(keyed) if row.path == left.path).on_line, "it is the history again"


def test_the_backup_of_another_file_does_not_take_the_place_of_this_one(keyed: Path, tmp_path: Path) -> None:
    backed_up(keyed)
    (tmp_path / "other").mkdir()
    other = made_in(tmp_path / "other")
    foreign = backed_up(other)
    before = keyed.read_bytes()
    with pytest.raises(Refusal, match="another file"):
        restored(foreign, keyed, lambda: PASSWORD)
    assert keyed.read_bytes() == before


def test_another_copy_of_the_file_does_not_pass_for_the_last_of_this_one(keyed: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    (tmp_path / "other").mkdir()
    second.mkdir()
    other = copied(keyed, tmp_path / "other")
    for path, names in ((keyed, ("Épine", "Ormeau")), (other, ("Saule", "Tilleul"))):
        desk = opened(path)
        for name in names:
            Maker(desk).pathway(name)
        assert desk.back_up(second=second) is not None
        desk.close()
    rows = {row.path.parent.name: row for row in backups_of(keyed, second)}
    assert rows["unite.cefdesk.backups"].lacks == 0
    assert rows["second"].lacks is None, "as many steps, by another way"
    desk = opened(keyed)
    assert desk.oldest_without_copy(second) is not None
    for _turn in range(3):
        Maker(desk).pathway("Érable")
        desk.back_up(second=second)
    desk.close()
    theirs = [each for each in second.glob("*.cefdesk") if each.name in
              {kept.name for kept in folder_of(other).glob("*.cefdesk")}]  # fmt: skip
    assert theirs, "their only copy elsewhere stays"


def test_a_copy_that_could_not_be_written_anew_stays_as_it_was(
    keyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    desk = opened(keyed)
    made = desk.back_up(second=second)
    assert made is not None
    before = {each.name: each.read_bytes() for each in second.iterdir()}
    copy = second / made.path.name

    def full(_source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(backup, "copied", full)
    with pytest.raises(Trouble, match="No backup could be written"):
        backup.copy_to(made, desk._file, second, utc_now())
    desk.close()
    assert {each.name: each.read_bytes() for each in second.iterdir()} == before
    assert copy.exists()


def test_copies_missed_by_a_change_of_keys_are_counted_and_follow_the_next_one(
    keyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    desk = opened(keyed)
    made = desk.back_up(second=second)
    assert made is not None
    away = second / key_file(made.path).name
    writes = durable.replaced

    def refused(path: Path, content: bytes) -> None:
        if path.parent == second:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        writes(path, content)

    with monkeypatch.context() as read_only:
        read_only.setattr(key, "replaced", refused)
        assert desk.change_password(PASSWORD, "la deuxième", second) == 1
    assert raw_key(away, PASSWORD)
    assert desk.change_password("la deuxième", "la troisième", second) == 0
    desk.close()
    assert raw_key(away, "la troisième") == raw_key(key_file(keyed), "la troisième")
    with pytest.raises(Trouble, match="Wrong password"):
        raw_key(away, PASSWORD)


def test_a_place_that_fails_while_keys_change_hides_nothing(
    keyed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    globs = Path.glob

    def failing(self: Path, pattern: str) -> object:
        if self == second:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return globs(self, pattern)

    desk = opened(keyed)
    monkeypatch.setattr(Path, "glob", failing)
    desk.change_password(PASSWORD, "la nouvelle phrase", second)
    desk.close()
    assert count_in(keyed, "la nouvelle phrase") == 1


def test_what_a_kill_left_of_a_backup_goes_a_day_after_and_nothing_else(keyed: Path) -> None:
    kept, folder = backed_up(keyed), folder_of(keyed)
    part = folder / "unite-20200101-000000-0000001.cefdesk.part"
    whole = folder / "unite-20200102-000000-0000001.cefdesk"
    fresh = folder / "unite-20200103-000000-0000001.cefdesk.part"
    foreign = folder / "autre-20200103-000000-0000001.cefdesk"
    for stray in (part, whole, key_file(whole), fresh, foreign):
        stray.write_bytes(b"half")
    for old in (part, whole, key_file(whole), foreign):
        os.utime(old, (1e9, 1e9))
    desk = opened(keyed)
    Maker(desk).pathway("Épine")
    assert desk.back_up() is not None
    desk.close()
    assert not part.exists()
    assert whole.exists(), "a whole file is somebody's, whatever its name"
    assert key_file(whole).exists()
    assert fresh.exists()
    assert foreign.exists()
    assert kept.exists()


def test_every_copy_of_a_file_is_its_owner_s_alone(keyed: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    before = os.umask(0o022)
    try:
        desk = opened(keyed)
        made = desk.back_up(second=second)
        desk.close()
        assert made is not None
        restored(made.path, keyed, lambda: PASSWORD)
    finally:
        os.umask(before)
    copies = [*second.iterdir(), *folder_of(keyed).iterdir(), *keyed.parent.glob("*.replaced-*")]
    assert len(copies) == 8
    assert {each.stat().st_mode & 0o777 for each in copies} == {0o600}


def test_two_files_of_one_name_share_a_second_place_without_harm(keyed: Path, tmp_path: Path) -> None:
    shared, other = tmp_path / "clé", tmp_path / "other"
    other.mkdir()
    shared.mkdir()
    theirs = opened(made_in(other))
    kept = theirs.back_up(second=shared)
    theirs.close()
    assert kept is not None
    desk = opened(keyed)
    from datetime import datetime, timedelta

    for day in range(30):
        desk._clock = lambda day=day: datetime(2026, 11, 24) + timedelta(days=day)  # type: ignore[misc]  # bound now
        Maker(desk).pathway("Épine")
        desk.back_up(second=shared)
    desk.close()
    assert (shared / kept.path.name).exists()
    assert all(row.lacks is not None for row in backups_of(keyed, shared))
    assert len(backups_of(keyed, shared)) == len(list(folder_of(keyed).glob("*.cefdesk")))


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"format": "cef-desk-key-1", "slots": [{"kind": "password", "memory_kib": 64, "passes": 1e400, "lanes": 1}]}',
    ],
)
def test_hostile_words_beside_a_file_neither_hang_nor_lock_out(keyed: Path, content: str) -> None:
    from cef_desk.paths import state_folder

    source = backed_up(keyed)
    for place in [*(state_folder() / "anchors").iterdir(), source.with_suffix(".json")]:
        place.write_text(content)
    folder_of(keyed).joinpath("unite-99999999-999999-0000001.json").write_text("{}")
    folder_of(keyed).joinpath("unite-99999999-999999-0000001.cefdesk").write_text("{}")
    assert backed_up(keyed)
    key_file(keyed).write_text(content)
    with pytest.raises(Trouble) as error:
        opened(keyed)
    assert "endommagé" in told(error.value)


def test_many_slots_are_not_tried_one_by_one(keyed: Path) -> None:
    content = json.loads(key_file(keyed).read_text())
    content["slots"] *= 50
    content.pop("sha256")
    key_file(keyed).write_text(json.dumps(content))
    with pytest.raises(Trouble, match="damaged"):
        opened(keyed)


def test_a_damaged_slot_is_not_a_wrong_password(keyed: Path) -> None:
    content = json.loads(key_file(keyed).read_text())
    wrapped = content["slots"][0]["wrapped"]
    content["slots"][0]["wrapped"] = ("A" if wrapped[0] != "A" else "B") + wrapped[1:]
    key_file(keyed).write_text(json.dumps(content))
    with pytest.raises(Trouble, match="damaged"):
        opened(keyed)


def test_a_key_file_that_cannot_be_written_says_so_and_stays(keyed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = opened(keyed)

    def full(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "moved", full)
    with pytest.raises(Trouble, match="cannot be written"):
        desk.change_password(PASSWORD, "autre")
    desk.close()
    assert not list(keyed.parent.glob("*.part"))
    monkeypatch.undo()
    monkeypatch.setenv("CEF_DESK_HOME", str(keyed.parent / "home2"))
    assert count_in(keyed) == 1


def test_a_new_file_killed_between_its_two_names_can_be_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "unite.cefdesk"
    key_file(path).write_text("{}")
    path.with_name(path.name + ".begun").write_bytes(b"half")
    new_file(path, PASSWORD, UNIT).close()
    assert count_in(path) == 0


def test_a_name_without_room_for_its_backups_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="too long"):
        new_file(tmp_path / ("é" * 100 + ".cefdesk"), PASSWORD, UNIT)


def looks_in(path: Path) -> list[str]:
    desk = opened(path)
    found = desk.see(lambda session: session.execute(text("SELECT reference FROM access_log")).scalars().all())
    desk.close()
    return list(found)


def looked_at(path: Path, at: datetime, reference: str) -> None:
    desk = Desk.open(path, lambda: PASSWORD, lambda: at)
    desk.note(AccessAction.SEEN, reference)
    desk.close()


def test_a_clock_far_ahead_for_days_does_not_cost_the_log_of_looks(keyed: Path) -> None:
    now = utc_now()
    looked_at(keyed, now, "pathway:1")
    for day in range(3):
        looked_at(keyed, datetime(2099, 1, 1 + day), "pathway:1")
    assert len(looks_in(keyed)) == 4


def test_a_look_of_a_clock_gone_back_does_not_cost_those_before_it(keyed: Path) -> None:
    now = utc_now()
    for months in (4, 3, 2, 1):
        looked_at(keyed, now - timedelta(days=31 * months), "pathway:1")
    looked_at(keyed, datetime(2020, 1, 1), "pathway:1")
    looked_at(keyed, now, "pathway:1")
    assert len(looks_in(keyed)) == 6


def test_looks_of_more_than_a_year_ago_are_forgotten_once_months_of_use_have_passed(keyed: Path) -> None:
    now = utc_now()
    for months in (16, 15, 14, 3, 2, 1):
        looked_at(keyed, now - timedelta(days=31 * months), f"pathway:{months}")
    desk = opened(keyed)
    desk.close()
    assert looks_in(keyed) == ["", "pathway:3", "pathway:2", "pathway:1"]
