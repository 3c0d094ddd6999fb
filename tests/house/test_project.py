"""What is committed: no address of a package index, whole catalogues, a wheel, one entry for people."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from build_spec import dev

ROOT = Path(__file__).resolve().parent.parent.parent
INDEX_SHAPES = re.compile(
    rb"(?i)https?://[^\s\"'<>]*(/simple\b|/packages/|/pypi\b|registry|index-url)|--(extra-)?index-url|--find-links"
    rb"|files\.\w+hosted\."
)


def committed() -> list[Path]:
    """Every file of the checkout but those .gitignore names; without git, which a bare machine may lack."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(fnmatch(part, name) for part in path.relative_to(ROOT).parts for name in [".git", *ignored])
    ]


def test_no_committed_file_holds_the_address_of_a_package_index() -> None:
    here = Path(__file__).resolve()
    found = [
        str(path) for path in committed() if path != here and path.is_file() and INDEX_SHAPES.search(path.read_bytes())
    ]
    assert not found


@pytest.mark.parametrize(
    "shape",
    [b"https://example.org/simple/", b"http://example.org/repository/pypi/x", b"--index-url x", b"--extra-index-url x",
     b"https://registry.example.org/x"],
)  # fmt: skip
def test_the_shapes_of_such_addresses_are_known(shape: bytes) -> None:
    assert INDEX_SHAPES.search(shape)


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def strings(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def places(text: str) -> set[str]:
    return {name for _before, name, _format, _conversion in Formatter().parse(text) if name}


def test_the_french_catalogue_is_whole_and_keeps_every_place() -> None:
    template = catalogue(ROOT / "i18n" / "cef_desk.pot")
    french = catalogue(ROOT / "i18n" / "fr" / "LC_MESSAGES" / "cef_desk.po")
    for message in template:
        if not message.id:
            continue
        found = french.get(message.id, message.context)
        assert found is not None, message.id
        assert all(strings(found.string)), message.id
        assert not found.fuzzy, message.id
        wanted = set().union(*(places(text) for text in strings(message.id)))
        for text in strings(found.string):
            assert places(text) == wanted, message.id
            assert set(re.findall(r"%\(\w+\)\w|%s", text)) == set(re.findall(r"%\(\w+\)\w|%s", strings(message.id)[0]))


def test_french_is_written_with_its_spaces_and_apostrophes() -> None:
    for message in catalogue(ROOT / "i18n" / "fr" / "LC_MESSAGES" / "cef_desk.po"):
        for text in strings(message.string) if message.id else ():
            assert not re.search(r"[^\s\u00a0\u202f«][;!?]( |$)", text), text
            assert not re.search(r" [:;!?»]|« ", text), text
            assert "'" not in text, text


def test_every_message_of_the_code_is_in_the_template(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.pot"
    babel = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "i18n/babel.cfg", "-k", "N_"]
    subprocess.run([*babel, "-k", "pgettext:1c,2", "-o", str(fresh), "."], cwd=ROOT, check=True, capture_output=True)
    wanted = {message.id for message in catalogue(fresh)}
    assert wanted == {message.id for message in catalogue(ROOT / "i18n" / "cef_desk.pot")}


def test_no_message_hides_in_an_f_string() -> None:
    """The extraction does not see it there."""
    for path in (ROOT / "cef_desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                for call in ast.walk(node):
                    named = (
                        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "N_"}
                    )
                    literal = named and isinstance(call.args[0], ast.Constant)  # type: ignore[attr-defined]  # a call
                    assert not literal, f"{path.name}:{node.lineno}"


def test_the_wheel_carries_its_data_and_speaks_french(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "installed")
    environment = {
        **os.environ, "PYTHONPATH": str(tmp_path / "installed"), "CEF_DESK_HOME": str(tmp_path / "home"),
    }  # fmt: skip
    run = [sys.executable, "-m", "cef_desk"]
    made = subprocess.run(
        [*run, "demo", "demo.cefdesk"], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert "est prêt" in made.stdout
    sheet = [*run, "--database", "demo.cefdesk", "sheet", "--month", "2006-11", "--output", "x.pdf"]
    subprocess.run(sheet, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    pictures = [*run, "--database", "demo.cefdesk", "--screenshots", "pictures", "--quit"]
    subprocess.run(pictures, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert len(list((tmp_path / "pictures").glob("*.png"))) == 11


def test_the_environment_lies_where_each_platform_looks_for_it() -> None:
    assert dev.venv_python(Path("r"), "linux") == Path("r/.venv/bin/python")
    assert dev.venv_python(Path("r"), "win32") == Path("r/.venv/Scripts/python.exe")
    assert dev.missing_packages("win32") == []
    assert dev.has_display("win32", {})
    assert not dev.has_display("linux", {})
    assert dev.has_display("linux", {"DISPLAY": ":0"})


def test_without_rights_the_one_line_to_run_is_printed_and_the_code_is_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev, "sudo", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/apt-get")
    with pytest.raises(SystemExit) as ended:
        dev.install_packages(["libgl1", "libegl1"])
    assert ended.value.code == 3
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == "apt-get update && apt-get install -y --no-install-recommends libgl1 libegl1"


def test_the_lock_pins_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "build_spec" / "requirements.lock").read_text(encoding="utf-8")
    for wanted in project["dependencies"]:
        name = re.split(r"[<>=]", wanted)[0]
        assert re.search(rf"(?m)^{name}==", lock), name
    pinned = re.findall(r"(?m)^\S+==", lock)
    assert len(pinned) > 30
    assert lock.count("--hash=sha256:") > len(pinned)
