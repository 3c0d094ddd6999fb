"""Views of a list, saved under a name."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.errors import Missing, Refusal
from cef_desk.i18n import N_
from cef_desk.model.saved_view import SavedView
from cef_desk.rules.folding import one_line

LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class ViewDraft:
    """A view to save: pairs of code and value."""

    counsellor_id: int
    page: str
    name: str
    base: frozenset[tuple[str, str]]
    extra: frozenset[tuple[str, str]]


def save_view(session: Session, draft: ViewDraft) -> str:
    """Saves a view in place of one of the same name, and gives its uid; refuses an empty or very long name."""
    name = one_line(draft.name)
    if not name or len(name) > LONGEST_NAME:
        raise Refusal(N_("Give the view a name of at most {most} characters."), field="name", most=LONGEST_NAME)
    told = json.dumps({"base": _pairs(draft.base), "extra": _pairs(draft.extra)})
    view = session.scalar(
        select(SavedView).where(
            SavedView.counsellor_id == draft.counsellor_id, SavedView.page == draft.page, SavedView.name == name
        )
    )
    if view is None:
        view = SavedView(counsellor_id=draft.counsellor_id, page=draft.page, name=name, conditions=told)
        session.add(view)
    view.conditions = told
    session.flush()
    return view.uid


def _pairs(conditions: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [list(pair) for pair in sorted(conditions)]


def remove_view(session: Session, uid: str) -> None:
    """Removes a view."""
    view = session.scalar(select(SavedView).where(SavedView.uid == uid))
    if view is None:
        raise Missing(N_("This record is no longer there."))
    session.delete(view)
