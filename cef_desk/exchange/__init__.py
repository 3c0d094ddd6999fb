"""What comes and goes: files <-> drafts and rows."""
