"""The keys of a file as pages see them: another password, another recovery key, the way in without the password."""

from pathlib import Path

from cef_desk.errors import Refusal, Told
from cef_desk.i18n import N_
from cef_desk.paths import key_file
from cef_desk.progress import Progress
from cef_desk.store.backup import places_of_keys
from cef_desk.store.desk import Desk
from cef_desk.store.key import change_password, new_recovery_key, refuse_slip
from cef_desk.store.trouble import OfThePlace


def recovered(path: Path, recovery: str, password: str, second: Path | None = None) -> None:
    """Gives a file another password by its recovery key; refuses a key with a slip, and one of another file.

    A file at fault has its password changed too: its backups, restored, open with it.
    """
    refuse_slip(recovery)
    try:
        desk = Desk.open(path, lambda: recovery)
    except OfThePlace:
        raise
    except Told as error:
        if error.field == "password":
            raise Refusal(
                N_("This recovery key belongs to another file, or was replaced since."), field="recovery"
            ) from error
        change_password(key_file(path), recovery, password, places_of_keys(path, second))
        return
    try:
        desk.change_password(recovery, password, second)
    finally:
        desk.close()


def another_password(desk: Desk, progress: Progress, before: str, after: str, second: Path | None) -> tuple[int, None]:
    """Gives the open file another password; `before` is the one of now. Gives how many copies could not follow."""
    progress.at(0, 0)
    return desk.change_password(before, after, second), None


def drawn_recovery_key(desk: Desk, progress: Progress, password: str) -> tuple[str, None]:
    """A recovery key to print, which opens nothing yet; refuses a wrong password."""
    progress.at(0, 0)
    desk.refuse_wrong(password)
    return new_recovery_key(), None


def another_recovery_key(
    desk: Desk, progress: Progress, password: str, recovery: str, second: Path | None
) -> tuple[int, None]:
    """Gives the open file a recovery key that is on paper by now, as `another_password` does a password."""
    progress.at(0, 0)
    return desk.renew_recovery_key(password, recovery, second), None
