"""What the user can see: selections, frozen rows, figures."""
