"""The companies list."""
