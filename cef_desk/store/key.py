"""The key file: one random raw key, wrapped once per way of opening it: the password, and a recovery key on paper.

Argon2id turns either into a wrapping key, AES-GCM wraps the raw key: a wrong password fails here, before the
database is touched, so that it is never taken for a damaged file. Another password wraps the same raw key anew.
"""

import base64
import hashlib
import json
import logging
import os
import secrets
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cef_desk.errors import Refusal, Trouble
from cef_desk.i18n import N_
from cef_desk.store.durable import new_file, replaced
from cef_desk.store.trouble import UNWRITABLE, OfThePlace

_log = logging.getLogger(__name__)
_FORMAT = "cef-desk-key-1"
_PASSWORD, _RECOVERY = "password", "recovery"
_LARGEST = 64 * 1024
_KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_TAG_BYTES = 16
_BOUND = b"cef-desk database key"
_DAMAGED = N_("The key file {name} is damaged. Take it again from a backup.")
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011")
_RANDOM_SIGNS, _CHECK_SIGNS, _GROUP = 26, 2, 4
"""Crockford's thirty-two signs: 26 at random are 130 bits; two more tell a slip of the pen from a wrong key."""


@dataclass(frozen=True)
class Cost:
    """What one guess costs: memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


_HARDEST = Cost(memory_kib=1024 * 1024, passes=16, lanes=16)
_MOST_WORK, _MOST_SLOTS = 256 * 1024 * 16, 4
"""Memory times passes of one guess, and slots to try: what is beyond was not written by this program."""
_CALIBRATED_MEMORY_KIB = 256 * 1024
_CALIBRATED_PASSES = 12
_WANTED_SECONDS = 0.5


def calibrated() -> Cost:
    """What one guess should cost on this machine: half a second at least, never under 64 MiB and 3 passes.

    Memory is doubled up to 256 MiB, so that the file still opens on a small machine, then passes up to 12.
    """
    cost = Cost()
    while _seconds(cost) < _WANTED_SECONDS:
        if cost.memory_kib < _CALIBRATED_MEMORY_KIB:
            cost = Cost(cost.memory_kib * 2, cost.passes, cost.lanes)
        elif cost.passes < _CALIBRATED_PASSES:
            cost = Cost(cost.memory_kib, cost.passes * 2, cost.lanes)
        else:
            break
    return cost


def _seconds(cost: Cost) -> float:
    started = time.perf_counter()
    _stretched("calibration", bytes(_SALT_BYTES), cost)
    return time.perf_counter() - started


def new_recovery_key() -> str:
    """A recovery key to print: seven groups of four signs."""
    drawn = "".join(secrets.choice(_SIGNS) for _sign in range(_RANDOM_SIGNS))
    signs = drawn + _check_signs(drawn)
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def recovery_key_of(typed: str) -> str | None:
    """The recovery key somebody typed, as it was printed; none when it is not one or holds a slip."""
    signs = "".join(mark for mark in typed.upper().translate(_ALIKE) if mark.isalnum())
    drawn, check = signs[:_RANDOM_SIGNS], signs[_RANDOM_SIGNS:]
    if len(signs) != _RANDOM_SIGNS + _CHECK_SIGNS or check != _check_signs(drawn):
        return None
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def _check_signs(drawn: str) -> str:
    number = int.from_bytes(hashlib.sha256(drawn.encode()).digest()[:2])
    return _SIGNS[number % 32] + _SIGNS[number // 32 % 32]


def new_key_file(path: Path, password: str, recovery: str | None = None, cost: Cost | None = None) -> bytes:
    """Writes a key file with a slot for the password, and one for a recovery key, and gives the raw key.

    Refuses to replace one.
    """
    cost = cost or calibrated()
    raw = secrets.token_bytes(_KEY_BYTES)
    slots = [_slot(_PASSWORD, password, raw, cost)]
    if recovery is not None:
        slots.append(_slot(_RECOVERY, recovery, raw, cost))
    with new_file(path) as file:
        file.write(_content(slots, raw))
        file.flush()
        os.fsync(file.fileno())
    return raw


def change_password(path: Path, secret: str, password: str, places: Iterable[Path] = ()) -> int:
    """Gives the same raw key another password; `secret` is the one before, or the recovery key, which stays.

    Copies of the key file in the folders `places`, as those of backups, change with it; any other copy still opens
    with the password before. Gives how many copies there could not be changed.
    """
    return _replace(path, raw_key(path, secret), _PASSWORD, password, places)


def renew_recovery_key(path: Path, secret: str, recovery: str, places: Iterable[Path] = ()) -> int:
    """Puts a recovery key in place of the one before, as `change_password` does a password."""
    return _replace(path, raw_key(path, secret), _RECOVERY, recovery, places)


def _replace(path: Path, raw: bytes, kind: str, secret: str, places: Iterable[Path]) -> int:
    before = path.read_bytes()
    kept = [slot for slot in _read(path)["slots"] if slot["kind"] != kind]
    slots = sorted([*kept, _slot(kind, secret, raw, calibrated())], key=lambda slot: slot["kind"] != _PASSWORD)
    content = _content(slots, raw)
    try:
        replaced(path, content)
    except OSError as error:
        raise OfThePlace(UNWRITABLE, name=path.name) from error
    return sum(not _follows(copy, before, content, raw) for place in places for copy in _copies(place, path))


def _copies(place: Path, path: Path) -> list[Path]:
    """What may be copies of a key file in a folder; none in one that cannot be read."""
    try:
        return [each for each in place.glob(f"*{path.suffix}") if each.is_file() and each.stat().st_size <= _LARGEST
                and not (each.parent == path.parent and each.name == path.name)]  # fmt: skip
    except OSError:
        _log.warning("a place of copies could not be read")
        return []


def _follows(copy: Path, before: bytes, content: bytes, raw: bytes) -> bool:
    """Gives a copy of the same key the new keys; false when it is one and cannot be written."""
    try:
        found = copy.read_bytes()
        try:
            told = json.loads(found)
            same = isinstance(told, dict) and told.get("of") == _fingerprint(raw)
        except (ValueError, RecursionError):
            same = False
    except OSError:
        return False
    if not same and found != before:
        return True
    try:
        replaced(copy, content)
    except OSError:  # as on a disk that is read-only
        _log.warning("a copy of the key file keeps the keys of before")
        return False
    return True


def _fingerprint(raw: bytes) -> str:
    """By which copies of one key know each other; it tells nothing of 256 bits drawn at random."""
    return hashlib.sha256(b"cef-desk key " + raw).hexdigest()[:32]


def _slot(kind: str, secret: str, raw: bytes, cost: Cost) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(_stretched(secret, salt, cost)).encrypt(nonce, raw, _BOUND)
    kept = {name: _text(value) for name, value in (("salt", salt), ("nonce", nonce), ("wrapped", wrapped))}
    return {"kind": kind, "kdf": "argon2id", **asdict(cost), **kept}


def _content(slots: list[dict[str, Any]], raw: bytes) -> bytes:
    told = {"format": _FORMAT, "of": _fingerprint(raw), "slots": slots, "sha256": _digest(slots)}
    return json.dumps(told, indent=1).encode("ascii")


def _digest(slots: list[dict[str, Any]]) -> str:
    """Tells a damaged key file from a wrong password: the seal of a slot cannot."""
    return hashlib.sha256(json.dumps(slots, sort_keys=True).encode("ascii")).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
    return content


@dataclass(frozen=True)
class _Slot:
    kind: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    @property
    def sound(self) -> bool:
        """False for a slot no program of ours wrote, whose cost could stall the machine."""
        cost = self.cost
        return (
            len(self.nonce) == _NONCE_BYTES
            and len(self.salt) == _SALT_BYTES
            and 1 <= cost.passes <= _HARDEST.passes
            and 1 <= cost.lanes <= _HARDEST.lanes
            and 8 * cost.lanes <= cost.memory_kib <= _HARDEST.memory_kib
            and cost.memory_kib * cost.passes <= _MOST_WORK
            and len(self.wrapped) == _KEY_BYTES + _TAG_BYTES
        )


def raw_key(path: Path, secret: str) -> bytes:
    """The raw key of a key file, by its password or its recovery key.

    `Trouble` tells a wrong one, whichever it was meant to be, from a damaged key file.
    """
    try:
        slots = _slots(_read(path))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise Trouble(_DAMAGED, name=path.name) from error
    if not 0 < len(slots) <= _MOST_SLOTS or not all(slot.sound for slot in slots):
        raise Trouble(_DAMAGED, name=path.name)
    recovery = recovery_key_of(secret)
    for slot in slots:
        typed = secret if slot.kind == _PASSWORD else recovery
        if typed is None:
            continue
        try:
            return AESGCM(_stretched(typed, slot.salt, slot.cost)).decrypt(slot.nonce, slot.wrapped, _BOUND)
        except InvalidTag:
            continue
    raise Trouble(N_("Wrong password."), field="password")


def refuse_slip(typed: str) -> None:
    """Refuses what was typed for a recovery key and is none: a sign is missing or wrong."""
    if recovery_key_of(typed) is None:
        raise Refusal(N_("This is not the key as printed: compare it sign by sign."), field="recovery")


def _slots(content: dict[str, Any]) -> list[_Slot]:
    if content["format"] != _FORMAT or content.get("sha256", _digest(content["slots"])) != _digest(content["slots"]):
        return []
    return [
        _Slot(
            slot["kind"],
            Cost(int(slot["memory_kib"]), int(slot["passes"]), int(slot["lanes"])),
            *(base64.b64decode(slot[name], validate=True) for name in ("salt", "nonce", "wrapped")),
        )
        for slot in content["slots"]
        if slot["kind"] in {_PASSWORD, _RECOVERY}
    ]


def _stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass"))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
