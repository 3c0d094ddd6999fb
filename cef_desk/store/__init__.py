"""Where it is kept: file, key, transaction, journal, undo, migrations, search index."""
