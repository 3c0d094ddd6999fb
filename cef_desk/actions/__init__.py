"""What the user can do: (session, draft) -> id; never commits."""
