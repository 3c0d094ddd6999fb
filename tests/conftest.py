"""What every test stands on: a folder of its own, the French catalogue, a file migrated once and copied."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from cef_desk.actions.unit import UnitDraft, begin
from cef_desk.exchange.demo import write_demo
from cef_desk.exchange.starting_lists import starting_lists
from cef_desk.i18n import set_language
from cef_desk.store import key
from cef_desk.store.desk import Desk
from tests.make import Maker
from tests.store.keyed import RECOVERY, copied, made_in

TODAY = date(2006, 11, 30)
DEMO_DAY = date(2008, 1, 31)


@pytest.fixture(autouse=True, scope="session")
def _guesses_cost_little() -> Iterator[None]:
    """Half a second a password would be an hour of tests; `test_key` holds what it costs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key, "calibrated", lambda: key.Cost(memory_kib=64, passes=1, lanes=1))
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes this machine's settings, and each begins in French."""
    monkeypatch.setenv("CEF_DESK_HOME", str(tmp_path / "home"))
    for name in ("CEF_DESK_DATABASE", "CEF_DESK_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    set_language("fr")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unkeyed file with its unit, one counsellor and the lists."""
    path = tmp_path_factory.mktemp("empty") / "empty.cefdesk"
    desk = Desk.create(path, None)
    draft = UnitDraft(name="Unité d’essai", counsellor_code="CEF01", lists=starting_lists())
    desk.do_for_good("Begin a file", begin, draft)
    desk.close()
    return path


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration file."""
    path = tmp_path_factory.mktemp("demo") / "demo.cefdesk"
    write_demo(path).close()
    return path


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """A copy of the empty file."""
    return Path(shutil.copy(empty_file, tmp_path / "essai.cefdesk"))


def sit_down(path: Path) -> Desk:
    """Opens an unkeyed file as its first counsellor."""
    desk = Desk.open(path, lambda: "")
    desk.counsellor_id = 1
    return desk


@pytest.fixture
def desk(file: Path) -> Iterator[Desk]:
    """An open empty file."""
    desk = sit_down(file)
    yield desk
    desk.close()


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """An open copy of the demonstration."""
    desk = sit_down(Path(shutil.copy(demo_file, tmp_path / "demo.cefdesk")))
    yield desk
    desk.close()


@pytest.fixture
def make(desk: Desk) -> Maker:
    """Makes people, contracts and meetings on the empty file."""
    return Maker(desk)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Lets Qt delete what a test of the window left, then collects outside every call of Qt, as the program does."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted file with one person and one meeting; its recovery key is `RECOVERY`."""
    return made_in(tmp_path_factory.mktemp("made"), RECOVERY)


@pytest.fixture
def keyed(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    return copied(made, tmp_path)
