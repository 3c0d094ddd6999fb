import json
import logging
from datetime import date
from pathlib import Path

import pytest

from cef_desk import settings
from cef_desk.errors import Refusal
from cef_desk.i18n import long_day, number, percent, set_language, short_day, told
from cef_desk.settings import Settings


def test_numbers_and_rates_are_written_as_in_france() -> None:
    assert number(1182) == "1\u202f182"
    assert number(26.5) == "26,5"
    assert percent(0.53) == "53,0\u202f%"


def test_days_are_written_as_in_france() -> None:
    assert long_day(date(2006, 12, 1)) == "vendredi 1er décembre 2006"
    assert short_day(date(2006, 11, 22)) == "22 nov. 2006"
    set_language("fr_CA")
    assert told(Refusal("The meeting cannot come before the birth on {born}.", born=date(1971, 3, 12))).endswith(
        "1971-03-12."
    )


def test_a_sentence_with_braces_in_a_name_stays_a_sentence() -> None:
    assert "{0} {x}" in told(Refusal("{name} is written.", name="{0} {x}"))


def test_settings_come_back_and_unknown_ones_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "later": [1]}', encoding="utf-8")
    found = settings.read(path)
    assert found == Settings(theme="dark", unknown={"later": [1]})
    settings.write(path, found)
    assert json.loads(path.read_text(encoding="utf-8"))["later"] == [1]
    assert settings.read(path) == found


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"theme": "pink"}', '{"text_size": "big"}', '{"text_size": true}', "\0"]
)
def test_bad_settings_fall_back_with_a_line_in_the_log(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert settings.read(path) == Settings()
    assert caplog.records
