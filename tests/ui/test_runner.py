import gc
import threading
from typing import ClassVar

from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cef_desk.store.desk import Desk
from cef_desk.ui.kit.collector import WindowThreadCollector
from cef_desk.ui.kit.runner import Runner


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
