"""Plain values, no framework."""
