"""What can go wrong and is foreseen; anything else is a bug and goes to the crash report."""


class Told(Exception):  # noqa: N818  the three kinds read as words: Refusal, Missing, Trouble
    """Something to tell the user in a sentence.

    `pattern` is a message id with named places; `values` fill it only when it is shown, so that logs hold no name.
    `row` is the line it is about, of several recorded at once.
    """

    row: int | None = None

    def __init__(self, pattern: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(pattern)
        self.pattern = pattern
        self.field = field
        self.values = values


class Refusal(Told):
    """Logic forbids it; `field` names the draft field to mark."""


class Doubt(Refusal):
    """It can be, and is seldom meant: asked again with `about` accepted, it is done.

    `again` is what a form says of it besides: that it is saved at the second press.
    """

    def __init__(
        self, pattern: str, *, about: str, again: str = "", field: str | None = None, **values: object
    ) -> None:
        super().__init__(pattern, field=field, **values)
        self.about, self.again = about, again


class Missing(Told):
    """The row is gone."""


class Trouble(Told):
    """The environment: full, locked, damaged, too new, gone."""


class Usage(Told):
    """The command line asks for something that has no meaning (exit code 2)."""
