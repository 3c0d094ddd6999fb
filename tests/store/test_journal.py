"""Journal, undo and redo: thirty steps by hand, and any steps at random."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from cef_desk.actions.interactions import MeetingDraft, record_meeting
from cef_desk.errors import Refusal
from cef_desk.model.base import record_classes
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.interaction import Interaction
from cef_desk.model.journal_entry import JournalRow
from cef_desk.rules.kinds import Medium, Outcome
from cef_desk.store.desk import UNDO_DEPTH, Desk
from cef_desk.store.journal import broken_at, erase_values
from tests.conftest import TODAY, sit_down
from tests.make import Maker

State = dict[str, list[dict[str, Any]]]


def state(desk: Desk) -> State:
    """Every record as it is, but for its version, which only goes on."""

    def read(session: Session) -> State:
        return {
            name: [
                {column: value for column, value in row.items() if column != "version"}
                for row in session.execute(select(kind.table()).order_by(kind.id)).mappings()
            ]
            for name, kind in record_classes().items()
        }

    return desk.see(read)


def broken(desk: Desk) -> int | None:
    return desk.see(lambda session: broken_at(session.connection()))


def rename(session: Session, key: int, name: str) -> None:
    person = session.get(Beneficiary, key)
    assert person is not None
    person.last_name = name


def remove_meeting(session: Session, key: int) -> None:
    session.delete(session.get(Interaction, key))


def test_thirty_steps_go_back_and_forth_and_the_chain_holds(desk: Desk, make: Maker) -> None:
    states = [state(desk)]
    pathway = make.pathway("Bruyère", "Sonia")
    states.append(state(desk))
    meetings: list[int] = []
    for number in range(9):
        draft = MeetingDraft(
            pathway_id=pathway, counsellor_id=1, at=datetime(2006, 11, 1 + number, 9), minutes=30,
            medium=Medium.OFFICE, outcome=Outcome.HELD, note=f"note {number}",
        )  # fmt: skip
        meetings.append(desk.do("Record meeting", record_meeting, draft, TODAY)[0])
        states.append(state(desk))
        desk.do("Rename", rename, 1, f"Bruyère {number}")
        states.append(state(desk))
    for key in meetings[:5]:
        desk.do("Remove", remove_meeting, key)
        states.append(state(desk))
    contract = make.contract(pathway)
    states.append(state(desk))
    make.rupture(contract, date(2006, 4, 1))
    states.append(state(desk))
    make.exit(pathway, date(2006, 11, 20))
    states.append(state(desk))
    for name in ("X", "Y", "Z"):
        desk.do("Rename", rename, 1, name)
        states.append(state(desk))
    assert len(states) == 31
    assert broken(desk) is None
    for earlier in reversed(states[:-1]):
        desk.undo()
        assert state(desk) == earlier
    assert desk.undo_label is None
    for later in states[1:]:
        desk.redo()
        assert state(desk) == later
    for earlier in reversed(states[10:-1]):
        desk.undo()
        assert state(desk) == earlier
    assert broken(desk) is None
    kept = state(desk)
    with desk._writing.begin() as session:
        erase_values(session.connection(), "beneficiary", 1)
    assert state(desk) == kept
    assert broken(desk) is None


def test_erasing_the_values_of_a_row_keeps_the_chain_and_ends_its_undo(desk: Desk, make: Maker) -> None:
    make.pathway("Bruyère")
    desk.do("Rename", rename, 1, "Secret")
    desk.do("Rename", rename, 1, "Autre")
    with desk._writing.begin() as session:
        erase_values(session.connection(), "beneficiary", 1)
    kept = desk.see(lambda session: session.scalars(select(JournalRow.before)).all())
    assert not any(text and ("Secret" in text or "Bruyère" in text) for text in kept)
    assert broken(desk) is None
    with pytest.raises(Refusal):
        desk.undo()


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE journal_row SET before = replace(before, 'Bruy', 'Brio') WHERE before LIKE '%Bruy%'",
        "UPDATE journal_row SET digest = digest || 'f' WHERE id = 3",
        "UPDATE journal_step SET at = '2001-01-01 00:00:00.000000' WHERE sequence = 2",
        "UPDATE journal_step SET label = 'Other' WHERE sequence = 3",
        "UPDATE journal_step SET counsellor_id = 9 WHERE sequence = 3",
        "DELETE FROM journal_row WHERE step_sequence = 3",
        "UPDATE journal_row SET salt = NULL, before = '{}' WHERE before LIKE '%Bruy%'",
        "INSERT INTO journal_row (step_sequence, table_name, digest) VALUES (2, 'unit', 'x')",
    ],
)
def test_whatever_is_touched_in_the_journal_is_found(desk: Desk, make: Maker, touch: str) -> None:
    make.pathway("Bruyère")
    desk.do("Rename", rename, 1, "Autre")
    desk.do("Rename", rename, 1, "Encore")
    assert broken(desk) is None
    with desk._writing.begin() as session:
        assert session.connection().execute(text(touch)).rowcount > 0
    assert broken(desk) is not None


def test_undo_is_refused_when_somebody_changed_the_same_record_since(desk: Desk, make: Maker, file: Path) -> None:
    make.pathway("Bruyère")
    desk.do("Rename", rename, 1, "Mien")
    other = Desk.open(file, str, alone=False)  # as another counsellor on a shared base
    other.counsellor_id = 1
    other.do("Rename", rename, 1, "Sien")
    before = state(desk)
    with pytest.raises(Refusal, match="changed the same record") as refusal:
        desk.undo()
    assert refusal.value.values["who"] == "CEF01"
    assert state(desk) == before
    other.undo()
    desk.undo()
    assert state(desk)["beneficiary"][0]["last_name"] == "Bruyère"
    other.close()


def test_a_birth_that_something_refers_to_cannot_be_undone(desk: Desk, make: Maker, file: Path) -> None:
    pathway = make.pathway("Bruyère")
    other = Desk.open(file, str, alone=False)  # as another counsellor on a shared base
    other.counsellor_id = 1
    Maker(other).meeting(pathway, datetime(2006, 11, 3, 9))
    other.close()
    with pytest.raises(Refusal, match="refers to it"):
        desk.undo()
    assert len(state(desk)["pathway"]) == 1


def test_a_form_opened_before_an_undo_cannot_save_over_what_came_after(desk: Desk, make: Maker) -> None:
    make.pathway("Bruyère")

    def version(session: Session) -> int:
        return session.scalars(select(Beneficiary.version)).one()

    seen = [desk.see(version)]
    for step in (lambda: desk.do("Rename", rename, 1, "A"), desk.undo, desk.redo):
        step()
        seen.append(desk.see(version))
    assert seen == sorted(set(seen))


def test_undo_forgets_the_oldest_of_its_steps_and_a_new_step_ends_redo(desk: Desk, make: Maker) -> None:
    make.pathway("Bruyère")
    for number in range(UNDO_DEPTH + 5):
        desk.do("Rename", rename, 1, f"N{number}")
    for _turn in range(UNDO_DEPTH):
        desk.undo()
    assert desk.undo_label is None
    assert desk.redo_label == "Rename"
    desk.do("Rename", rename, 1, "Neuf")
    assert desk.redo_label is None


def test_a_step_that_changes_nothing_is_not_written(desk: Desk, make: Maker) -> None:
    make.pathway("Bruyère")
    _none, changes = desk.do("Rename", rename, 1, "Bruyère")
    assert changes.sequence is None
    assert desk.undo_label == "Make a pathway"


def test_an_action_that_fails_leaves_nothing(desk: Desk, make: Maker) -> None:
    make.pathway("Bruyère")
    before = state(desk)

    def half(session: Session) -> None:
        rename(session, 1, "Moitié")
        session.flush()
        raise Refusal("no")

    with pytest.raises(Refusal):
        desk.do("Half", half)
    assert state(desk) == before
    assert desk.undo_label == "Make a pathway"


def test_a_bulk_statement_past_the_journal_is_refused(desk: Desk, make: Maker) -> None:
    make.pathway("Bruyère")
    with pytest.raises(RuntimeError, match="pass by the journal"):
        desk.do("Bulk", lambda session: session.execute(update(Beneficiary).values(last_name="x")))


def test_order_is_by_sequence_even_when_the_clock_goes_back(file: Path) -> None:
    times = iter([datetime(2026, 1, 2), datetime(2025, 1, 1), datetime(2024, 1, 1)])
    desk = Desk.open(file, str, clock=lambda: next(times))
    desk.counsellor_id = 1
    make = Maker(desk)
    make.pathway("Un")
    make.pathway("Deux")
    assert broken(desk) is None
    assert desk.see(lambda session: session.scalars(text("SELECT sequence FROM journal_step")).all()) == [1, 2, 3]
    desk.close()


@dataclass
class _Life:
    desk: Desk
    past: list[State]
    future: list[State]


GESTURES = st.lists(
    st.tuples(
        st.sampled_from(["person", "meeting", "rename", "remove", "undo", "undo", "redo", "erase", "check"]),
        st.integers(0, 5),
    ),
    min_size=5,
    max_size=30,
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(gestures=GESTURES)
def test_any_gestures_undone_give_back_what_was(
    gestures: list[tuple[str, int]], empty_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("life") / "life.cefdesk"
    path.write_bytes(empty_file.read_bytes())
    life = _Life(sit_down(path), [], [])
    for gesture, number in gestures:
        _live(life, gesture, number)
    desk = life.desk
    assert broken(desk) is None
    while desk.undo_label is not None:
        desk.undo()
        assert state(desk) == life.past.pop()
    assert broken(desk) is None
    desk.close()
    path.unlink()


def _live(life: _Life, gesture: str, number: int) -> None:
    desk, before = life.desk, state(life.desk)
    people, meetings = before["beneficiary"], before["interaction"]
    match gesture:
        case "person":
            Maker(desk).pathway(f"P{number}")
        case "meeting" if people:
            Maker(desk).meeting(before["pathway"][number % len(people)]["id"], datetime(2006, 11, 1 + number, 9))
        case "rename" if people:
            desk.do("Rename", rename, people[number % len(people)]["id"], f"R{number}")
        case "remove" if meetings:
            desk.do("Remove", remove_meeting, meetings[number % len(meetings)]["id"])
        case "undo" if life.past:
            desk.undo()
            life.future.append(before)
            assert state(desk) == life.past.pop()
            return
        case "redo" if life.future:
            desk.redo()
            life.past.append(before)
            assert state(desk) == life.future.pop()
            return
        case "erase" if people:
            with desk._writing.begin() as session:
                erase_values(session.connection(), "beneficiary", people[number % len(people)]["id"])
            assert broken(desk) is None
            assert state(desk) == before
            path = desk.path
            desk.close()
            life.desk = sit_down(path)
            life.past.clear()
            life.future.clear()
            return
        case "check":
            assert broken(desk) is None
            return
    if state(desk) != before:
        life.past.append(before)
        life.future.clear()
