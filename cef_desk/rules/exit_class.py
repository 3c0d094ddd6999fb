"""What an exit counts for: domain/rules.md (c)."""

from cef_desk.rules.kinds import ExitFamily

EMPLOYMENT = (ExitFamily.DURABLE, ExitFamily.TRANSITION)
"""Families 1 and 2: *sorties vers l'emploi*."""

DYNAMIC = (*EMPLOYMENT, ExitFamily.POSITIVE)
"""Families 1 to 3: *sorties dynamiques*."""
