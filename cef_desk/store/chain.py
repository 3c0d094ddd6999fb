"""The chain: each entry's link holds all before it, so that any later touch shows."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

FIRST_CHAIN: Final = "0" * 64


def link(previous: str, told: Mapping[str, Any]) -> str:
    """The link of an entry that tells `told` after the one whose link is `previous`: SHA-256, in hexadecimal."""
    return hashlib.sha256(previous.encode() + canonical(told).encode()).hexdigest()


def canonical(values: Mapping[str, Any]) -> str:
    """One spelling of a row: JSON with sorted names, days in ISO."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
