"""A short version of every long harness; `dev.py torture` runs them whole."""

import sys
from pathlib import Path

import pytest

from tests.store.keyed import copied
from tests.torture import damages, faults, full_disk, kills, migrations, power, shim, soak

needs_shim = pytest.mark.skipif(not shim.is_possible(), reason="needs Linux and gcc")


def test_kills_in_a_storm_lose_no_acknowledged_save(made: Path, tmp_path: Path) -> None:
    found = kills.run(made, tmp_path, 15)
    assert found.broken == []
    assert found.tried == 15


@needs_shim
def test_power_cuts_lose_no_acknowledged_save_and_the_control_does(made: Path, tmp_path: Path) -> None:
    found = power.run(made, tmp_path, 40, saves=60)
    assert found.broken == []
    assert power.run(made, tmp_path, 10, saves=60, synchronous="NORMAL").broken, "the simulator sees a loss"


@needs_shim
def test_disk_errors_are_told_and_lose_nothing(made: Path, tmp_path: Path) -> None:
    found = faults.run(made, tmp_path, 8)
    assert found.broken == []
    assert found.tried == 48


def test_every_damage_is_seen_before_the_first_edit(made: Path, tmp_path: Path) -> None:
    found = damages.run(copied(made, tmp_path), 100)
    assert found.broken == []
    assert found.tried >= 95


def test_a_full_disk_keeps_the_draft_and_lets_delete_and_export(made: Path, tmp_path: Path) -> None:
    found = full_disk.run(made, tmp_path, 1)
    if not found.tried:
        pytest.skip(found.detail)
    assert found.broken == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_day_of_locks_gives_back_what_it_took(tmp_path: Path) -> None:
    found = soak.run(tmp_path, 60, locks=18, forms=4)
    assert found.broken == []


def test_a_migration_killed_anywhere_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    found = migrations.run(tmp_path, every=13)
    assert found.broken == []
    assert found.tried >= 5 * len(migrations.released())
