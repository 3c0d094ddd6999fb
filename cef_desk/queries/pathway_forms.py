"""What the forms of a pathway begin with: its days and its right, a contract of commitments to note."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing
from cef_desk.i18n import N_
from cef_desk.model.beneficiary import Beneficiary
from cef_desk.model.lists import ListEntry
from cef_desk.model.pathway import Pathway
from cef_desk.model.right import Right
from cef_desk.rules.folding import full_name
from cef_desk.rules.kinds import ListName

_Named = Row[str, str, date | None, date | None, date | None, int]


@dataclass(frozen=True)
class PathwayForm:
    """Whom it is about, and the days as they stand."""

    pathway_id: int
    name: str
    prescribed_on: date | None
    oriented_on: date | None
    entered_on: date | None
    quarterly_month: int | None
    version: int


@dataclass(frozen=True)
class CommitmentForm:
    """Whom it is about, and the kinds that can be signed."""

    pathway_id: int
    name: str
    kinds: tuple[tuple[str, str], ...]


def pathway_form(session: Session, pathway_id: int) -> PathwayForm:
    """The form of a pathway."""
    row = _named(session, pathway_id)
    month = session.scalar(select(Right.quarterly_month).where(Right.pathway_id == pathway_id))
    return PathwayForm(
        pathway_id, _name(row), row.prescribed_on, row.oriented_on, row.entered_on, month, row.version
    )  # fmt: skip


def commitment_form(session: Session, pathway_id: int) -> CommitmentForm:
    """The form of a contract that was signed."""
    kinds = session.execute(
        select(ListEntry.code, ListEntry.label)
        .where(ListEntry.list_name == ListName.INSERTION_KIND, ListEntry.active.is_(True))
        .order_by(ListEntry.position)
    )
    return CommitmentForm(pathway_id, _name(_named(session, pathway_id)), tuple((code, label) for code, label in kinds))


def _named(session: Session, pathway_id: int) -> _Named:
    row = session.execute(
        select(
            Beneficiary.last_name, Beneficiary.first_name, Pathway.prescribed_on, Pathway.oriented_on,
            Pathway.entered_on, Pathway.version,
        )
        .join(Beneficiary, Beneficiary.id == Pathway.beneficiary_id)
        .where(Pathway.id == pathway_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise Missing(N_("This record is no longer there."))
    return row


def _name(row: _Named) -> str:
    return full_name(row.last_name, row.first_name)
