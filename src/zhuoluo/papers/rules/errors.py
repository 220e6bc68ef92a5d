"""Why a paper is not made: a sentence for the one who asked."""

from zhuoluo.kit.sentences import Sentence


class Refused(Sentence):
    """The paper cannot be made, changed or issued like this."""
