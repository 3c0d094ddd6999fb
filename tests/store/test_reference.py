import pytest

from cef_desk.store.reference import Reference, reference_entries, search_reference


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        (Reference.COMMUNE, "longue jumelles", "Longué-Jumelles"),
        (Reference.COMMUNE, "TRELAZE", "Trélazé"),
        (Reference.FORMER_COMMUNE, "beaupreau", "Beaupréau"),
        (Reference.ROME, "nettoyage locaux", "Nettoyage de locaux"),
        (Reference.APPELLATION, "macon", "Maçon"),
        (Reference.NAF_REV2, "78.20Z", "temporaire"),
        (Reference.SIZE_BAND, "6 a 9", "6 à 9 salariés"),
        (Reference.DIPLOMA, "baccalaureat", "Baccalauréat"),
    ],
)
def test_an_entry_is_found_without_accents_by_the_start_of_its_words(name: Reference, typed: str, found: str) -> None:
    assert any(found.casefold() in entry.label.casefold() for entry in search_reference(name, typed))


@pytest.mark.parametrize("typed", ["", "%", "_", "'", "zzzz", "a" * 10_000, "\x00"])
def test_odd_words_find_nothing_and_break_nothing(typed: str) -> None:
    assert search_reference(Reference.COMMUNE, typed) == []


def test_a_postcode_leads_to_its_communes_and_a_commune_to_its_place() -> None:
    assert {entry.label for entry in reference_entries(Reference.POSTCODE, "49000")} >= {"Angers"}
    assert len(reference_entries(Reference.POSTCODE, "49160")) >= 1
    [angers] = reference_entries(Reference.COMMUNE, "49007")
    assert (round(angers.latitude or 0), round(angers.longitude or 0)) == (47, -1)
    assert reference_entries(Reference.COMMUNE, "00000") == []


def test_every_job_of_the_demonstration_is_in_rome() -> None:
    from cef_desk.exchange.demo.words import JOBS

    assert all(reference_entries(Reference.ROME, code) for jobs in JOBS.values() for code, _name in jobs)


def test_the_lists_are_whole() -> None:
    assert len(search_reference(Reference.SIZE_BAND, "salaries", 100)) == 15
    assert len(reference_entries(Reference.DIPLOMA, "I")) == 2
