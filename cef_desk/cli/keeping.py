"""Commands that keep a file safe: check it, copy it, bring a copy back."""

import sys

from cef_desk.arguments import Arguments
from cef_desk.cli.opened import DONE, TROUBLE, opened
from cef_desk.errors import Usage
from cef_desk.i18n import N_, _, number


def check(arguments: Arguments) -> int:
    """Checks the file whole."""
    with opened(arguments) as desk:
        points = desk.check()
    for words, holds in points:
        print(_("{point}: in order").format(point=_(words)) if holds else _("{point}: AT FAULT").format(point=_(words)))
    if all(holds for _words, holds in points):
        return DONE
    print(_("Do not write to this file any more: restore the last good backup."), file=sys.stderr)
    return TROUBLE


def back_up(arguments: Arguments) -> int:
    """Writes a verified backup."""
    with opened(arguments, alone=True) as desk:
        made = desk.back_up(arguments.options.folder)
    if made is None:
        print(_("The last backup already holds everything."))
    else:
        print(_("{name} is written and was read again: {n} records of history.").format(
            name=made.path, n=number(made.sequence)
        ))  # fmt: skip
    return DONE


def restore(arguments: Arguments) -> int:
    """Puts a backup in the place of the file."""
    from cef_desk.exchange.safekeeping import restored

    path, source = arguments.database, arguments.options.file
    if path is None:
        raise Usage(N_("Which file? Name it with --database."))
    aside, lost = restored(source, path, arguments.password)
    print(_("{name} is restored.").format(name=path))
    if aside is not None:
        print(_("The file it replaces is kept: {name}").format(name=aside))
    if lost:
        print(_("Made after this backup and not in it: {n} records.").format(n=number(lost)), file=sys.stderr)
    return DONE
