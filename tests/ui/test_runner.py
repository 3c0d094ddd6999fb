import gc
import sys
import threading
from collections.abc import Callable
from typing import ClassVar

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cef_desk.errors import Told, Trouble
from cef_desk.i18n import _
from cef_desk.progress import Cancelled, Progress
from cef_desk.store.desk import Desk
from cef_desk.ui.kit.collector import WindowThreadCollector
from cef_desk.ui.kit.runner import Runner
from cef_desk.ui.kit.work_bar import WorkBar


class Cycle:
    """Garbage that only the collector frees, and that notes on which thread."""

    freed_on: ClassVar[set[int]] = set()

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Cycle.freed_on.add(threading.get_ident())


def many_objects(_session: Session) -> int:
    """Enough new objects for the collector to wake several times."""
    kept = [[number] for number in range(50_000)]
    return len(kept)


def test_the_collector_never_runs_on_the_worker_thread(desk: Desk, qtbot: QtBot) -> None:
    """It would destroy widgets there, and Qt the heap."""
    runner = Runner(desk)
    collector = WindowThreadCollector(runner)
    told: list[int] = []
    for _turn in range(5):
        for _cycle in range(500):
            Cycle()
        runner.see(many_objects, then=told.append)
    qtbot.waitUntil(lambda: len(told) == 5)
    qtbot.waitUntil(lambda: bool(Cycle.freed_on))
    assert not gc.isenabled()
    runner.stop()
    collector.stop()
    assert gc.isenabled()
    assert Cycle.freed_on == {threading.get_ident()}


def test_answers_come_in_the_order_of_the_questions(desk: Desk, qtbot: QtBot) -> None:
    runner = Runner(desk)
    told: list[int] = []
    for number in range(20):
        runner.see(lambda _session, given=number: given, then=told.append)
    qtbot.waitUntil(lambda: len(told) == 20)
    assert told == list(range(20))
    runner.stop()


def long_work(held: threading.Event) -> Callable[[Desk, Progress, str], tuple[str, None]]:
    """Work that goes on until it is let go or stopped."""

    def work(_desk: Desk, progress: Progress, name: str) -> tuple[str, None]:
        for _turn in range(2_000):
            if held.wait(0.005):
                break
            progress.at(1, 3)
        return name, None

    return work


def test_of_two_long_works_the_bar_tells_the_one_under_way(desk: Desk, qtbot: QtBot) -> None:
    runner = Runner(desk)
    bar = WorkBar(runner)
    qtbot.addWidget(bar)
    first, second = threading.Event(), threading.Event()
    done: list[str] = []
    runner.start("Export", long_work(first), "first", then=done.append)
    runner.start("Import", long_work(second), "second", then=done.append)
    qtbot.waitUntil(lambda: bar._words.text() == _("Export") and bar._bar.maximum() == 3)
    first.set()
    qtbot.waitUntil(lambda: bar._words.text() == _("Import"))
    assert not bar.isHidden(), "the second can be seen, and stopped"
    second.set()
    qtbot.waitUntil(bar.isHidden)
    assert done == ["first", "second"]
    runner.stop()


def test_cancel_stops_the_work_under_way_and_tells_it(desk: Desk, qtbot: QtBot) -> None:
    runner = Runner(desk)
    told: list[Exception] = []
    runner.told.connect(told.append)
    runner.start("Export", long_work(threading.Event()), "never", then=told.append)
    qtbot.wait(30)
    runner.cancel()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], Cancelled)
    runner.stop()


def test_steps_are_written_in_the_order_they_were_asked_behind_long_work_too(desk: Desk, qtbot: QtBot) -> None:
    runner = Runner(desk)
    held = threading.Event()
    order: list[str] = []
    runner.start("Import", long_work(held), "import", then=order.append)
    runner.do("", lambda _session: "first", then=order.append)
    held.set()
    qtbot.waitUntil(lambda: len(order) >= 1)
    runner.do("", lambda _session: "second", then=order.append)
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["import", "first", "second"]
    runner.stop()


def test_an_error_nobody_foresaw_frees_the_form_that_waits(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: reported.append(kind))
    runner = Runner(desk)
    freed: list[Told] = []

    def broken(_session: Session) -> None:
        raise ZeroDivisionError

    runner.do("Break", broken, failed=freed.append)
    qtbot.waitUntil(lambda: len(freed) == 1)
    assert reported == [ZeroDivisionError]
    assert isinstance(freed[0], Trouble)
    runner.stop()
