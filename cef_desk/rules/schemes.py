"""Which minimum income, and which contract of mutual commitments, the law knows on a day."""

from datetime import date

RSA_FROM = date(2009, 6, 1)
"""Loi 2008-1249: the RSA takes the place of the RMI, the CER that of the contrat d'insertion."""
COMMITMENT_FROM = date(2025, 1, 1)
"""Loi 2023-1196: the contrat d'engagement takes the place of the CER."""


def is_rmi(day: date) -> bool:
    """True while the minimum income is the RMI."""
    return day < RSA_FROM


def insertion_kind_on(day: date) -> str:
    """The code of the contract that is signed on a day: CI, CER or CE."""
    if is_rmi(day):
        return "CI"
    return "CER" if day < COMMITMENT_FROM else "CE"
