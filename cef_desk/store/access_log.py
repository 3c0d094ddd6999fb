"""The log of looks: seen, searched, exported, printed, unlocked; chained as the journal, purged by whole months."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from cef_desk.model.access_entry import AccessEntry
from cef_desk.rules.kinds import AccessAction
from cef_desk.rules.period import add_months
from cef_desk.store.chain import FIRST_CHAIN, link

_MONTHS_KEPT, _LONGEST_REST = 12, timedelta(days=92)
"""CNIL, délibération 2021-122: six months to a year."""


def note(connection: Connection, at: datetime, counsellor_id: int | None, action: AccessAction, reference: str) -> None:
    """Writes one entry after the last."""
    number, chain = head(connection)
    told = {
        "sequence": number + 1, "at": at, "counsellor_id": counsellor_id, "action": action.value,
        "reference": reference,
    }  # fmt: skip
    connection.execute(insert(AccessEntry), {**told, "chain": link(chain, told)})


def head(connection: Connection) -> tuple[int, str]:
    """The number and the link of the last entry, 0 and the first link before any."""
    found = connection.execute(
        select(AccessEntry.sequence, AccessEntry.chain).order_by(AccessEntry.sequence.desc()).limit(1)
    ).one_or_none()
    return (found.sequence, found.chain) if found else (0, FIRST_CHAIN)


def purge(connection: Connection, today: date) -> int:
    """Forgets the months that ended more than twelve months ago, and gives the number of entries forgotten.

    The last of them stays without its content: the chain goes on from its link.
    """
    last = connection.scalar(select(func.max(AccessEntry.sequence)).where(_old(today)))
    if last is None:
        return 0
    gone = connection.execute(delete(AccessEntry).where(AccessEntry.sequence < last)).rowcount
    blanked = connection.execute(
        update(AccessEntry)
        .where(AccessEntry.sequence == last)
        .values(action=AccessAction.PURGED.value, counsellor_id=None, reference="")
    )
    return gone + blanked.rowcount


def has_old(connection: Connection, today: date) -> bool:
    """True when there is something to purge."""
    return connection.scalar(select(AccessEntry.sequence).where(_old(today)).limit(1)) is not None


def is_going_on(connection: Connection, today: date) -> bool:
    """True when the last look is not long ago: a clock far ahead, once, must not cost the whole log."""
    last = connection.scalar(select(func.max(AccessEntry.at)))
    return last is not None and last.date() > today - _LONGEST_REST


def _old(today: date) -> ColumnElement[bool]:
    month = add_months(today.replace(day=1), -_MONTHS_KEPT)
    fresh_from = datetime.combine(month, datetime.min.time())
    return and_(AccessEntry.at < fresh_from, AccessEntry.action != AccessAction.PURGED.value)


def broken_at(connection: Connection) -> int | None:
    """The first entry whose link or number does not fit, none when the chain is whole."""
    previous, expected = FIRST_CHAIN, 1
    entries = connection.execute(select(AccessEntry.__table__).order_by(AccessEntry.sequence)).mappings()
    for place, entry in enumerate(entries):
        told = {name: value for name, value in entry.items() if name != "chain"}
        if place == 0 and entry["action"] == AccessAction.PURGED.value:
            expected = entry["sequence"]
        elif entry["sequence"] != expected or link(previous, told) != entry["chain"]:
            return expected
        previous, expected = entry["chain"], expected + 1
    return None
