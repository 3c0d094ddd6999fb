"""What was being typed: kept when its place is left, offered when the program opens, and taken up again."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from cef_desk.i18n import _, local, moment
from cef_desk.queries.unfinished import Kept, last_unfinished
from cef_desk.ui.forms import SETTINGS_FORM, Typing, page_of, typing_of
from cef_desk.ui.kit.side_sheet import SideSheet

if TYPE_CHECKING:
    from cef_desk.ui.main_window import MainWindow


class Resuming(QObject):
    """Leads back to the forms of one window."""

    def __init__(self, window: "MainWindow", side: SideSheet) -> None:
        super().__init__(window)
        self._window, self._side = window, side

    def take_up(self, typing: Typing) -> None:
        """Opens again a form that was being filled."""
        self._window.navigation.go(page_of(typing))
        if typing[0] == SETTINGS_FORM and isinstance(typing[1], str):
            self._window.pages.settings.reopen(typing[1])
        else:
            self._window.forms.reopen(typing)

    def offer(self) -> None:
        """Offers what was being typed when the program ended."""
        seat = self._window.seat
        seat.runner.see(last_unfinished, seat.sitting.counsellor_id, then=self._on_unfinished)

    def leave_form(self) -> None:
        """Closes the form in view; what was typed is kept, and told with the way back to it."""
        form, typing = self._side.form, self._window.forms.typing
        typed = form is not None and form.holds_something and not form.is_saving
        self._side.close_form()
        if typed and typing is not None:
            kept, again = _("What was being typed is kept."), partial(self.take_up, typing)
            self._window.toast.say(kept, again, _("Take it up again"))
        elif typed:
            self._window.toast.say(_("What was being typed is kept: it is there when the form opens again."))

    def _on_unfinished(self, kept: Kept | None) -> None:
        if kept is not None:
            toast = self._window.toast
            self._window.forms.opened.connect(toast.hide, Qt.ConnectionType.SingleShotConnection)
            toast.say(
                _("What was being typed on {when} was not saved.").format(when=moment(local(kept.at))),
                partial(self.take_up, typing_of(kept)), _("Take it up again"), long=True,
            )  # fmt: skip
