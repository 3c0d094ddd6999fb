"""The fields in which a form looks for the person or the company it is about."""

from datetime import date
from typing import Any

from cef_desk.i18n import _
from cef_desk.queries.search import Hit, people_found, records_found
from cef_desk.ui.kit.choosing import SoughtField
from cef_desk.ui.kit.page import Seat

COMPANY, PATHWAY = "company", "pathway"


class PersonSought(SoughtField[int]):
    """People by a few letters of their names."""

    def __init__(self, seat: Seat, name: str) -> None:
        super().__init__(
            _("Person"), name, _("Choose the person: a few letters of the name."),
            lambda key: int(key) if key.isdecimal() else None,
        )  # fmt: skip
        self._seat = seat
        self.asked.connect(self._on_asked)

    def _on_asked(self, typed: str) -> None:
        self._seat.runner.see(_people, typed, self._seat.sitting.counsellor_id, self._seat.today, then=self._on_people)

    def _on_people(self, answer: tuple[str, list[Hit]]) -> None:
        typed, hits = answer
        self.answer(typed, [(hit.pathway_id or 0, hit.title, _detail(hit)) for hit in hits])


class ContactSought(SoughtField[str]):
    """People and companies by a few letters; what is taken is named by its table and key: `company:4`."""

    def __init__(self, seat: Seat, name: str) -> None:
        super().__init__(_("With"), name, _("Choose the person or the company: a few letters of the name."), str)
        self._seat = seat
        self.asked.connect(self._on_asked)

    def _on_asked(self, typed: str) -> None:
        self._seat.runner.see(
            _records, typed, self._seat.sitting.counsellor_id, self._seat.today, then=self._on_records
        )

    def _on_records(self, answer: tuple[str, list[Hit]]) -> None:
        typed, hits = answer
        self.answer(typed, [(reference(hit.pathway_id, hit.company_id), hit.title, _detail(hit)) for hit in hits])


def reference(pathway_id: int | None, company_id: int | None) -> str:
    """Who or what was met, in one word."""
    return f"{COMPANY}:{company_id}" if pathway_id is None else f"{PATHWAY}:{pathway_id}"


def _detail(hit: Hit) -> str:
    said = _("exited") if hit.exited else _("company") if hit.pathway_id is None else ""
    return ", ".join(part for part in (hit.detail, hit.holder, said) if part)


def _people(session: Any, typed: str, counsellor_id: int, today: date) -> tuple[str, list[Hit]]:  # noqa: ANN401  a session is no word of this room
    return typed, people_found(session, typed, counsellor_id, today)


def _records(session: Any, typed: str, counsellor_id: int, today: date) -> tuple[str, list[Hit]]:  # noqa: ANN401  as above
    return typed, records_found(session, typed, counsellor_id, today)
