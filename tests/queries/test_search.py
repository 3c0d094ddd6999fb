"""Search and filters on anything people can type: no error, and nothing that is there stays unfound."""

import random
import string
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.actions.settings import CounsellorDraft, set_counsellor
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.company import Company
from cef_desk.model.holder import Holder
from cef_desk.model.pathway import Pathway
from cef_desk.queries.companies import companies
from cef_desk.queries.people import people
from cef_desk.queries.search import Found, last_seen, search
from cef_desk.queries.selection import all_ids, count
from cef_desk.rules.folding import fold
from cef_desk.store.desk import Desk
from tests.asked import asked
from tests.conftest import DEMO_DAY, TODAY, sit_down
from tests.make import Maker

STRINGS = 20_000
_ODD = "éèêëàâäïîôöùûüçœæÉŒ’'- .,;:!?%_*\"()[]{}<>&|^~#@/\\\t\n\u00a0\u202f\u0301😀漢عر\u200f0123456789"


@pytest.fixture(scope="module")
def shared_demo(demo_file: object) -> Iterator[Desk]:
    desk = sit_down(demo_file)  # type: ignore[arg-type]  # the path of the session's file
    yield desk
    desk.close()


def names(desk: Desk) -> list[tuple[int, str, str]]:
    """(pathway, last name, first name) of everybody."""

    def read(session: Session) -> list[tuple[int, str, str]]:
        rows = session.execute(
            select(Pathway.id, Beneficiary.last_name, Beneficiary.first_name).join(
                Beneficiary, Beneficiary.id == Pathway.beneficiary_id
            )
        )
        return [(row[0], row[1], row[2]) for row in rows]

    return desk.see(read)


def any_string(chance: random.Random, words: list[str]) -> str:
    """Noise, a word of the base, a word with its case and accents changed, or both mixed."""
    noise = "".join(chance.choice(string.ascii_letters + _ODD) for _n in range(chance.randint(0, 14)))
    word = chance.choice(words)
    return chance.choice(
        (noise, word[: chance.randint(1, len(word))], word.upper(), fold(word), f"{word} {noise}", f" {word}  ")
    )


def test_twenty_thousand_strings_fail_nowhere_and_the_list_holds_what_the_words_say(shared_demo: Desk) -> None:
    chance = random.Random(4)  # noqa: S311  the same strings each time
    everybody = names(shared_demo)
    words = sorted({word for _key, last, first in everybody for word in (last, first)})
    folded = {key: f"{fold(last)} {fold(first)}".split() for key, last, first in everybody}

    def ask(session: Session) -> None:
        for turn in range(STRINGS):
            typed = any_string(chance, words)
            wanted = fold(typed).split()
            if turn % 10:
                assert count(session, people(asked(typed=typed))) >= 0
                continue
            found = set(all_ids(session, people(asked(typed=typed))))
            if not wanted:
                assert len(found) == len(everybody), "signs alone ask for nothing"
                continue
            by_name = {key for key, parts in folded.items() if all(any(p.startswith(w) for p in parts) for w in wanted)}
            assert by_name <= found, typed
            search(session, typed, 1, DEMO_DAY)
            count(session, companies(asked(typed=typed)))

    shared_demo.see(ask)


def test_a_name_typed_with_one_slip_is_among_the_first_found(shared_demo: Desk) -> None:
    chance = random.Random(5)  # noqa: S311  as above
    for key, last, first in chance.sample(names(shared_demo), 60):
        if len(last) < 6 or " " in last:
            continue
        place = chance.randrange(1, len(last) - 1)
        slipped = chance.choice((
            last[:place] + last[place + 1 :],
            last[:place] + last[place + 1] + last[place] + last[place + 2 :],
            last[:place] + "x" + last[place + 1 :],
            last[:place] + "x" + last[place:],
        ))  # fmt: skip
        hits = shared_demo.see(search, f"{slipped} {first}", 1, DEMO_DAY)
        titles = [hit.title for hit in hits if hit.found is Found.PERSON]
        assert any(first in title for title in titles), (slipped, first, titles, key)


def test_a_company_is_found_with_one_slip_in_its_whole_name_short_words_or_not(shared_demo: Desk) -> None:
    names = shared_demo.see(lambda session: list(session.scalars(select(Company.name).order_by(Company.id))))
    rng = random.Random(49)  # noqa: S311  as above
    missed = []
    for name in rng.sample(names, 120):
        words = name.split()
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        word, cut = words[longest], rng.randrange(1, len(words[longest]) - 1)
        words[longest] = rng.choice((
            word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :], word[:cut] + word[cut + 1 :],
            word[:cut] + word[cut] + word[cut:], word[:cut] + "x" + word[cut + 1 :],
        ))  # fmt: skip
        if name not in {hit.title for hit in shared_demo.see(search, " ".join(words), 1, DEMO_DAY)}:
            missed.append((name, " ".join(words)))
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("typed", ["El Amrni", "Gei", "Dorde", "da sliva", "ma\u200brcel"])
def test_short_words_letters_barred_and_unseen_signs_hide_nobody(desk: Desk, make: Maker, typed: str) -> None:
    for last, first in (
        ("El Amrani", "Edwige"),
        ("Geai", "Luc"),
        ("Petit", "Đorđe"),
        ("Da Silva", "Al"),
        ("X", "Marcel"),
    ):
        make.pathway(last, first)
    assert len(desk.see(search, typed, 1, DEMO_DAY)) == 1


def test_a_person_of_several_pathways_is_found_once_by_the_latest(desk: Desk, make: Maker) -> None:
    first = make.pathway("Ajonc")

    def again(session: Session) -> int:
        pathway = session.get(Pathway, first)
        assert pathway is not None
        row = Pathway(beneficiary_id=pathway.beneficiary_id, entered_on=DEMO_DAY)
        session.add(row)
        session.flush()
        return row.id

    latest, _changes = desk.do("Again", again)
    assert [hit.pathway_id for hit in desk.see(search, "ajonc", 1, DEMO_DAY)] == [latest]


def test_with_nothing_typed_come_the_last_people_and_companies_met(shared_demo: Desk) -> None:
    hits = shared_demo.see(last_seen, 1, DEMO_DAY)
    assert len(hits) == 10
    assert len({(hit.pathway_id, hit.company_id) for hit in hits}) == 10
    assert shared_demo.see(search, "  ...  ", 1, DEMO_DAY) == []


def test_a_company_is_found_by_its_name_and_its_commune(shared_demo: Desk) -> None:
    def some(session: Session) -> tuple[str, str]:
        row = session.execute(select(Company.name, Company.city).where(Company.city != "Angers").limit(1)).one()
        return row[0], row[1]

    name, city = shared_demo.see(some)
    hits = shared_demo.see(search, f"{name.upper()} {city}", 1, DEMO_DAY)
    assert next(hit.title for hit in hits if hit.found is Found.COMPANY) == name


def test_ones_own_people_come_first_and_of_the_others_it_is_said_whose_they_are(desk: Desk) -> None:
    made = Maker(desk)
    colleague = CounsellorDraft(counsellor_id=None, code="CEF02", name="Denis Lierre", is_manager=False, active=True)
    other, _changes = desk.do("Counsellor", set_counsellor, colleague, TODAY)
    theirs, mine = made.pathway("Dahlia", "Albert"), made.pathway("Dahlia", "Zoé")

    def give(session: Session) -> None:
        session.scalars(select(Holder).where(Holder.pathway_id == theirs)).one().counsellor_id = other

    desk.do("Give", give)
    assert [(hit.pathway_id, hit.holder) for hit in desk.see(search, "dahlia", 1, TODAY)] == [
        (mine, ""), (theirs, "CEF02"),
    ]  # fmt: skip
