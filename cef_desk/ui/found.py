"""What the search field answers: people, companies, notes, commands, as lines."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cef_desk.i18n import N_, _, short_day
from cef_desk.queries.search import Found, Hit
from cef_desk.rules.folding import fold
from cef_desk.ui.kit.actions import ActionRegister
from cef_desk.ui.kit.lines import Line

_HEADS = {Found.PERSON: N_("People"), Found.COMPANY: N_("Companies"), Found.NOTE: N_("Notes")}
_ICONS = {Found.PERSON: "user", Found.COMPANY: "building-2", Found.NOTE: "message-square-text"}


@dataclass(frozen=True)
class Command:
    """A command of the register, by its id."""

    id: str


def answers(typed: str, hits: Sequence[Hit], register: ActionRegister, private: Callable[[str], str]) -> list[Line]:
    """The lines under the search field: the commands too, the last records when nothing is typed."""
    lines: list[Line] = []
    if not fold(typed):
        lines += [Line(_("Last records"), head=True), *(_line(hit, private) for hit in hits)] if hits else []
    else:
        for found in (Found.PERSON, Found.COMPANY):
            lines += _group(found, hits, private)
    commands = list(_commands(typed, register))
    if commands:
        lines += [Line(_("Commands"), head=True), *commands]
    lines += _group(Found.NOTE, hits, private)
    return lines or [Line(_("Nothing found. Accents, capitals and hyphens do not count."), icon="search")]


def _group(found: Found, hits: Sequence[Hit], private: Callable[[str], str]) -> list[Line]:
    some = [hit for hit in hits if hit.found is found]
    if not some:
        return []
    near = _("one letter off, or inside a word") if some[0].near else ""
    return [Line(_(_HEADS[found]), right=near, head=True), *(_line(hit, private) for hit in some)]


def _line(hit: Hit, private: Callable[[str], str]) -> Line:
    person = hit.found is Found.PERSON or (hit.found is Found.NOTE and hit.pathway_id is not None)
    title = private(hit.title) if person else hit.title
    key = (hit.pathway_id, hit.company_id)
    if hit.found is Found.NOTE:
        return Line(title, hit.detail, short_day(hit.day) if hit.day else "", _ICONS[hit.found], key=key)
    place = private(hit.detail) if person else hit.detail
    aside = _("{place}, exited").format(place=place) if hit.exited else place
    aside = ", ".join(part for part in (aside, hit.holder) if part)
    return Line(title, right=aside, icon=_ICONS[hit.found], key=key, strong=False)


def _commands(typed: str, register: ActionRegister) -> Iterable[Line]:
    words = fold(typed).split()
    for spec, action in register.all():
        told = fold(_(spec.label)).split()
        held = all(any(part.startswith(word) for part in told) for word in words)
        if held and action.isEnabled():
            yield Line(action.text(), right=spec.keys, icon=spec.icon, key=Command(spec.id))
