"""The classes of the CNIL, délibération 2022-100."""

import pytest

from cef_desk.rules.passwords import ADVICE, Strength, strength


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("", Strength.NONE),
        ("azerty", Strength.WEAK),
        ("Azertyuiop1", Strength.NEAR),
        ("Azertyuiop1!", Strength.STRONG),
        ("Azertyuiop12", Strength.NEAR),
        ("Azertyuiop1234", Strength.STRONG),
        ("azertyuiopqsdf", Strength.NEAR),
        ("une phrase à moi", Strength.NEAR),
        ("la pie verte mange sept poires rouges demain", Strength.STRONG),
        ("la la la la la la la", Strength.WEAK),
        ("Aa1!Aa1!Aa1!Aa1!", Strength.WEAK),
    ],
)
def test_a_password_is_as_strong_as_its_class(password: str, found: Strength) -> None:
    assert strength(password) == found
    assert found in ADVICE
