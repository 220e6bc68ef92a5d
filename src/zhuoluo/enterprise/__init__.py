"""Enterprises, their liaison officers, what they need, and projects: where each day went and with whom."""
