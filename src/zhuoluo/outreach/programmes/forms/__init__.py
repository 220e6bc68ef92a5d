"""Forms of staff and of applicants."""
