"""The meeting form."""
