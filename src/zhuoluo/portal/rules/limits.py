"""How often one may try. Generous for people, too slow for guessing and flooding."""

from datetime import timedelta

WINDOW = timedelta(hours=1)
CODE_TRIES = 10  # wrong codes an hour, per number and per address: 31^8 codes are not guessed at that speed
DRAFTS = 240  # forms opened an hour, per address
PHOTOS = 300  # photos an hour, per address
