"""Fields of whole numbers."""

from cef_desk.i18n import _
from cef_desk.ui.kit.fields import LineField

_LONGEST = 6


class WholeNumberField(LineField[int]):
    """A whole number, 0 or more."""

    def value(self) -> int | None:
        """The number meant."""
        text = self.text().strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None

    def number(self) -> int:
        """The number, once the field was checked."""
        found = self.value()
        assert found is not None  # noqa: S101  checked by save
        return found

    def complaint(self) -> str:
        """No number."""
        return "" if self.value() is not None else _("A whole number is needed here.")
