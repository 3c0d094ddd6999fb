"""The day told at the head of design/screens.md, as far as it exists, played with key presses alone.

`python -m tests.journeys.day FILE` plays it on a copy of a base and prints the keys of each step.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.holder import Holder
from cef_desk.model.interaction import Interaction
from cef_desk.model.pathway import Pathway
from cef_desk.queries.diary import appointments
from cef_desk.queries.search import records_found
from cef_desk.queries.sitting import sitting
from cef_desk.queries.to_do import to_do
from cef_desk.rules.alerts import AlertCode
from cef_desk.rules.kinds import CallResult, Channel, Kind, Medium, Outcome
from cef_desk.settings import Settings
from cef_desk.store.desk import Desk
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.runner import Runner
from cef_desk.ui.main_window import MainWindow
from cef_desk.ui.meetings.day_entry import DayEntryForm
from cef_desk.ui.today.reach import ReachForm
from cef_desk.ui.today.words import CHECK_UPS
from tests.ui.keys import press, type_text

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


@dataclass
class Keys:
    """Presses keys where the cursor is, and counts them; words of notes, and lines gone down, are counted apart."""

    count: int = 0
    words: int = 0
    lines: int = 0
    told: list[tuple[str, int, int, int, float]] = field(default_factory=list)
    since: float = field(default_factory=time.perf_counter)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, alone or with others held."""
        self.count += 1
        press(key, modifiers)

    def down(self) -> None:
        """One line further in a list, however long it is."""
        self.lines += 1
        press(Qt.Key.Key_Down)

    def letters(self, text: str) -> None:
        """Letters that find or choose something: each is a key."""
        self.count += len(text)
        type_text(text)

    def note(self, text: str) -> None:
        """What is to be said: words that any program would need."""
        self.words += len(text)
        type_text(text)

    def step(self, name: str) -> int:
        """Ends a step and gives its keys."""
        keys, now = self.count, time.perf_counter()
        self.told.append((name, keys, self.words, self.lines, now - self.since))
        self.count = self.words = self.lines = 0
        self.since = now
        return keys


def play(desk: Desk, window: MainWindow, today: date) -> Keys:
    """Plays the day of the counsellor who sits there; every step lands where the story says."""
    keys, who = Keys(), window.seat.sitting.counsellor_id
    _person, name, letters = desk.see(_somebody, who, today)
    companies = desk.see(_companies, today)
    keys.since = time.perf_counter()
    person = _morning(keys, desk, window, name, letters)
    _appointments(keys, desk, window, today, letters)
    _road(keys, desk, window, today, companies)
    _evening(keys, desk, window, today, letters)
    assert "déposer" in desk.see(_latest, person)[-1].note
    keys.key(Qt.Key.Key_Z, CTRL)
    assert "déposer" not in desk.see(_latest, person)[-1].note
    keys.step("17:25  taken back")
    return keys


def _morning(keys: Keys, desk: Desk, window: MainWindow, name: str, letters: str) -> int:
    """The laptop opens, somebody comes in, four calls; gives the pathway."""
    _reach(window, "go_today")
    assert window.pages.today.to_do.count() > 0
    assert window.pages.today.isVisible(), "the day is there as the file opens"
    keys.step("08:45  Ma journée is there")

    keys.key(Qt.Key.Key_K, CTRL)
    keys.letters(letters)
    _wait(lambda: any(name in line.text for line in window.top.search.lines()))
    keys.key(ENTER)
    chosen = window.pages.beneficiaries.chosen()
    assert chosen is not None
    assert name.split(maxsplit=1)[0] == chosen.last_name, "the first found is the one that is meant"
    person: int = chosen.id
    keys.step("09:00  find somebody")

    keys.key(Qt.Key.Key_E, CTRL)
    keys.note("Le travail lui plaît. Elle veut rester après l’essai.")
    keys.key(ENTER, CTRL)
    held = desk.see(_latest, person)
    assert [(row.kind, row.outcome) for row in held][-2:] == [(Kind.MEETING, Outcome.HELD), (Kind.MEETING, None)] or (
        held[-1].outcome == Outcome.HELD
    ), "the meeting, and the next appointment unless one was planned"
    assert keys.step("09:20  note the meeting, next one proposed") <= 8

    for turn in range(4):
        keys.key(Qt.Key.Key_E, CTRL)
        keys.note(f"tel jointe, rappel {turn + 1}.")
        keys.key(ENTER, CTRL)
        if window._side.form is not None:  # the same minute as the call before: asked about, and meant
            keys.key(ENTER, CTRL)
        assert window._side.form is None
        assert desk.see(_latest, person)[-1].call_result == CallResult.REACHED
        assert keys.step("10:30  a phone call") <= 8
    assert desk.see(_latest, person)[-1].medium == Medium.PHONE
    return person


def _appointments(keys: Keys, desk: Desk, window: MainWindow, today: date, letters: str) -> None:
    """One is made for tonight, and nobody comes."""
    who = window.seat.sitting.counsellor_id
    keys.key(Qt.Key.Key_F7)
    keys.key(Qt.Key.Key_R, CTRL)
    if not window._side.form._who.isHidden():  # type: ignore[union-attr]  # the form of an appointment
        keys.letters(letters)
        keys.key(ENTER)
    keys.letters("t")
    keys.key(Qt.Key.Key_Tab)
    keys.letters("23")
    keys.key(ENTER, CTRL)
    _accept(keys, window)
    late = [each for each in desk.see(appointments, who, today) if each.outcome is None]
    assert late[-1].at.hour == 23
    keys.step("11:00  an appointment for tonight")

    keys.key(Qt.Key.Key_F2)
    while not window.pages.today.diary.hasFocus():
        keys.key(Qt.Key.Key_Backtab, SHIFT)
    while not _is_current(window, late[-1].id):
        keys.down()
    keys.key(Qt.Key.Key_N)
    assert desk.see(_outcome, late[-1].id) == Outcome.MISSED
    form = window._side.form
    assert isinstance(form, ReachForm), "what is sent is prepared in the way that reaches her"
    assert form._chosen in {Channel.SMS, Channel.PHONE}
    keys.key(ENTER, CTRL)
    assert window._side.form is None
    keys.step("17:00  did not come: one key, and what is sent")


def _road(keys: Keys, desk: Desk, window: MainWindow, today: date, companies: Sequence[str]) -> None:
    """Back from the road: three visits in one grid."""
    who = window.seat.sitting.counsellor_id
    before = desk.see(_visits, who, today)
    keys.key(Qt.Key.Key_J, CTRL)
    assert isinstance(window._side.form, DayEntryForm)
    for hour, letters in zip(("14", "15", "16"), companies, strict=True):
        keys.letters(hour)
        keys.key(Qt.Key.Key_Tab)
        keys.letters(letters)
        keys.key(ENTER)
        for _cell in range(3):
            keys.key(Qt.Key.Key_Tab)
        keys.note("Cherche une vendeuse, horaires coupés.")
        keys.key(Qt.Key.Key_Tab)
    keys.key(ENTER, CTRL)
    _accept(keys, window)
    assert desk.see(_visits, who, today) == before + 3
    keys.step("16:45  back: three visits in one grid")


def _evening(keys: Keys, desk: Desk, window: MainWindow, today: date, letters: str) -> None:
    """A follow-up that was due, and somebody who passed by."""
    who = window.seat.sitting.counsellor_id
    window.pages.today.to_do.setFocus()
    _to_line(keys, window, CHECK_UPS | {AlertCode.RUPTURE})
    asked = window.pages.today.to_do.current_key()
    assert asked in desk.see(to_do, who, today)
    keys.key(ENTER)
    keys.note("Ponctuelle, à l’aise avec la clientèle.")
    keys.key(ENTER, CTRL)
    assert window._side.form is None
    assert asked not in desk.see(to_do, who, today), "what was asked for is settled at once"
    keys.step("17:10  what was due")

    keys.key(Qt.Key.Key_F3)
    keys.key(Qt.Key.Key_F4)
    keys.key(Qt.Key.Key_E, CTRL)
    keys.letters(letters)
    keys.key(ENTER)
    keys.note("Passée déposer son CV.")
    keys.key(ENTER, CTRL)
    _accept(keys, window)
    assert keys.step("17:20  a meeting from nothing") <= 25


def _somebody(session: Session, counsellor_id: int, today: date) -> tuple[int, str, str]:
    """Somebody of the caseload whom the first letters of the name find first."""
    rows = session.execute(
        select(Pathway.id, Beneficiary.last_name, Beneficiary.first_name, Beneficiary.sort_key)
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .join(Holder, Holder.pathway_id == Pathway.id)
        .where(Holder.counsellor_id == counsellor_id, Holder.to_on.is_(None), Pathway.entered_on < today)
        .order_by(Beneficiary.sort_key)
    ).all()
    for row in rows:
        for length in range(4, len(row.last_name) + 1):
            start = row.sort_key[:length]
            first = session.scalar(
                select(func.min(Beneficiary.sort_key)).where(Beneficiary.sort_key.startswith(start, autoescape=True))
            )
            if first == row.sort_key:
                return row.id, f"{row.last_name} {row.first_name}", start.replace("\t", " ")
    raise LookupError


def _companies(session: Session, today: date) -> list[str]:
    """What is typed to find three companies first: as few letters as it takes."""
    found: list[str] = []
    for name, key in session.execute(select(Company.name, Company.id).order_by(Company.id)):
        for length in range(4, len(name) + 1):
            hits = records_found(session, name[:length], 1, today)
            if hits and hits[0].company_id == key:
                found.append(name[:length])
                break
        if len(found) == 3:
            return found
    raise LookupError


def _visits(session: Session, counsellor_id: int, day: date) -> int:
    return sum(each.kind == Kind.PROSPECTION for each in appointments(session, counsellor_id, day))


def _latest(session: Session, pathway_id: int) -> list[Interaction]:
    rows = list(
        session.scalars(select(Interaction).where(Interaction.pathway_id == pathway_id).order_by(Interaction.id))
    )
    session.expunge_all()
    return rows


def _outcome(session: Session, interaction_id: int) -> str | None:
    return session.scalar(select(Interaction.outcome).where(Interaction.id == interaction_id))


def _reach(window: MainWindow, page: str) -> None:
    assert window.navigation.page() == page
    window.page().take_focus()


def _wait(done: Callable[[], bool]) -> None:
    until = time.perf_counter() + 20
    while not done():
        assert time.perf_counter() < until, "nothing was answered"
        QApplication.processEvents()


def _accept(keys: Keys, window: MainWindow) -> None:
    """What is asked about is meant."""
    for _turn in range(3):
        if window._side.form is not None:
            keys.key(ENTER, CTRL)
    assert window._side.form is None


def _is_current(window: MainWindow, interaction_id: int) -> bool:
    key = window.pages.today.diary.current_key()
    return getattr(key, "id", None) == interaction_id


def _to_line(keys: Keys, window: MainWindow, codes: Collection[AlertCode]) -> None:
    """Goes down to the first line of some rules."""
    view = window.pages.today.to_do
    keys.key(Qt.Key.Key_Home)
    for _row in range(view.count()):
        key = view.current_key()
        if key is not None and key.alert.code in codes:  # type: ignore[attr-defined]  # a line of the list
            return
        keys.down()
    raise LookupError(codes)


def open_window(desk: Desk, today: date) -> MainWindow:
    """The window, as it opens for the first time on this computer."""
    seat = Seat(Runner(desk, inline=True), desk.see(sitting), today, Settings())
    window = MainWindow(seat, desk.path.name)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


def main() -> None:
    """Plays the day on a copy of a base."""
    from cef_desk.app import speak
    from cef_desk.ui.kit import theme

    app = QApplication([*sys.argv[:1], "-platform", "offscreen", "-style", "Fusion"])
    app.setOrganizationName("cef-desk-day")
    speak(app)
    theme.wear(app, "light", 100)
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        copy = Path(shutil.copy(sys.argv[1], Path(folder) / "jour.cefdesk"))
        desk = Desk.open(copy, str)
        today = desk.see(sitting).frozen_today or date(2008, 1, 31)
        desk.counsellor_id = desk.see(sitting).counsellor_id
        window = open_window(desk, today)
        for name, keys, words, lines, seconds in play(desk, window, today).told:
            told = (
                f"{name:<44}{keys:>4} keys {words:>4} letters of notes {lines:>4} lines down {seconds * 1000:>6.0f} ms"
            )
            print(told)  # noqa: T201
        window.close()
        desk.close()


if __name__ == "__main__":
    main()
