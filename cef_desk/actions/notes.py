"""What is written of people: not too long, and asked about when it tells what a note should not."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from cef_desk.errors import Doubt, Refusal
from cef_desk.i18n import N_
from cef_desk.model.lists import ListEntry
from cef_desk.rules.folding import without_control_marks
from cef_desk.rules.kinds import ListName, Sensitive
from cef_desk.rules.sensitive_words import SensitiveWord, sensitive_word

LONGEST_NOTE = 20_000
SENSITIVE = "sensitive"
_KEEP_WORD = N_("Save again to keep this word.")
_ASKED = {
    Sensitive.HEALTH: N_("“{word}”: what the person can or cannot do at work is enough, health stays with the person."),
    Sensitive.JUSTICE: N_("“{word}”: the hours or places to respect are enough."),
    Sensitive.ORIGIN: N_("“{word}”: origin, belief and private life are not needed here."),
    Sensitive.NIR: N_("{word} looks like a social security number, which has no place here."),
}


def written_note(session: Session, note: str, *, field: str, accepted: Collection[str]) -> str:
    """The note as it is kept; refuses one too long, asks about a word of health, justice, origin or a NIR."""
    if len(note) > LONGEST_NOTE:
        raise Refusal(N_("The note is longer than {most} characters."), field=field, most=LONGEST_NOTE)
    if note and SENSITIVE not in accepted:
        listed = session.execute(
            select(ListEntry.label, ListEntry.family)
            .where(ListEntry.list_name == ListName.SENSITIVE_WORD, ListEntry.active.is_(True))
            .order_by(ListEntry.position)
        )
        found = sensitive_word(note, (SensitiveWord(words, Sensitive(family)) for words, family in listed if family))
        if found is not None:
            raise Doubt(_ASKED[found.family], about=SENSITIVE, again=_KEEP_WORD, field=field, word=found.words)
    return without_control_marks(note)
