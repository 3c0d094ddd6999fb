"""What stands beside the day: who is expected tomorrow and how to reach them, the month, the week."""

from collections.abc import Sequence
from urllib.parse import quote

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cef_desk.i18n import _, hour_words, long_day, ngettext, number
from cef_desk.queries.my_month import MyMonth, my_month
from cef_desk.queries.reminders import Reminder, reminders
from cef_desk.queries.search import Hit, last_seen
from cef_desk.rules.kinds import Channel, Kind
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.flow import FlowLayout
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import PlainLabel
from cef_desk.ui.kit.page import Seat
from cef_desk.ui.moments import KINDS
from cef_desk.ui.today.bars import Bar, Bars, Split

_HOUR = 60
_MOST_MAILS = 8
_ROW = 28
_MOST_RECENT = 4


class DaySide(QWidget):
    """`person_asked` carries a pathway, `company_asked` a company; `list_asked` and `sms_asked` the reminders to write.

    `letters_asked` carries the keys of the appointments, `said` a sentence to tell.
    """

    person_asked = Signal(object)
    company_asked = Signal(object)
    list_asked = Signal(object)
    sms_asked = Signal(object)
    letters_asked = Signal(object)
    said = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setObjectName("today_side")
        self._seat = seat
        self._found: Sequence[Reminder] = ()
        self._mailed = 0
        self._when = PlainLabel(role="muted")
        self.tomorrow = LinesView("today_reminders", _("To remind for tomorrow"), edge=4, row=_ROW)
        self.tomorrow.line_opened.connect(self._on_opened)
        self._ways = QWidget()
        flow = FlowLayout(self._ways)
        for name, words, slot in (
            ("reminders_list", _("List"), self._on_list), ("reminders_letters", _("Letters"), self._on_letters),
            ("reminders_mails", _("E-mails"), self._on_mails), ("reminders_sms", _("SMS file"), self._on_sms),
        ):  # fmt: skip
            link = button(name, words, slot)
            link.setProperty("role", "link")
            flow.addWidget(link)
        self._worked = PlainLabel(role="muted")
        self.month = Bars("today_month", _("My month"))
        self._spent = PlainLabel(role="muted")
        self.week = Split("today_week", _("My week"))
        self.recent = LinesView("today_recent", _("Last seen"), edge=4, row=_ROW)
        self.recent.line_opened.connect(self._on_recent)
        self._lay_out()

    def refresh(self) -> None:
        """Reads tomorrow, the month and the week again."""
        who, today = self._seat.sitting.counsellor_id, self._seat.today
        self._seat.runner.see(reminders, who, today, then=self._on_reminders)
        self._seat.runner.see(my_month, who, today, then=self._on_month)
        self._seat.runner.see(last_seen, who, today, _MOST_RECENT, then=self._on_last_seen)

    def tab_chain(self) -> list[QWidget]:
        """What Tab goes through here, as it is read."""
        return [self.tomorrow, *self._ways.findChildren(QPushButton), self.recent]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.EDGE, theme.GAP, theme.EDGE, theme.GAP)
        column.setSpacing(theme.INSIDE)
        for words, told, parts in (
            (_("To remind for tomorrow"), self._when, (self.tomorrow, self._ways)),
            (_("My month"), self._worked, (self.month,)), (_("My week"), self._spent, (self.week,)),
            (_("Last seen"), PlainLabel(role="muted"), (self.recent,)),
        ):  # fmt: skip
            head = QWidget()
            row = FlowLayout(head)
            row.addWidget(PlainLabel(words, role="section"))
            row.addWidget(told)
            column.addWidget(head)
            for part in parts:
                column.addWidget(part)
            column.addSpacing(theme.INSIDE)
        column.addStretch()

    def _on_reminders(self, found: Sequence[Reminder]) -> None:
        self._found, self._mailed = found, 0
        self._when.setText(ngettext("{n} person", "{n} people", len(found)).format(n=number(len(found))))
        lines = [self._line(each) for each in found]
        self.tomorrow.set_lines(lines or [Line(_("Nobody is expected on the next working day."))])
        self.tomorrow.setFixedHeight(max(len(lines), 1) * theme.px(_ROW) + theme.px(4))
        self._ways.setVisible(bool(found))

    def _line(self, each: Reminder) -> Line:
        private = self._seat.mask.private
        words, icon = {
            Channel.SMS: (private(each.phone), "message-square-text"), Channel.PHONE: (private(each.phone), "phone"),
            Channel.EMAIL: (_("e-mail"), "mail"), Channel.THROUGH: (private(each.through), "users"),
            Channel.POST: (_("letter to post"), "mail"), None: (_("cannot be reached"), "circle-help"),
        }[each.channel]  # fmt: skip
        return Line(f"{each.at:%H:%M}   {private(each.name)}", right=words, icon=icon, key=each.pathway_id)

    def _on_month(self, found: MyMonth) -> None:
        self._worked.setText(_("working day {n} of {all}").format(n=number(found.worked), all=number(found.workable)))
        names = {
            "meetings": _("Meetings"), "visits": _("Company visits"), "check_ups": _("Follow-ups"),
            "contracts": _("Contracts signed"), "exits": _("Exits to a job"),
        }  # fmt: skip
        passed = found.worked / found.workable if found.workable else 0
        self.month.show_bars(
            [
                Bar(names[line.code], number(line.done)) if not line.target else Bar(
                    names[line.code],
                    _("{n} of {all}").format(n=number(line.done), all=number(max(round(line.target), 1))),
                    line.done / line.target, passed,
                )
                for line in found.lines
            ]
        )  # fmt: skip
        whole = sum(minutes for _kind, minutes in found.week)
        self._spent.setText(_("{hours} noted").format(hours=hours_words(whole)) if whole else _("nothing noted yet"))
        plural = {Kind.MEETING: _("Meetings"), Kind.PROSPECTION: _("Companies"), Kind.CHECK_UP: _("Follow-ups")}
        self.week.show_parts(
            [
                (plural.get(Kind(kind), _(KINDS[kind])), hours_words(minutes), minutes / whole)
                for kind, minutes in found.week
            ]
        )

    def _on_last_seen(self, found: Sequence[Hit]) -> None:
        private = self._seat.mask.private
        self.recent.set_lines(
            [
                Line(each.title, icon="building-2", key=each)
                if each.pathway_id is None
                else Line(private(each.title), icon="user", key=each)
                for each in found
            ]
            or [Line(_("Nobody yet."))]
        )
        self.recent.setFixedHeight(self.recent.count() * theme.px(_ROW) + theme.px(4))

    def _on_recent(self, hit: object) -> None:
        match hit:
            case Hit(pathway_id=int(pathway_id)):
                self.person_asked.emit(pathway_id)
            case Hit(company_id=int(company_id)):
                self.company_asked.emit(company_id)

    def _on_opened(self, pathway_id: object) -> None:
        self.person_asked.emit(pathway_id)

    def _on_list(self) -> None:
        self.list_asked.emit(self._found)

    def _on_letters(self) -> None:
        self.letters_asked.emit([each.interaction_id for each in self._found])

    def _on_sms(self) -> None:
        self.sms_asked.emit(self._found)

    def _on_mails(self) -> None:
        """Each in a window of the mail program of its own: nobody learns of another; the next press goes on."""
        written = [each for each in self._found if each.channel is Channel.EMAIL]
        some = written[self._mailed : self._mailed + _MOST_MAILS]
        self._mailed = 0 if self._mailed + _MOST_MAILS >= len(written) else self._mailed + _MOST_MAILS
        if self._mailed:
            self.said.emit(
                _("{n} of {all} e-mails are open: press again for the next ones.").format(
                    n=number(self._mailed), all=number(len(written))
                )
            )
        elif not written:
            self.said.emit(_("Nobody expected tomorrow is reached by e-mail."))
        for each in some:
            words = reminder_text(each, self._seat.sitting.unit)
            QDesktopServices.openUrl(mail_to(each.email, _("Your appointment"), words))


def mail_to(address: str, subject: str, words: str) -> QUrl:
    """What opens a mail program on a message."""
    return QUrl(f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body={quote(words)}")


def hours_words(minutes: int) -> str:
    """90 -> 1 h 30."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return _("{n} min").format(n=rest)
    if not rest:
        return _("{n} h").format(n=number(hours))
    return _("{n} h {rest}").format(n=number(hours), rest=f"{rest:02}")


def reminder_text(each: Reminder, unit: str) -> str:
    """What an SMS or an e-mail says: day, hour, who expects; nothing of why."""
    return _("Hello, we expect you on {day} at {hour}. If you cannot come, please tell us. {unit}").format(
        day=long_day(each.at.date()), hour=hour_words(each.at), unit=unit
    )
