"""The indicators of domain/rules.md (d), as read by domain/demo.md, section 6."""

from sqlalchemy.orm import Session

from cef_desk.errors import Usage
from cef_desk.i18n import N_
from cef_desk.queries.dimensions import Dimension
from cef_desk.queries.figures import Figure, Indicator, Scope, figure, sliced_figures
from cef_desk.queries.indicators import companies, employed, entered, left, signed
from cef_desk.rules.period import Period

_UNDER = {"R": "I05", "S": "I06"}
"""The rupture and exit rates stand where the table of rules.md has them."""


def _place(code: str) -> str:
    return (_UNDER.get(code[0], "") + code).split(".")[0]


_FOUND = (*entered.ALL, *signed.ALL, *left.ALL, *employed.ALL, *companies.ALL)
INDICATORS: dict[str, Indicator] = {item.code: item for item in sorted(_FOUND, key=lambda item: _place(item.code))}


def indicator(code: str) -> Indicator:
    """The indicator of a code; refuses one that is not known."""
    found = INDICATORS.get(code.upper())
    if found is None:
        raise Usage(N_("There is no figure “{code}”: see figures --json for the codes."), code=code)
    return found


def all_figures(session: Session, period: Period, scope: Scope, by: Dimension | None) -> list[tuple[Indicator, Figure]]:
    """Every figure, or slice by slice those that a dimension reaches."""
    if by is None:
        return [(item, figure(session, item, period, scope)) for item in INDICATORS.values()]
    reached = (item for item in INDICATORS.values() if item.reached_by(by))
    return [(item, found) for item in reached for found in sliced_figures(session, item, period, scope, by)]
