"""Bénéficiaires: the list from which a meeting is typed, and the card of the person."""

from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from cef_desk.i18n import _, field_day, ngettext, number
from cef_desk.queries.listing import Condition
from cef_desk.queries.people import ME, PeopleOrder, State, counted, people, people_offered
from cef_desk.queries.person_card import PersonCard, person_card
from cef_desk.queries.timeline import Event
from cef_desk.rules.kinds import Away, Subject
from cef_desk.ui.beneficiaries.columns import alert_words, is_late, people_columns
from cef_desk.ui.beneficiaries.timeline import TimelineTools
from cef_desk.ui.commands import TRANSFER
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.card import CardContent, CardFact
from cef_desk.ui.kit.chips import Chip
from cef_desk.ui.kit.controls import button, icon_button
from cef_desk.ui.kit.lines import Line
from cef_desk.ui.kit.list_kind import ListKind, View
from cef_desk.ui.kit.list_page import ListPage
from cef_desk.ui.kit.page import Met, Seat
from cef_desk.ui.moments import AWAY, CHANNELS, RETURNS, told

_NARROW = 680
SILENT_DAYS, ENDING_DAYS = "45", "30"


def _kind(today: date) -> ListKind:
    mine, open_now = Condition("whose", ME), Condition("state", State.OPEN)
    return ListKind(
        name="people",
        subject=Subject.PATHWAY,
        title=_("Beneficiaries"),
        columns=people_columns(today),
        orders=PeopleOrder,
        selection=people,
        offered=people_offered,
        counted=counted,
        words=lambda n: ngettext("{n} person", "{n} people", n).format(n=number(n)),
        nothing=_("The people you accompany will be here."),
        views=(
            View("mine", _("My open files"), frozenset({mine, open_now})),
            View("unit", _("Open files of the unit"), frozenset({open_now})),
            View("exited", _("Exited"), frozenset({Condition("state", State.EXITED)})),
            View("all", _("All files")),
        ),
        chips=(
            Chip(Condition("now", State.WAITING), _("Waiting to enter")),
            Chip(Condition("now", State.SEARCHING), _("Searching")),
            Chip(Condition("now", State.WORKING), _("In a job")),
            Chip(Condition("silent", SILENT_DAYS), _("No meeting for {n} d").format(n=SILENT_DAYS)),
            Chip(Condition("ending", ENDING_DAYS), _("Ending within {n} d").format(n=ENDING_DAYS)),
        ),
        late=is_late,
        card_words=_("The person chosen"),
    )


class BeneficiariesPage(ListPage):
    """`meeting_asked` carries the row it is about, `transfer_asked` those selected; `import_asked` a spreadsheet.

    `appointment_asked` carries whom to make an appointment with, `correction_asked` a meeting noted already.
    """

    watches: ClassVar = frozenset(
        {
            Subject.BENEFICIARY, Subject.PATHWAY, Subject.INTERACTION, Subject.CONTRACT, Subject.RUPTURE,
            Subject.EXIT, Subject.HOLDER, Subject.BARRIER, Subject.LIST_ENTRY, Subject.SAVED_VIEW, Subject.REFERRAL,
            Subject.UNAVAILABILITY, Subject.RIGHT, Subject.INSERTION_CONTRACT,
        }
    )  # fmt: skip
    meeting_asked = Signal(object)
    transfer_asked = Signal(object)
    appointment_asked = Signal(object)
    correction_asked = Signal(object)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _kind(seat.today))
        self._take_in = button("import_spreadsheet", _("Import a spreadsheet…"), self.import_asked, icon="table-2")
        self._new = button("new_person", _("New person"), self.new_asked, icon="plus", main=True, key="Ctrl+N")
        self._hand_over = icon_button("people_transfer", _(TRANSFER.label), self.transfer, TRANSFER.icon)
        self._hand_over.hide()  # until there is known to be room
        self.add_to_head(self._hand_over, self._take_in, self._new)
        self.add_to_card(
            button("new_meeting", _("Meeting"), self._on_meeting, key="Ctrl+E"),
            button("new_appointment", _("Appointment"), self._on_appointment, key="Ctrl+R"),
        )
        self._card: PersonCard | None = None
        self._tools = TimelineTools()
        self._tools.changed.connect(self._show_timeline)
        self.card.add_tools(self._tools)
        self.card.line_opened.connect(self.correction_asked)
        self.card.say_nothing(_("Choose a person to see who they are and what happened."))

    def empty_button(self) -> str:
        """An empty base begins by an import."""
        return _("Import a spreadsheet…")

    def begin(self) -> None:
        """Asks for a spreadsheet."""
        self.import_asked.emit()

    def card_asked(self, row: Any) -> None:  # noqa: ANN401  a person's row
        """Reads the card of a person."""
        self.runner.see(person_card, row.id, self.seat.today, then=self._on_card_read, failed=self.card_failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: in a narrow place the second button keeps its picture alone, and handing over is left to the menu."""
        super().resizeEvent(event)
        words = _("Import a spreadsheet…")
        narrow = self._list.width() < theme.px(_NARROW)
        self._take_in.setText("" if narrow else f" {words}")
        self._take_in.setToolTip(words if narrow else "")
        self._hand_over.setVisible(not narrow)

    def person_in_hand(self) -> Met | None:
        """The row chosen."""
        row = self.chosen()
        return None if row is None else Met(row.id)

    def transfer(self) -> None:
        """Asks to hand the rows selected to another counsellor."""
        rows = self.selected_rows()
        if rows.keys is None or rows.keys:
            self.transfer_asked.emit(rows)

    def _on_meeting(self) -> None:
        if self.chosen() is not None:
            self.meeting_asked.emit(self.chosen())

    def _on_appointment(self) -> None:
        self.appointment_asked.emit(self.person_in_hand())

    def close_inner(self) -> bool:
        """Comes back to the list; the next card begins with everything."""
        if self._tools.is_narrowed:
            self._tools.start_anew()
            self._show_timeline()
        return super().close_inner()

    def _on_card_read(self, found: PersonCard) -> None:
        if self._card is None or self._card.row.id != found.row.id:
            self._tools.start_anew()
        self._card = found
        self._tools.bar.show_journey(found.timeline, self.seat.today)
        self._tools.count(found.timeline)
        self.show_card(found.row.id, self._content(found))

    def _show_timeline(self) -> None:
        if self._card is not None:
            self._tools.count(self._card.timeline)
            self.show_card(self._card.row.id, self._content(self._card))

    def _content(self, found: PersonCard) -> CardContent:
        row, today = found.row, self.seat.today
        born = field_day(found.birth_date) if found.birth_date else ""
        facts = (
            CardFact(_("Reach"), _reach(found), private=True),
            CardFact(_("Comes on"), field_day(row.next_appointment) if row.next_appointment else "—"),
            CardFact(_("Address"), found.address or _("not known"), private=True),
            CardFact(_("Born on"), born or _("not known"), private=True),
            CardFact(_("Vehicle"), found.vehicle or _("not known")),
            *([CardFact(_("Return"), _(RETURNS[found.quarterly_month]))] if found.quarterly_month else []),
            CardFact(_("Barriers"), ", ".join(found.barriers) or _("none open")),
            CardFact(_("Counsellor"), row.counsellor or "—"),
        )
        planned = [moment for moment in found.timeline if moment.at.date() > today]
        past = [moment for moment in found.timeline if moment.at.date() <= today]
        coming = [line for each in reversed(planned) if self._tools.keeps(each, line := told(each, now=False))]
        been = [line for each in past if self._tools.keeps(each, line := told(each, now=True))]
        count = ngettext("{n} line", "{n} lines", len(been)).format(n=number(len(been)))
        if any(line.key is not None for line in been):
            count += _("   Enter: correct a meeting")
        lines = [
            *([Line(_("Coming"), head=True)] if coming else []), *coming,
            Line(_("Journey"), right=count, head=True), *been,
        ]  # fmt: skip
        if not been and self._tools.is_narrowed:
            lines.append(Line(_("Nothing in this journey answers to these filters.")))
        if found.others:
            lines.append(Line(_("Accompanied before too"), icon="history"))
        age = ngettext("{n} year", "{n} years", row.age).format(n=number(row.age)) if row.age is not None else ""
        return CardContent(row.name, age, _state_words(found, self.seat.today), facts, tuple(lines), private=True)


def _reach(found: PersonCard) -> str:
    """The channel first, then what else reaches the person."""
    row = found.row
    channel = _(CHANNELS[found.channel]) if found.channel in CHANNELS else ""
    parts = (channel, row.phone, found.email, found.through)
    return ", ".join(part for part in parts if part) or _("not known")


def _state_words(found: PersonCard, today: date) -> str:
    row, away = found.row, found.away
    if row.exited_on is not None:
        return _("Exited on {day}").format(day=field_day(row.exited_on))
    prescribed = next((each.day for each in found.timeline if each.event is Event.PRESCRIPTION), None)
    state = _("Searching") if row.entered_on is not None else _("Waiting to enter")
    if row.entered_on is None and prescribed is not None:
        state = _("Waiting to enter since {day}").format(day=field_day(prescribed))
    if row.contract:
        state = _("In a job: {contract}").format(contract=row.contract)
    absent = ""
    if away is not None:
        days = {"reason": _(dict(AWAY)[Away(away.reason)]).lower(), "first": field_day(away.from_on)}
        last = "" if away.to_on is None else field_day(away.to_on)
        words = _("cannot be met since {first}: {reason}")
        if last:
            words = _("cannot be met from {first} to {last}: {reason}")
        absent = words.format(**days, last=last)
    return " — ".join(part for part in (state, absent, alert_words(row.alert, today) if row.alert else "") if part)
