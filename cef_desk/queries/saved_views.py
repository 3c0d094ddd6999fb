"""The views that a counsellor saved for a list."""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model import saved_view as model
from cef_desk.queries.listing import Condition


@dataclass(frozen=True)
class SavedView:
    """One view: `base` is what it always asks, `extra` the filters it begins with."""

    uid: str
    name: str
    base: frozenset[Condition]
    extra: frozenset[Condition]


def saved_views(session: Session, counsellor_id: int, page: str) -> list[SavedView]:
    """The views of one list, by name."""
    rows = session.scalars(
        select(model.SavedView)
        .where(model.SavedView.counsellor_id == counsellor_id, model.SavedView.page == page)
        .order_by(model.SavedView.name)
    )
    return [SavedView(row.uid, row.name, *_read(row.conditions)) for row in rows]


def _read(text: str) -> tuple[frozenset[Condition], frozenset[Condition]]:
    told = json.loads(text)
    base, extra = (frozenset(Condition(*pair) for pair in told[name]) for name in ("base", "extra"))
    return base, extra
