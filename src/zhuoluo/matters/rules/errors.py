"""Why something is not done."""

from zhuoluo.kit.sentences import Sentence


class Refused(Sentence):
    """The rules do not allow it. Its text says why, with the article, and how to go on."""


class Stale(Sentence):
    """Somebody else changed the matter meanwhile; nothing was overwritten."""


class KeyReused(Sentence):
    """The same idempotency key came with another body; both texts are kept."""
