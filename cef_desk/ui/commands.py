"""Every command of the main window, named once: menus, palette, shortcuts and the sheet of them read it here."""

from cef_desk.i18n import N_
from cef_desk.ui.kit.actions import ActionSpec

TODAY = ActionSpec("go_today", N_("My day"), "F2", "sun")
BENEFICIARIES = ActionSpec("go_beneficiaries", N_("Beneficiaries"), "F3", "users")
COMPANIES = ActionSpec("go_companies", N_("Companies"), "F4", "building-2")
AGENDA = ActionSpec("go_agenda", N_("Agenda"), "F7", "calendar")
REPORTS = ActionSpec("go_reports", N_("Reports"), "F8", "chart-column")
SETTINGS = ActionSpec("go_settings", N_("Settings"), "Ctrl+,", "settings")

RAIL = (TODAY, BENEFICIARIES, COMPANIES, AGENDA, REPORTS)

SEARCH = ActionSpec("search", N_("Search everything"), "Ctrl+K", "search")
FILTER = ActionSpec("filter", N_("Filter this list"), "Ctrl+F", "list-filter")
NEW = ActionSpec("new", N_("New record"), "Ctrl+N", "plus")
MEETING = ActionSpec("meeting", N_("Meeting"), "Ctrl+E", "message-square-text")
APPOINTMENT = ActionSpec("appointment", N_("Appointment"), "Ctrl+R", "calendar-clock")
UNAVAILABLE = ActionSpec("unavailable", N_("Cannot be met…"), "", "calendar-x")
PATHWAY = ActionSpec("pathway", N_("Prescription and rights…"), "", "file-pen-line")
SLEEP = ActionSpec("sleep", N_("Leave a company to sleep…"), "", "sun-moon")
DAY_ENTRY = ActionSpec("day_entry", N_("Day entry"), "Ctrl+J", "table-2")
COVER = ActionSpec("cover", N_("Cover a colleague…"), "", "users")
TRANSFER = ActionSpec("transfer", N_("Hand over to a counsellor…"), "", "arrow-right-left")
IMPORT = ActionSpec("import", N_("Import a spreadsheet…"), "", "table-2")
EXPORT = ActionSpec("export", N_("Export what is shown…"), "", "download")
PRINT = ActionSpec("print", N_("Print…"), "Ctrl+P", "printer")
UNDO = ActionSpec("undo", N_("Undo"), "Ctrl+Z", "undo-2")
REDO = ActionSpec("redo", N_("Redo"), "Ctrl+Y", "redo-2")
BACK = ActionSpec("back", N_("Back"), "Alt+Left", "arrow-left")
BEFORE = ActionSpec("page_before", N_("Page before"), "Ctrl+PgUp", "chevron-left")
AFTER = ActionSpec("page_after", N_("Page after"), "Ctrl+PgDown", "chevron-right")
CARD = ActionSpec("card", N_("Show or hide the card"), "", "info")
MASK = ActionSpec("mask", N_("Hide names, addresses and phones"), "F12", "eye-off")
LARGER = ActionSpec("larger", N_("Larger text"))
SMALLER = ActionSpec("smaller", N_("Smaller text"))
PLACES = ActionSpec("reset_places", N_("Back to the layout at first"), "", "columns-3")
SHORTCUTS = ActionSpec("shortcuts", N_("Keyboard shortcuts"), "Shift+F1", "keyboard")
OTHER_FILE = ActionSpec("other_file", N_("Open or begin another file…"), "Ctrl+O", "folder-open")
SECURITY = ActionSpec("security", N_("Password, lock and backups"), "", "key-round")
LOCK = ActionSpec("lock", N_("Lock"), "Ctrl+L", "lock")
QUIT = ActionSpec("quit", N_("Quit"), "Ctrl+Q", "log-out")

MENU = (
    (SEARCH, FILTER, NEW, MEETING, DAY_ENTRY, APPOINTMENT, UNAVAILABLE, PATHWAY, SLEEP, TRANSFER, COVER),
    (IMPORT, EXPORT, PRINT),
    (UNDO, REDO, BACK, CARD),
    (MASK, LARGER, SMALLER, PLACES),
    (SHORTCUTS, SETTINGS),
    (OTHER_FILE, SECURITY, LOCK, QUIT),
)
"""The menu, group by group."""
