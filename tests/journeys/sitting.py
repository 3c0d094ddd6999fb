"""A program on an encrypted file, and what a test asks of it."""

from typing import Any

from cef_desk.app import Program
from cef_desk.ui.kit.form import Form
from cef_desk.ui.main_window import MainWindow


def window_of(program: Program) -> MainWindow:
    assert isinstance(program.window, MainWindow)
    return program.window


def is_open(program: Program) -> bool:
    return program.window is not None


def form_of(program: Program) -> Form[Any]:
    form = window_of(program)._side.form
    assert form is not None
    return form


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def left_alone(program: Program, clock: Clock, seconds: int) -> None:
    """Lets a virtual clock go on, second by second."""
    program._idle._clock = clock
    program._idle.start()
    for _second in range(seconds):
        clock.now += 1
        program._idle.look()
