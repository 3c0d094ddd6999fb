from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cef_desk.rules.folding import company_key, fold, without_control_marks
from cef_desk.rules.period import Period, add_months, last_day_of_term, months_between
from cef_desk.rules.written_values import (
    WrittenContract,
    WrittenName,
    WrittenRupture,
    contract_kind,
    postcode_and_city,
    rupture_in,
    split_name,
    weekly_hours,
)


@pytest.mark.parametrize(
    ("written", "last", "first"),
    [
        ("DUPONT Marie", "DUPONT", "Marie"),
        ("dupont marie", "dupont", "marie"),
        ("Dupont, Marie", "Dupont", "Marie"),
        ("Mme DUPONT née MARTIN Marie", "DUPONT", "Marie"),
        ("DE LA TOUR Jean-Paul", "DE LA TOUR", "Jean-Paul"),
        ("LE GOFF Anne", "LE GOFF", "Anne"),
        ("N'DIAYE Awa", "N'DIAYE", "Awa"),
    ],
)
def test_a_full_name_is_split_by_its_capitals(written: str, last: str, first: str) -> None:
    assert split_name(written) == WrittenName(last, first)


@pytest.mark.parametrize("written", ["DUPONT", "", "Mme", ", Marie"])
def test_half_a_name_is_not_split(written: str) -> None:
    assert split_name(written) is None


@pytest.mark.parametrize(
    ("written", "kind", "months"),
    [
        ("CI-RMA CDD 6 mois", "CIRMA_CDD", 6),
        ("CDI (CI-RMA)", "CIRMA_CDI", None),
        ("RMA", "CIRMA_CDD", None),
        ("CDD 6 mois", "CDD_6P", 6),
        ("CDD6", "CDD_6P", 6),
        ("CDD 3 mois", "CDD_M6", 3),
        ("CDD", "CDD_M6", None),
        ("CDI", "CDI", None),
        ("C. Avenir", "CA", None),
        ("intérim", "CTT", None),
        ("sais.", "SAISON", None),
    ],
)
def test_a_contract_kind_is_recognised(written: str, kind: str, months: int | None) -> None:
    assert contract_kind(written) == WrittenContract(kind, months)


def test_an_unknown_contract_kind_is_not_guessed() -> None:
    assert contract_kind("bénévolat") is None


@pytest.mark.parametrize(
    ("written", "hours"),
    [("26,5", 26.5), ("26.5", 26.5), ("26h30", 26.5), ("35H", 35.0), ("TC", 35.0), ("mi-temps", 17.5), ("80%", 28.0)],
)
def test_weekly_hours_are_read(written: str, hours: float) -> None:
    assert weekly_hours(written) == hours


@pytest.mark.parametrize(
    ("written", "day", "reason"),
    [
        ("fin PE employeur 28/4/06", date(2006, 4, 28), "ESSAI_EMP"),
        ("fin essai salarié 28/04/2006", date(2006, 4, 28), "ESSAI_SAL"),
        ("démission le 02.05.06", date(2006, 5, 2), "DEMISSION"),
        ("03/05/2006", date(2006, 5, 3), "INCONNU"),
    ],
)
def test_a_rupture_is_proposed_from_free_text(written: str, day: date, reason: str) -> None:
    assert rupture_in(written, date(2006, 11, 30)) == WrittenRupture(day, reason)


def test_a_text_without_day_proposes_no_rupture() -> None:
    assert rupture_in("tout va bien", date(2006, 11, 30)) is None


def test_a_postcode_and_its_city_are_parted() -> None:
    assert postcode_and_city("49000 ANGERS") == ("49000", "ANGERS")
    assert postcode_and_city("Cholet") == ("", "Cholet")


def test_names_fold_alike_whatever_their_accents_case_and_ligatures() -> None:
    assert fold("Œuvrard-N’Diaye") == fold("OEUVRARD n diaye") == "oeuvrard n diaye"
    assert company_key("SARL Exemple Maçonnerie") == company_key("exemple maconnerie")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_control_marks_leave_a_text_and_newlines_stay() -> None:
    assert without_control_marks("a\0b\x07\nc") == "ab\nc"


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 40))
def test_a_term_of_months_is_told_back_from_its_last_day(start: date, months: int) -> None:
    assert months_between(start, last_day_of_term(start, months)) == months


def test_a_month_ends_where_the_calendar_says() -> None:
    assert Period.month(2006, 2).last == date(2006, 2, 28)
    assert add_months(date(2006, 1, 31), 1) == date(2006, 2, 28)
