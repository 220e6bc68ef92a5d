"""Why something is not done."""

from zhuoluo.kit.sentences import Sentence


class Refused(Sentence):
    """The rules do not allow it. Its text says why and how to go on."""


class NotFound(Exception):
    """There is no such document or clause, or it is not published. Its text is shown."""
