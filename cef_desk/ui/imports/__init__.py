"""Taking in a spreadsheet."""
