"""Words to think over are found whatever their case, accents or hyphens, as whole words; a NIR by its form."""

import pytest

from cef_desk.exchange.starting_lists import starting_lists
from cef_desk.rules.kinds import ListName, Sensitive
from cef_desk.rules.sensitive_words import SensitiveWord, sensitive_word

LISTED = [
    SensitiveWord(entry.label, Sensitive(entry.family))
    for entry in starting_lists()
    if entry.list_name == ListName.SENSITIVE_WORD and entry.family
]


@pytest.mark.parametrize(
    ("text", "found", "family"),
    [
        ("Parle d’un CANCER.", "CANCER", Sensitive.HEALTH),
        ("Elle est dépressive, dit-elle", "dépressive", Sensitive.HEALTH),
        ("placé en garde-à-vue hier", "garde-à-vue", Sensitive.JUSTICE),
        ("Casier judiciaire ?", "Casier judiciaire", Sensitive.JUSTICE),
        ("famille Rom.", "Rom", Sensitive.ORIGIN),
        ("n° 2 55 08 14 168 025 38", "2 55 08 14 168 025 38", Sensitive.NIR),
        ("185054958815780", "185054958815780", Sensitive.NIR),
        ("1 85 05 49 588 157", "1 85 05 49 588 157", Sensitive.NIR),
        ("né en Corse : 1 85 05 2A 588 157", "1 85 05 2A 588 157", Sensitive.NIR),
    ],
)
def test_a_word_to_think_over_is_told_as_it_was_typed(text: str, found: str, family: Sensitive) -> None:
    assert sensitive_word(text, LISTED) == SensitiveWord(found, family)


@pytest.mark.parametrize(
    "text",
    [
        "", "Lit des romans, cherche à la droguerie.", "Tél. 02 41 00 12 34 ou 06 12 34 56 78.", "Vend des alcools.",
        "SIRET 732 829 320 00074", "À l’origine de la demande : le CCAS.", "Pas de port de charges.",
    ],
)  # fmt: skip
def test_the_words_of_work_are_let_through(text: str) -> None:
    assert sensitive_word(text, LISTED) is None


def test_every_word_of_the_list_is_found_in_a_note() -> None:
    for word in LISTED:
        typed = word.words.removesuffix("*")
        assert sensitive_word(f"dit : {typed}, oui", LISTED) is not None, typed
