"""Réglages: the unit, its counsellors, its lists, and how this computer shows them."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from cef_desk.i18n import N_, _, field_day, ngettext, number
from cef_desk.queries.settings import AlertRow, CounsellorRow, EntryRow, SettingsValues, settings_values
from cef_desk.rules.kinds import ListName, Subject
from cef_desk.settings import TEXT_SIZES, Settings
from cef_desk.ui.backups import BackupKeeper
from cef_desk.ui.kit import theme
from cef_desk.ui.kit.controls import button
from cef_desk.ui.kit.fields import ChoiceField
from cef_desk.ui.kit.file_picker import pick_file
from cef_desk.ui.kit.lines import Line, LinesView
from cef_desk.ui.kit.messages import PlainLabel, line
from cef_desk.ui.kit.page import Page, Seat
from cef_desk.ui.kit.scrolled import scrolled
from cef_desk.ui.kit.segments import Segments
from cef_desk.ui.settings.alerts import AlertForm, alert_line
from cef_desk.ui.settings.forms import CounsellorForm, EntryForm, UnitForm
from cef_desk.ui.settings.security import SecuritySection

_SECTIONS = (
    ("unit", N_("Unit"), "building"), ("counsellors", N_("Counsellors"), "users"),
    ("lists", N_("Lists"), "list-filter"), ("alerts", N_("Alerts"), "clock-alert"),
    ("look", N_("Display"), "sun-moon"), ("security", N_("Security"), "lock"),
)  # fmt: skip
_LISTS = {
    ListName.CONTRACT_KIND: N_("Kinds of contract"), ListName.RUPTURE_REASON: N_("Reasons of rupture"),
    ListName.EXIT_KIND: N_("Exits"), ListName.BARRIER: N_("Barriers"), ListName.PRESCRIBER: N_("Prescribers"),
    ListName.LEVEL: N_("Levels"), ListName.HOUSEHOLD: N_("Households"), ListName.VEHICLE: N_("Vehicles"),
    ListName.ZONE: N_("Zones"), ListName.TERRITORY: N_("Territories"),
    ListName.INSERTION_KIND: N_("Insertion contracts"), ListName.NAF_SECTION: N_("Activities"),
    ListName.MEETING_SUBJECT: N_("Subjects of meetings"), ListName.SENSITIVE_WORD: N_("Words to think over"),
}  # fmt: skip
_LENGTHENED = frozenset({ListName.MEETING_SUBJECT, ListName.SENSITIVE_WORD, ListName.PRESCRIBER})
"""Lists whose codes no rule reads: a unit adds rows of its own."""
_THEMES = (("light", N_("Light")), ("dark", N_("Dark")), ("system", N_("As the system")))
_LANGUAGES = (("fr", "Français"), ("fr_CA", "Français (Canada)"), ("en", "English"))
_WIDTH, _WIDEST = 200, 760


class SettingsPage(Page):
    """`form_asked` carries what makes the form to open, `look_asked` the settings of this computer to take.

    `safety_asked` carries those that change no picture, `restore_asked` the path of a backup.
    """

    watches: ClassVar = frozenset(
        {
            Subject.UNIT,
            Subject.COUNSELLOR,
            Subject.PRESENCE,
            Subject.LIST_ENTRY,
            Subject.HOLDER,
            Subject.ALERT_SETTING,
        }
    )
    form_asked = Signal(object)
    look_asked = Signal(object)
    safety_asked = Signal(object)
    restore_asked = Signal(object)

    def __init__(self, seat: Seat, keeper: BackupKeeper) -> None:
        super().__init__(seat)
        self._keeper = keeper
        self._values: SettingsValues | None = None
        self._reopens = ""
        self.sections = LinesView("settings_sections", _("Settings"), row=36)
        self.sections.set_lines([Line(_(words), icon=icon, key=code) for code, words, icon in _SECTIONS])
        self.sections.line_chosen.connect(self._on_section)
        self._unit = LinesView("unit_facts", _("Unit"), row=36, edge=0)
        self._counsellors = LinesView("counsellor_list", _("Counsellors"), row=36, edge=0)
        self._entries = LinesView("entry_list", _("Rows of the list"), row=32, edge=0)
        self._list = ChoiceField(_("List"), "settings_list", [(code, _(words)) for code, words in _LISTS.items()], 280)
        self._alerts = LinesView("alert_list", _("Alerts"), row=32, edge=0)
        self._entry_add = button("entry_add", _("New row"), self._on_entry_add, icon="plus", main=True)
        self._letterhead = button("letterhead_choose", "", self._on_letterhead)
        self._security = SecuritySection(seat, keeper)
        self._show_letterhead()
        self._security.settings_asked.connect(self.safety_asked)
        self._security.restore_asked.connect(self.restore_asked)
        self._stack = QStackedWidget()
        self._lay_out()
        self.sections.setCurrentRow(0)

    def refresh(self) -> None:
        """Reads the settings of the file again."""
        self.runner.see(settings_values, self.seat.today, then=self._on_read)
        self._keeper.look()

    def take_focus(self) -> None:
        """Puts the cursor in the section's lines, or in the sections."""
        lists = (self._unit, self._counsellors, self._entries)
        here = next((each for each in lists if each.isVisible()), self.sections)
        here.setFocus()

    @property
    def section(self) -> str:
        """The code of the section in view."""
        return _SECTIONS[self._stack.currentIndex()][0]

    def show_section(self, code: str) -> None:
        """Goes to a section."""
        self.sections.setCurrentRow([each for each, _words, _icon in _SECTIONS].index(code))

    def reopen(self, subject: str) -> None:
        """Opens again the form of a subject, once its values are read."""
        self._reopens = subject
        if self._values is not None:
            self._reopen()

    def _reopen(self) -> None:
        subject, self._reopens = self._reopens, ""
        found = self._values
        if found is None or not subject:
            return
        table, _colon, row_id = subject.partition(":")
        rows: dict[str, CounsellorRow | EntryRow] = {f"counsellor:{row.id}": row for row in found.counsellors}
        rows |= {f"list_entry:{row.id}": row for entries in found.lists.values() for row in entries}
        row = rows.get(subject)
        if table == "unit":
            self._on_unit_change()
        elif isinstance(row, CounsellorRow):
            self._on_counsellor_opened(row)
        elif isinstance(row, EntryRow):
            self._on_entry_opened(row)
        elif row_id == "new":
            self._on_counsellor_add()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setObjectName("choices")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.GAP, theme.px(12), theme.INSIDE, theme.GAP)
        title = PlainLabel(_("Settings"), role="title")
        title.setContentsMargins(theme.INSIDE, 0, 0, theme.INSIDE)
        column.addWidget(title)
        column.addWidget(self.sections, 1)
        change = button("unit_change", _("Change…"), self._on_unit_change, icon="pencil", main=True)
        add = button("counsellor_add", _("New counsellor"), self._on_counsellor_add, icon="plus", main=True)
        for head, words, made, parts in (
            (_("Unit"), _("What every sheet says at its head, and the thresholds of the figures."), change,
             (self._unit, self._letterhead)),
            (_("Counsellors"), _("Who holds files and signs contracts. Enter changes one."), add,
             (self._counsellors,)),
            (_("Lists"), _("The words forms offer, or ask about. Enter changes them; codes stay, nothing is deleted."),
             self._entry_add, (self._list, self._entries)),
            (_("Alerts"), _("How long before or after each day a rule speaks. Enter changes one, or silences it."),
             None, (self._alerts,)),
            (_("Display"), _("For this computer alone; taken at once."), None, (self._look(),)),
            (_("Security"), _("Who opens the file, and what brings it back."), None, (scrolled(self._security),)),
        ):  # fmt: skip
            self._stack.addWidget(_section(head, words, made, parts))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(line(upright=True))
        row.addWidget(self._stack, 1)
        self._list.edited.connect(self._show_entries)
        self._unit.line_opened.connect(self._on_unit_opened)
        self._counsellors.line_opened.connect(self._on_counsellor_opened)
        self._entries.line_opened.connect(self._on_entry_opened)
        self._alerts.line_opened.connect(self._on_alert_opened)

    def _look(self) -> QWidget:
        made, settings = QWidget(), self.seat.settings
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.INSIDE)
        self._themes = Segments("look_theme", _("Theme"))
        self._themes.offer([(code, _(words)) for code, words in _THEMES], settings.theme)
        self._sizes = Segments("look_size", _("Text size"))
        self._sizes.offer([(str(size), f"{size}\u202f%") for size in TEXT_SIZES], str(settings.text_size))
        self._languages = Segments("look_language", _("Language"))
        self._languages.offer(_LANGUAGES, settings.language)
        for words, part in (
            (_("Theme"), self._themes), (_("Text size"), self._sizes), (_("Language"), self._languages),
        ):  # fmt: skip
            column.addWidget(PlainLabel(words, role="hint"))
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignLeft)
            column.addSpacing(theme.INSIDE)
            part.chosen.connect(self._on_look)
        column.addStretch()
        return made

    def _on_section(self, code: str | None) -> None:
        codes = [each for each, _words, _icon in _SECTIONS]
        if code in codes:
            self._stack.setCurrentIndex(codes.index(code))

    def _on_read(self, found: SettingsValues) -> None:
        self._values = found
        unit = found.unit
        opened = field_day(unit.opened_on) if unit.opened_on else _("not known")
        loyal = (
            _("since the opening") if not unit.loyal_months
            else ngettext("{n} month", "{n} months", unit.loyal_months).format(n=number(unit.loyal_months))
        )  # fmt: skip
        stay = ngettext("{n} day", "{n} days", unit.min_stay_days).format(n=number(unit.min_stay_days))
        facts = (
            (_("Name"), unit.name), (_("Address"), unit.address or _("not known")),
            (_("Telephone"), unit.phone or _("not known")), (_("Scheme"), unit.scheme), (_("Opened on"), opened),
            (_("Few cases under"), number(unit.low_base)), (_("Shortest stay counted"), stay),
            (_("Loyal companies, window"), loyal),
        )  # fmt: skip
        self._unit.set_lines([Line(name, right=value, key="unit") for name, value in facts])
        self._counsellors.set_lines([_counsellor_line(row) for row in found.counsellors])
        self._alerts.set_lines([alert_line(row) for row in found.alerts])
        self._show_entries()
        self._reopen()

    def _show_entries(self) -> None:
        self._entry_add.setVisible(self._list.value() in _LENGTHENED)
        rows = self._values.lists.get(self._list.value(), ()) if self._values is not None else ()
        self._entries.set_lines(
            [
                Line(row.label, right=row.code if row.active else _("{code}, no longer offered").format(code=row.code),
                     tone="" if row.active else "warning", key=row)
                for row in rows
            ]
        )  # fmt: skip

    def _on_unit_opened(self, _key: object) -> None:
        self._on_unit_change()

    def _on_alert_opened(self, row: AlertRow) -> None:
        self.form_asked.emit(lambda: AlertForm(self.seat, row))

    def _on_letterhead(self) -> None:
        kinds = _("Documents to edit") + " (*.docx)"
        pick_file(self, _("Letterhead of the letters…"), kinds, self.take_letterhead)

    def take_letterhead(self, name: str) -> None:
        """Letters begin from this document from now on."""
        self._security.take(replace(self._security.settings, letterhead=name))
        self._show_letterhead()

    def _show_letterhead(self) -> None:
        chosen = Path(self._security.settings.letterhead).name
        words = _("Letterhead: {name}").format(name=chosen) if chosen else _("Letterhead of the letters…")
        self._letterhead.setText(words)
        self._letterhead.setAccessibleName(words)

    def _on_unit_change(self) -> None:
        if self._values is not None:
            unit = self._values.unit
            self.form_asked.emit(lambda: UnitForm(self.seat, unit))

    def _on_counsellor_add(self) -> None:
        self.form_asked.emit(lambda: CounsellorForm(self.seat, None))

    def _on_counsellor_opened(self, row: CounsellorRow) -> None:
        self.form_asked.emit(lambda: CounsellorForm(self.seat, row))

    def _on_entry_opened(self, row: EntryRow) -> None:
        self.form_asked.emit(lambda: EntryForm(self.seat, row))

    def _on_entry_add(self) -> None:
        name = self._list.value()
        self.form_asked.emit(lambda: EntryForm(self.seat, None, name))

    def _on_look(self) -> None:
        wanted: Settings = replace(
            self.seat.settings, theme=self._themes.current(), text_size=int(self._sizes.current()),
            language=self._languages.current(),
        )  # fmt: skip
        if wanted != self.seat.settings:
            self.look_asked.emit(wanted)


def _section(head: str, words: str, made: QWidget | None, parts: tuple[QWidget, ...]) -> QWidget:
    page = QWidget()
    inside = QWidget()
    inside.setMaximumWidth(theme.px(_WIDEST))
    top = QHBoxLayout()
    top.addWidget(PlainLabel(head, role="title"))
    top.addStretch()
    if made is not None:
        top.addWidget(made)
    column = QVBoxLayout(inside)
    column.setContentsMargins(theme.EDGE, theme.px(12), theme.EDGE, theme.GAP)
    column.setSpacing(theme.px(12))
    column.addLayout(top)
    column.addWidget(PlainLabel(words, role="muted", wrap=True))
    for part in parts:
        column.addWidget(part, 0 if isinstance(part, ChoiceField | QPushButton) else 1)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(inside, 1)
    row.addStretch(0)
    return page


def _counsellor_line(row: CounsellorRow) -> Line:
    held = ngettext("{n} file", "{n} files", row.holds).format(n=number(row.holds))
    state = "" if row.active else _("no longer offered")
    since = _("since {day}").format(day=field_day(row.from_on)) if row.from_on else ""
    until = _("until {day}").format(day=field_day(row.to_on)) if row.to_on else ""
    role = _("manager") if row.is_manager else ""
    detail = ", ".join(part for part in (role, since, until, state) if part)
    return Line(f"{row.code}  {row.name}", detail, held, "user", "" if row.active else "warning", key=row)
