"""Why something is not done."""

from zhuoluo.kit.sentences import Sentence


class Refused(Sentence):
    """The rule cannot be read. Its text says what is expected."""
