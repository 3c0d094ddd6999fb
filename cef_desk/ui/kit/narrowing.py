"""What narrows a list besides typed words: a view, and the filters put over it as chips."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cef_desk.i18n import _
from cef_desk.queries.listing import Condition, ListFilters, Offered
from cef_desk.ui.kit import places
from cef_desk.ui.kit.chips import ChipRow, FilterPopup
from cef_desk.ui.kit.list_kind import ListKind, View
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.kit.view_box import ViewBox


class Narrowing(QObject):
    """`changed` when the list is to be asked anew; `view_chosen` when that was by the box of views."""

    changed = Signal()
    view_chosen = Signal()

    def __init__(self, seat: Seat, kind: ListKind, page: QWidget) -> None:
        super().__init__(page)
        self._seat, self._kind, self._page = seat, kind, page
        self._extra: frozenset[Condition] = frozenset()
        self._detour: tuple[str, frozenset[Condition]] | None = None
        self.views = ViewBox(seat, kind.name, kind.views)
        self.chips = ChipRow(f"{kind.name}_chips", kind.chips)
        self.views.chosen.connect(self._on_view_chosen)
        self.views.found_again.connect(self.changed)
        self.chips.toggled.connect(self.turn)

    @property
    def conditions(self) -> frozenset[Condition]:
        """What the list is asked now."""
        return self.views.current.base | self._extra

    @property
    def is_widest(self) -> bool:
        """True when nothing is left out."""
        return self.views.current is self.views.widest and not self._extra

    @property
    def is_narrowed(self) -> bool:
        """True when somebody chose to leave something out: neither the view of the beginning nor the widest."""
        return bool(self._extra) or self.views.current not in {self._kind.views[0], self.views.widest}

    @property
    def uncounted(self) -> list[Condition]:
        """The chips at hand whose number says something: an alternative to one that is in has none."""
        codes = {condition.code for condition in self._extra}
        return [chip.condition for chip in self._kind.chips if chip.condition.code not in codes]

    def told(self) -> tuple[str, ...]:
        """View and filters in words."""
        return (
            _("View: {view}").format(view=self.views.current.label),
            *(_("Filter: {filter}").format(filter=self.chips.label_of(each)) for each in sorted(self._extra)),
        )

    def show_view(self, code: str) -> None:
        """Chooses a view by its code."""
        self.views.set_view(code)
        self._set_view(self.views.current)

    def widen(self) -> None:
        """Leaves the filters out, and holds everything."""
        self.show_view(self.views.widest.code)

    def turn(self, condition: Condition) -> None:
        """Puts a filter in or takes it out."""
        self._set_extra(self._extra ^ {condition})
        self.changed.emit()

    def step_aside(self) -> None:
        """Holds everything for one row outside the filters; `end_detour` comes back. The page asks anew."""
        self._detour = self._detour or (self.views.current.code, self._extra)
        self.views.set_view(self.views.widest.code)
        self._set_extra(frozenset())

    def end_detour(self) -> None:
        """Comes back to the view and filters left for one row."""
        if self._detour is None:
            return
        code, extra = self._detour
        self._detour = None
        self.views.set_view(code)
        self._set_extra(extra)
        self.changed.emit()

    def offer(self, offered: Sequence[Offered]) -> None:
        """Opens the list of what can be added."""
        self.name(offered)
        popup = FilterPopup(self._page)
        popup.chosen.connect(self.add)
        popup.offer(offered, self.chips.more)

    def add(self, condition: Condition) -> None:
        """Puts a filter in, once."""
        if condition not in self._extra:
            self.turn(condition)

    def name(self, offered: Sequence[Offered]) -> None:
        """Learns the words of conditions."""
        self.chips.name_conditions({item.condition: item.label for item in offered})

    def remember(self) -> None:
        """Keeps the view and the filters at hand for the next time; one chosen from the data stays in the file."""
        code, extra = self._detour or (self.views.current.code, self._extra)
        at_hand = {chip.condition for chip in self._kind.chips}
        told: list[places.Value] = [[each.code, each.value] for each in sorted(extra & at_hand)]
        places.keep(f"{self._kind.name}_view", {"view": code, "extra": told})

    def restore(self) -> None:
        """Takes up what was kept, as far as it makes sense."""
        match places.kept(f"{self._kind.name}_view"):
            case {"view": str(code), "extra": list(told)}:
                self.views.set_view(code)
                pairs = [pair for pair in told if isinstance(pair, list) and [type(x) for x in pair] == [str, str]]
                self._set_extra(frozenset(Condition(str(each[0]), str(each[1])) for each in pairs))

    def _on_view_chosen(self, view: View) -> None:
        self._set_view(view)
        self.view_chosen.emit()

    def _set_view(self, view: View) -> None:
        self._detour = None
        self._set_extra(view.extra)
        self.changed.emit()

    def _set_extra(self, extra: frozenset[Condition]) -> None:
        self._extra = self.views.extra = extra
        self.chips.set_active(extra)
        if not extra <= self.chips.named:
            everything = ListFilters(self._seat.today, self._seat.sitting.counsellor_id)
            self._seat.runner.see(self._kind.offered, everything, then=self.name)
