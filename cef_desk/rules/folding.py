"""One way to compare names: without accents, case, ligatures or punctuation."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
)
_APART = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`Œuvrard-N'Diaye` and `oeuvrard n diaye` fold alike; letters and digits of every script are kept."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark) and unicodedata.category(mark) != "Cf")
    return _APART.sub(" ", plain).strip()


def full_name(last_name: str | None, first_name: str | None) -> str:
    """A person as lists and forms say them; empty when nobody is meant."""
    return f"{last_name or ''} {first_name or ''}".strip()


_LONGEST_NAME = 3


def written_as_one(text: str) -> str:
    """The words that hyphens and apostrophes part, as people also write them in one: `N'Diaye` -> `ndiaye`.

    A short name is written in one as a whole too: `Le Gall` -> `legall`.
    """
    parts = [fold(part).split() for part in text.split()]
    whole = [word for part in parts for word in part]
    together = ["".join(part) for part in parts if 1 < len(part) <= _LONGEST_NAME]
    if 1 < len(whole) <= _LONGEST_NAME:
        together.append("".join(whole))
    return " ".join(dict.fromkeys(together))


_LEGAL_FORMS = frozenset(
    "sarl sas sasu sa eurl ei eirl earl gaec sci scop scic snc ste societe ets etablissement etablissements "
    "entreprise".split()
)


def company_key(name: str) -> str:
    """A company's folded name without its legal form, to tell two spellings of one employer."""
    words = [word for word in fold(name).split() if word not in _LEGAL_FORMS]
    return " ".join(words) or fold(name)


def without_control_marks(text: str) -> str:
    """The text without NUL and other invisible controls, which no engine and no page takes well; newlines stay."""
    return "".join(mark for mark in text if mark in "\n\t" or unicodedata.category(mark) != "Cc")


def one_line(text: str) -> str:
    """A text typed on one line: no controls, single spaces; nothing when no mark of it can be seen."""
    line = " ".join(without_control_marks(text).split())
    return line if any(unicodedata.category(mark) not in {"Cf", "Zs"} for mark in line) else ""
