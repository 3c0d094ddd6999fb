"""The key file: one random raw key, wrapped once per way of opening it.

Argon2id turns the password into a wrapping key, AES-GCM wraps the raw key: a wrong password fails here, before the
database is touched, so that it is never taken for a damaged file.
"""

import base64
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cef_desk.errors import Trouble
from cef_desk.i18n import N_

_FORMAT = "cef-desk-key-1"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_BOUND = b"cef-desk database key"
_DAMAGED = N_("The key file {name} is damaged. Take it again from a backup.")


@dataclass(frozen=True)
class Cost:
    """What one guess costs: memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


_HARDEST = Cost(memory_kib=1024 * 1024, passes=16, lanes=16)


def new_key_file(path: Path, password: str, cost: Cost | None = None) -> bytes:
    """Writes a key file with one password slot and gives the raw key; refuses to replace one."""
    cost = cost or Cost()
    raw = secrets.token_bytes(_KEY_BYTES)
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(_stretched(password, salt, cost)).encrypt(nonce, raw, _BOUND)
    slot = {"kind": "password", "kdf": "argon2id", **asdict(cost)}
    slot |= {name: _text(value) for name, value in (("salt", salt), ("nonce", nonce), ("wrapped", wrapped))}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump({"format": _FORMAT, "slots": [slot]}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return raw


@dataclass(frozen=True)
class _Slot:
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
        )


def raw_key(path: Path, password: str) -> bytes:
    """The raw key of a key file; `Trouble` tells a wrong password from a damaged key file."""
    try:
        slots = _slots(json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble(_DAMAGED, name=path.name) from error
    if not slots or not all(slot.sound for slot in slots):
        raise Trouble(_DAMAGED, name=path.name)
    for slot in slots:
        try:
            return AESGCM(_stretched(password, slot.salt, slot.cost)).decrypt(slot.nonce, slot.wrapped, _BOUND)
        except InvalidTag:
            continue
    raise Trouble(N_("Wrong password."), field="password")


def _slots(content: dict[str, Any]) -> list[_Slot]:
    return [
        _Slot(
            Cost(int(slot["memory_kib"]), int(slot["passes"]), int(slot["lanes"])),
            *(base64.b64decode(slot[name], validate=True) for name in ("salt", "nonce", "wrapped")),
        )
        for slot in content["slots"]
        if slot["kind"] == "password" and content["format"] == _FORMAT
    ]


def _stretched(password: str, salt: bytes, cost: Cost) -> bytes:
    return Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(unicodedata.normalize("NFC", password).encode())


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
