"""What a report can be made of: the months since the opening, the unit and each counsellor."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.model.counsellor import Counsellor
from cef_desk.queries.month import opening
from cef_desk.rules.period import add_months


@dataclass(frozen=True)
class ReportChoices:
    """`months` are first days, the latest first; `counsellors` are (code, name)."""

    months: tuple[date, ...]
    counsellors: tuple[tuple[str, str], ...]


def report_choices(session: Session, today: date) -> ReportChoices:
    """The choices of a file on a day."""
    first, month = opening(session) or today, today.replace(day=1)
    months = [month]
    while month > first:
        month = add_months(month, -1)
        months.append(month)
    people = session.execute(select(Counsellor.code, Counsellor.name).order_by(Counsellor.code))
    return ReportChoices(tuple(months), tuple(people))
