"""The log of looks: seen, searched, exported, printed, unlocked; chained as the journal, purged by whole months."""

from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, extract, func, insert, select, update

from cef_desk.model.access_entry import AccessEntry
from cef_desk.rules.kinds import AccessAction
from cef_desk.rules.period import add_months
from cef_desk.store.chain import FIRST_CHAIN, link

_MONTHS_KEPT = 12
"""CNIL, délibération 2021-122: six months to a year."""

_MONTHS_OF_USE = 3
"""Before something is forgotten."""


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


def last_forgotten(connection: Connection, today: date) -> int | None:
    """The number of the last entry whose time is over, of those that no later one precedes; none when all stay.

    Months that ended more than twelve months ago are over. A clock that is wrong for a while must not cost the log:
    one gone back dates late entries early; one gone ahead counts for no later than two months after the last month but
    one in which somebody looked.
    """
    month_of = (extract("year", AccessEntry.at), extract("month", AccessEntry.at))
    months = connection.execute(select(*month_of).distinct().order_by(*(part.desc() for part in month_of)).limit(2))
    known = [date(int(year), int(number), 1) for year, number in months]
    if len(known) < 2:  # noqa: PLR2004  the last month, and the one that confirms it
        return None
    today = min(today, add_months(known[1], 2))
    month = add_months(today.replace(day=1), -_MONTHS_KEPT)
    fresh = AccessEntry.at >= datetime.combine(month, datetime.min.time())
    first_fresh = connection.scalar(select(func.min(AccessEntry.sequence)).where(fresh))
    if first_fresh is None:
        return None
    since = select(*month_of).where(fresh).distinct()
    if len(connection.execute(since.limit(_MONTHS_OF_USE)).all()) < _MONTHS_OF_USE:
        return None
    old = and_(AccessEntry.sequence < first_fresh, AccessEntry.action != AccessAction.PURGED.value)
    return connection.scalar(select(func.max(AccessEntry.sequence)).where(old))


def forget(connection: Connection, last: int) -> None:
    """Forgets the entries up to one, which stays without its content: the chain goes on from its link."""
    connection.execute(delete(AccessEntry).where(AccessEntry.sequence < last))
    connection.execute(
        update(AccessEntry)
        .where(AccessEntry.sequence == last)
        .values(action=AccessAction.PURGED.value, counsellor_id=None, reference="")
    )


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
