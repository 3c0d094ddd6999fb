"""What an exit counts for: domain/rules.md (c)."""

from cef_desk.rules.kinds import ExitFamily

MIN_STAY_DAYS = 90
"""Below this stay an exit leaves S1 whole, numerator and denominator alike (`min_stay_days`)."""

EMPLOYMENT = (ExitFamily.DURABLE, ExitFamily.TRANSITION)
"""Families 1 and 2: *sorties vers l'emploi*."""
