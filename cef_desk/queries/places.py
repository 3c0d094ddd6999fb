"""Communes by their postcode, from the reference base."""

from sqlalchemy.orm import Session

from cef_desk.store.reference import Reference, reference_entries


def communes_at(_session: Session, postcode: str) -> list[str]:
    """The communes of a postcode, today's and former ones; none when it is not known."""
    found = [
        entry.label
        for name in (Reference.POSTCODE, Reference.FORMER_POSTCODE)
        for entry in reference_entries(name, postcode.strip())
    ]
    return list(dict.fromkeys(found))
