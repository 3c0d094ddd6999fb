"""The field in which a form looks for the person it is about."""

from datetime import date
from typing import Any

from cef_desk.i18n import _
from cef_desk.queries.search import Hit, people_found
from cef_desk.ui.kit.choosing import SoughtField
from cef_desk.ui.kit.page import Seat


class PersonSought(SoughtField):
    """People by a few letters of their names."""

    def __init__(self, seat: Seat, name: str) -> None:
        super().__init__(_("Person"), name, _("Choose the person: a few letters of the name."))
        self._seat = seat
        self.asked.connect(self._on_asked)

    def _on_asked(self, typed: str) -> None:
        self._seat.runner.see(_found, typed, self._seat.today, then=self._on_people)

    def _on_people(self, answer: tuple[str, list[Hit]]) -> None:
        typed, hits = answer
        self.answer(typed, [(hit.pathway_id or 0, hit.title, _detail(hit)) for hit in hits])


def _detail(hit: Hit) -> str:
    return ", ".join(part for part in (hit.detail, _("exited") if hit.exited else "") if part)


def _found(session: Any, typed: str, today: date) -> tuple[str, list[Hit]]:  # noqa: ANN401  a session is no word of this room
    return typed, people_found(session, typed, today)
