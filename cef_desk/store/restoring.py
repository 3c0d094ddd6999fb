"""The way back: a copy takes the place of a file, checked whole first; the replaced file is kept beside it."""

import errno
import itertools
from functools import partial
from pathlib import Path

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.paths import key_file
from cef_desk.store import anchor, key, replacing
from cef_desk.store.database import files_of, is_encrypted
from cef_desk.store.dialect import connect, engine_of
from cef_desk.store.durable import copied, settle_file, settle_folder
from cef_desk.store.holding import Holding, refuse_held
from cef_desk.store.hot_log import logs_of
from cef_desk.store.shared_folders import refuse_shared
from cef_desk.store.soundness import SCHEMA, keep_a_log, refuse_foreign, refuse_unsealed, refuse_unsound, schema_of
from cef_desk.store.trouble import DAMAGED, DISK_FULL, UNWRITABLE, OfThePlace, as_trouble

_GOES_ON = N_("The disk stopped the restoration of {name} on its way: it is ended when the file is opened next.")


def restore(source: Path, path: Path, secret: str | None) -> Path | None:
    """Puts a copy, with what its log holds, in the place of a file; gives where the replaced one is kept, if any was.

    `secret` is a password or a recovery key of the file or of the copy. The copy is checked whole before anything of
    the file is touched; the key file stays when it opens the copy, so that the password does not change. Once the file
    is being replaced, a kill is made good at the next opening.
    """
    source, path = source.resolve(), path.resolve()
    encrypted = is_encrypted(source)
    _refuse_place(source, path, encrypted=encrypted)
    refuse_held(source)
    holding = Holding(path)
    part = replacing.part_of(path)
    try:
        replacing.finish(path)
        _remove_all(part)
        for taken, target in zip((source, *logs_of(source)), (part, *logs_of(part)), strict=True):
            if taken.exists() and not taken.name.endswith("-shm"):
                copied(taken, target)
        first = _prepare(part, source, path, secret, encrypted=encrypted)
        aside = _set_aside(path)
        replacing.begin(path, first)
        replacing.finish(path)
    except OSError as error:
        if replacing.is_unfinished(path):
            raise OfThePlace(_GOES_ON, name=path.name) from error
        raise OfThePlace(DISK_FULL if error.errno == errno.ENOSPC else UNWRITABLE, name=path.name) from error
    finally:
        if not replacing.is_unfinished(path):
            _remove_all(part)
        holding.release()
    return aside


def _refuse_place(source: Path, path: Path, *, encrypted: bool) -> None:
    """Refuses what would be lost by being replaced, or replaced by what it is not."""
    if path.exists() and source.samefile(path):
        raise Refusal(N_("{name} cannot be restored onto itself."), name=path.name)
    if path.exists() and not path.is_file():
        raise Refusal(N_("{name} is not a file that can be replaced: choose another name."), name=path.name)
    if source == replacing.part_of(path):
        raise Refusal(N_("{name} cannot be restored onto itself."), name=path.name)
    if not encrypted and key_file(path).exists():
        raise Refusal(N_("{name} is not encrypted: it cannot take the place of a file that is."), name=source.name)
    if encrypted:
        refuse_shared(path)


def _prepare(part: Path, source: Path, path: Path, secret: str | None, *, encrypted: bool) -> str | None:
    """Makes a prepared copy whole by itself, its key beside it when it needs another one, and gives its first link."""
    own_key = _opens(key_file(path), secret) if encrypted else None
    if own_key is not None and _is_readable(part, own_key):
        raw: bytes | None = own_key
    else:
        raw = key.raw_key(key_file(source), secret or "") if encrypted else None
        if raw is not None:
            copied(key_file(source), key_file(part))
    engine = engine_of(partial(connect, part, raw))
    try:
        with as_trouble(DAMAGED):
            refuse_foreign(engine)
            if schema_of(engine) != SCHEMA:
                from cef_desk.store.upgrade import refuse_unknown

                refuse_unknown(schema_of(engine))
            refuse_unsound(engine, raw)
            refuse_unsealed(engine, raw)
            keep_a_log(engine)
            with engine.connect() as connection:
                first = anchor.first_link(connection)
    finally:
        engine.dispose()
    settle_file(part)
    return first


def _set_aside(path: Path) -> Path | None:
    """Copies a file with its key and its logs under a name that none of them has."""
    taken = [each for each in files_of(path) if each.exists() and not each.name.endswith("-shm")]
    if not taken:
        return None
    names = (path.with_name(f"{path.stem}.replaced-{number}.cefdesk") for number in itertools.count(1))
    aside = next(name for name in names if not any(each.exists() for each in files_of(name)))
    try:
        for source, target in zip(files_of(path), files_of(aside), strict=True):
            if source in taken:
                copied(source, target)
        settle_folder(path.parent)
    except BaseException:
        _remove_all(aside)
        raise
    return aside


def _opens(keys: Path, secret: str | None) -> bytes | None:
    if secret is None or not keys.exists():
        return None
    try:
        return key.raw_key(keys, secret)
    except Trouble:
        return None


def _is_readable(path: Path, raw: bytes) -> bool:
    """True when a key is that of a file."""
    engine = engine_of(partial(connect, path, raw))
    try:
        with as_trouble(DAMAGED):
            refuse_foreign(engine)
    except Trouble:
        return False
    finally:
        engine.dispose()
    return True


def _remove_all(path: Path) -> None:
    for made in files_of(path):
        made.unlink(missing_ok=True)
