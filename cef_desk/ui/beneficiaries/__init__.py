"""The people list."""
