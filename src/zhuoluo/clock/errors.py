"""What the clock refuses. All of these are mistakes somebody can mend, so each message says where and how."""


class ClockError(ValueError):
    """A moment, a period or a pause the clock will not reckon with."""


class NoticeError(ClockError):
    """A holiday notice that cannot be read; the message (Chinese, for the screen) names line and remedy."""


class TermError(ClockError):
    """A term unknown, not in force, malformed or beyond its bound; the Chinese message names the remedy."""
