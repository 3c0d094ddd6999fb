import json
import unicodedata
from pathlib import Path

import pytest

from cef_desk.errors import Trouble
from cef_desk.i18n import told
from cef_desk.store.key import Cost, new_key_file, raw_key

LIGHT = Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "a.cefdesk.key"


def test_the_password_gives_back_the_raw_key(keys: Path) -> None:
    raw = new_key_file(keys, "phrase à moi ☂", LIGHT)
    assert len(raw) == 32
    assert raw_key(keys, "phrase à moi ☂") == raw
    assert raw.hex() not in keys.read_text()


def test_a_password_typed_on_another_system_is_the_same(keys: Path) -> None:
    raw = new_key_file(keys, unicodedata.normalize("NFC", "une phrase à moi"), LIGHT)
    assert raw_key(keys, unicodedata.normalize("NFD", "une phrase à moi")) == raw


def test_a_wrong_password_is_told_as_such(keys: Path) -> None:
    new_key_file(keys, "juste", LIGHT)
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
    new_key_file(keys, "juste", LIGHT)
    content = json.loads(keys.read_text())
    content["slots"][0] |= {"memory_kib": 2**31, "passes": 10**6}
    keys.write_text(json.dumps(content))
    with pytest.raises(Trouble, match="damaged"):
        raw_key(keys, "juste")


def test_a_key_file_is_never_replaced(keys: Path) -> None:
    new_key_file(keys, "un", LIGHT)
    with pytest.raises(FileExistsError):
        new_key_file(keys, "deux", LIGHT)


def test_only_its_owner_reads_the_key_file(keys: Path) -> None:
    new_key_file(keys, "juste", LIGHT)
    assert keys.stat().st_mode & 0o077 == 0
