"""Research: topics, visits, notes, findings that are matters, the wall board, classes with one fix, reports with sources."""
