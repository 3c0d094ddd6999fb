"""How strong a password must be."""

from cef_desk.errors import Refusal
from cef_desk.i18n import N_

SHORTEST = 12
"""CNIL, délibération 2022-100: twelve characters of four kinds, or more of fewer kinds."""


def check_password(password: str) -> None:
    """Refuses a password under twelve characters."""
    if len(password) < SHORTEST:
        raise Refusal(
            N_("The password needs at least {n} characters; best is a sentence of your own."),
            field="password", n=SHORTEST,
        )  # fmt: skip
