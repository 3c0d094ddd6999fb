import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from cef_desk.errors import Trouble
from cef_desk.i18n import told
from cef_desk.store import key
from cef_desk.store.key import (
    Cost,
    calibrated,
    change_password,
    new_key_file,
    new_recovery_key,
    raw_key,
    recovery_key_of,
    renew_recovery_key,
)

LIGHT = Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "a.cefdesk.key"


def test_the_password_gives_back_the_raw_key(keys: Path) -> None:
    raw = new_key_file(keys, "phrase à moi ☂", cost=LIGHT)
    assert len(raw) == 32
    assert raw_key(keys, "phrase à moi ☂") == raw
    assert raw.hex() not in keys.read_text()


def test_a_password_typed_on_another_system_is_the_same(keys: Path) -> None:
    raw = new_key_file(keys, unicodedata.normalize("NFC", "une phrase à moi"), cost=LIGHT)
    assert raw_key(keys, unicodedata.normalize("NFD", "une phrase à moi")) == raw


def test_a_wrong_password_is_told_as_such(keys: Path) -> None:
    new_key_file(keys, "juste", cost=LIGHT)
    with pytest.raises(Trouble) as trouble:
        raw_key(keys, "faux")
    assert told(trouble.value) == "Mot de passe incorrect."


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"format": "other", "slots": []}', '{"format": "cef-desk-key-1", "slots": [{}]}', "é"],
)
def test_a_damaged_key_file_is_not_taken_for_a_wrong_password(keys: Path, content: str) -> None:
    keys.write_text(content)
    with pytest.raises(Trouble) as trouble:
        raw_key(keys, "juste")
    assert "endommagé" in told(trouble.value)


def test_a_key_file_that_would_stall_the_machine_is_refused_at_once(keys: Path) -> None:
    new_key_file(keys, "juste", cost=LIGHT)
    content = json.loads(keys.read_text())
    content["slots"][0] |= {"memory_kib": 2**31, "passes": 10**6}
    keys.write_text(json.dumps(content))
    with pytest.raises(Trouble, match="damaged"):
        raw_key(keys, "juste")


def test_a_key_file_is_never_replaced(keys: Path) -> None:
    new_key_file(keys, "un", cost=LIGHT)
    with pytest.raises(FileExistsError):
        new_key_file(keys, "deux", cost=LIGHT)


def test_only_its_owner_reads_the_key_file(keys: Path) -> None:
    new_key_file(keys, "juste", cost=LIGHT)
    assert keys.stat().st_mode & 0o077 == 0


def test_another_password_opens_the_same_key_and_the_one_before_opens_nothing(keys: Path) -> None:
    raw = new_key_file(keys, "avant", new_recovery_key(), cost=LIGHT)
    change_password(keys, "avant", "après")
    assert raw_key(keys, "après") == raw
    with pytest.raises(Trouble, match="Wrong password"):
        raw_key(keys, "avant")
    assert sorted(keys.parent.iterdir()) == [keys]
    assert keys.stat().st_mode & 0o077 == 0


def test_a_password_is_not_changed_without_the_one_before(keys: Path) -> None:
    new_key_file(keys, "avant", cost=LIGHT)
    before = keys.read_bytes()
    with pytest.raises(Trouble, match="Wrong password"):
        change_password(keys, "faux", "après")
    assert keys.read_bytes() == before


@pytest.mark.parametrize("alter", [str, str.lower, lambda key: key.replace("-", " "), lambda key: key.replace("-", "")])
def test_the_recovery_key_opens_however_it_is_typed(keys: Path, alter: Callable[[str], str]) -> None:
    recovery = new_recovery_key()
    raw = new_key_file(keys, "oublié", recovery, cost=LIGHT)
    assert raw_key(keys, alter(recovery)) == raw
    change_password(keys, alter(recovery), "retrouvé")
    assert raw_key(keys, "retrouvé") == raw
    assert raw_key(keys, recovery) == raw, "it stays"


def test_letters_that_look_like_digits_are_those_digits() -> None:
    recovery = next(key for key in iter(new_recovery_key, "") if "0" in key and "1" in key)
    assert recovery_key_of(recovery.replace("0", "o").replace("1", "l")) == recovery


def test_slips_of_one_sign_are_seen_nearly_always() -> None:
    seen = 0
    for _try in range(500):
        key = new_recovery_key()
        last = "0" if key[2] != "0" else "1"
        seen += recovery_key_of(key[:2] + last + key[3:]) is None
    assert seen >= 495


def test_another_recovery_key_makes_the_one_before_useless(keys: Path) -> None:
    before = new_recovery_key()
    raw = new_key_file(keys, "mot", before, cost=LIGHT)
    after = new_recovery_key()
    renew_recovery_key(keys, "mot", after)
    assert raw_key(keys, after) == raw
    with pytest.raises(Trouble, match="Wrong password"):
        raw_key(keys, before)


def test_a_guess_costs_half_a_second_here_within_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in ({}, {Cost(): 0.7}):  # a machine that is always too fast, one that is slow at once

        def taken(cost: Cost, told: dict[Cost, float] = seconds) -> float:
            return told.get(cost, 0.0)

        monkeypatch.setattr(key, "_seconds", taken)
        cost = calibrated()
        assert 64 * 1024 <= cost.memory_kib <= 256 * 1024
        assert 3 <= cost.passes <= 12
        assert cost.lanes == 4
    assert cost == Cost()
