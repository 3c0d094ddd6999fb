"""What the trade knows: pure functions on plain values, without session, screen or clock."""
