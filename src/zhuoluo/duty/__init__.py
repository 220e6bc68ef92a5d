"""Nights on duty in the townships: fair rosters, swaps, the night's log with the same-night response, the hand-over."""
