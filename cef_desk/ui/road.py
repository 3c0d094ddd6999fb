"""Where one came from: Alt+← goes back over the pages and what was opened in them."""

from PySide6.QtCore import QObject

from cef_desk.ui.kit.list_page import ListPage
from cef_desk.ui.kit.page import Page
from cef_desk.ui.kit.rail import Rail

_LONGEST = 20


class Road(QObject):
    """Told of every page one goes to."""

    def __init__(self, rail: Rail) -> None:
        super().__init__(rail)
        self._rail = rail
        self._behind: list[str] = []
        self._here, self._going_back = "", False

    def note(self, page_id: str) -> None:
        """A page came into view."""
        if self._here and not self._going_back and self._here != page_id:
            self._behind = [*self._behind, self._here][-_LONGEST:]
        self._here = page_id

    def back(self, page: Page) -> None:
        """Out of the card or the rows, else to the page before, and out of the filters left for one row."""
        if page.close_inner():
            return
        if isinstance(page, ListPage):
            page.end_detour()
        if self._behind:
            self._going_back = True
            self._rail.go(self._behind.pop())
            self._going_back = False
