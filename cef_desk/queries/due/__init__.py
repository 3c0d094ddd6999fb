"""What asks for something of a counsellor on a day, a subject a file."""
