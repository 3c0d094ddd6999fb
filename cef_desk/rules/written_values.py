"""Names, hours, contract kinds and ruptures as old spreadsheets write them: domain/imports.md, section 3."""

import re
from dataclasses import dataclass
from datetime import date

from cef_desk.rules.folding import fold
from cef_desk.rules.typed_dates import written_day

_TITLES = frozenset({"m", "mr", "monsieur", "mme", "madame", "mlle", "melle", "mademoiselle"})
_PARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "les", "van", "von", "der", "den", "el", "al", "ben", "da"})
_BORN = frozenset({"née", "né", "nee", "ne"})
_FULL_TIME_HOURS = 35.0


@dataclass(frozen=True)
class WrittenName:
    """A full name split in two, as typed."""

    last: str
    first: str


def split_name(text: str) -> WrittenName | None:
    """Splits `DUPONT Marie`, `Dupont, Marie`, `Mme DUPONT née MARTIN Marie`, `DE LA TOUR Jean-Paul`.

    The leading words in capitals, with their particles, are the last name; in one case throughout, the last word is
    the first name. None without two parts.
    """
    before, comma, after = text.partition(",")
    if comma:
        return WrittenName(_spaced(before), _spaced(after)) if before.strip() and after.strip() else None
    words = text.split()
    while words and fold(words[0]) in _TITLES:
        words.pop(0)
    if len(words) < 2:  # noqa: PLR2004  a name has two parts
        return None
    if any(word in _BORN for word in words[1:]):
        words = _without_birth_name(words)
    leading = 0
    while leading < len(words) and (words[leading].isupper() or _is_particle(words, leading)):
        leading += 1
    if not 0 < leading < len(words):
        leading = len(words) - 1
    return WrittenName(" ".join(words[:leading]), " ".join(words[leading:]))


def _is_particle(words: list[str], at: int) -> bool:
    return fold(words[at]) in _PARTICLES and at + 1 < len(words) and words[at + 1].isupper()


def _without_birth_name(words: list[str]) -> list[str]:
    at = next(index for index, word in enumerate(words) if index and word in _BORN)
    rest = words[at + 1 :]
    while len(rest) > 1 and rest[0].isupper():
        rest.pop(0)
    return words[:at] + rest


def _spaced(text: str) -> str:
    return " ".join(text.split())


_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2})|h(\d{2})?)?")


def weekly_hours(text: str) -> float | None:
    """Weekly hours from `26,5`, `26h30`, `35H`, `TC`, `mi-temps`, `80%`; None when they cannot be read."""
    word = " ".join(text.casefold().split())
    if fold(word) in {"tc", "temps plein", "temps complet", "plein"}:
        return _FULL_TIME_HOURS
    if fold(word) in {"mi temps", "mt"}:
        return _FULL_TIME_HOURS / 2
    compact = word.replace(" ", "")
    if compact.endswith("%") and compact[:-1].isdigit():
        return _FULL_TIME_HOURS * int(compact[:-1]) / 100
    found = _HOURS.fullmatch(compact.removesuffix("/sem"))
    if not found:
        return None
    decimals = int(found[2]) / 10 ** len(found[2]) if found[2] else int(found[3] or 0) / 60
    return int(found[1]) + decimals


@dataclass(frozen=True)
class WrittenContract:
    """A contract kind of the lists, and its length in months when the text says it."""

    kind_code: str
    months: int | None = None


_MONTHS_WRITTEN = re.compile(r"\b(?:cdd ?)?(\d{1,2}) ?(?:mois|m)\b|\bcdd ?(\d{1,2})\b")
_DURABLE_MONTHS = 6
_EXACT_KINDS = {
    "c avenir": "CA", "contrat d avenir": "CA", "contrat avenir": "CA", "cav": "CA", "ca": "CA", "cae": "CAE",
    "interim": "CTT", "mission": "CTT", "ctt": "CTT", "travail temporaire": "CTT",
    "sais": "SAISON", "saison": "SAISON", "saisonnier": "SAISON", "contrat pro": "PRO",
    "contrat de professionnalisation": "PRO", "apprentissage": "APP", "contrat d apprentissage": "APP", "cdi": "CDI",
}  # fmt: skip


def contract_kind(text: str, months: int | None = None) -> WrittenContract | None:
    """The contract kind meant by `CIRMA`, `CI-RMA CDD 6 mois`, `CDD6`, `C. Avenir`, `intérim`…; None when unknown.

    A CI-RMA without form is a CDD; an ordinary CDD without length counts as shorter than six months.
    """
    folded = fold(text)
    written = _MONTHS_WRITTEN.search(folded)
    if written:
        months = int(written[1] or written[2])
    words = set(_MONTHS_WRITTEN.sub(" ", folded).split()) | ({"cdd"} if "cdd" in folded else set())
    if "ci rma" in folded or "cirma" in words or words == {"rma"}:
        form = "CDI" if "cdi" in words else "CTT" if words & {"ctt", "mission", "interim"} else "CDD"
        return WrittenContract(f"CIRMA_{form}", months)
    if "cie" in words:
        return WrittenContract("CIE_CDI" if "cdi" in words else "CIE_CDD", months)
    if "cdd" in words and words <= {"cdd"}:
        durable = months is not None and months >= _DURABLE_MONTHS
        return WrittenContract("CDD_6P" if durable else "CDD_M6", months)
    code = _EXACT_KINDS.get(" ".join(_MONTHS_WRITTEN.sub(" ", folded).split()))
    return WrittenContract(code, months) if code else None


@dataclass(frozen=True)
class WrittenRupture:
    """A rupture proposed from free text, to be confirmed by a person."""

    day: date
    reason_code: str


_DAY_IN_TEXT = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\b\d{8}\b")
_REASON_WORDS: tuple[tuple[str, str], ...] = (
    (r"\b(pe|essai)\b.*\b(salarie|sal)\b|\b(salarie|sal)\b.*\b(pe|essai)\b", "ESSAI_SAL"),
    (r"\b(pe|essai)\b", "ESSAI_EMP"),
    (r"\bdemission", "DEMISSION"),
    (r"\babandon", "ABANDON"),
    (r"\binapt", "LIC_INAPT"),
    (r"\beco", "LIC_ECO"),
    (r"\bfaute|\blicenci", "LIC_FAUTE"),
    (r"\bcommun accord|\bamiable", "COMMUN_ACCORD"),
    (r"\bliquidation|\bcessation", "LIQUIDATION"),
    (r"\bcdi\b", "POS_CDI"),
    (r"\bformation", "POS_FORM"),
    (r"\bdemenag", "DEMENAG"),
    (r"\bdece", "DECES"),
)


def rupture_in(text: str, today: date) -> WrittenRupture | None:
    """The rupture a free text speaks of, or None without a day; without a known word the reason is INCONNU."""
    found = _DAY_IN_TEXT.search(text)
    day = written_day(found[0], today) if found else None
    if day is None:
        return None
    folded = fold(text)
    reason = next((code for pattern, code in _REASON_WORDS if re.search(pattern, folded)), "INCONNU")
    return WrittenRupture(day.day, reason)


_POSTCODE = re.compile(r"(\d{5}) +(.+)")


def postcode_and_city(text: str) -> tuple[str, str]:
    """`49000 ANGERS` in two parts; a text without a postal code is all commune."""
    found = _POSTCODE.fullmatch(_spaced(text))
    return (found[1], found[2]) if found else ("", _spaced(text))
