"""Bilans: the monthly sheet."""
