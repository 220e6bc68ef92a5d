"""Why something is not done."""


class Refused(Exception):
    """The rules do not allow it. Its text says why, with the article, and how to go on."""


class Stale(Exception):
    """Somebody else changed the matter meanwhile; nothing was overwritten."""


class KeyReused(Exception):
    """The same idempotency key came with another body; both texts are kept."""
