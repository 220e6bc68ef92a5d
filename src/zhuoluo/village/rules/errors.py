"""Why something is not done."""

from zhuoluo.kit.sentences import Sentence


class Refused(Sentence):
    """The rules do not allow it. Its text says why and how to go on."""


class NotFound(Exception):
    """There is no such thing for this reader. Its text is shown."""
