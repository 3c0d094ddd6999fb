"""The question of a list as a test writes it: `asked("state:open", typed="berg")`."""

from cef_desk.queries.listing import Condition, ListFilters
from tests.conftest import TODAY


def asked(*conditions: str, typed: str = "") -> ListFilters:
    """Asked today by the first counsellor."""
    return ListFilters(TODAY, 1, typed, frozenset(Condition(*each.split(":")) for each in conditions))
