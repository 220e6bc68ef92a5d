"""What the clock refuses. All of these are mistakes somebody can mend, so each message says where and how."""


class ClockError(ValueError):
    """A moment, a period or a pause the clock will not reckon with."""


class NoticeError(ClockError):
    """A holiday notice that cannot be read: what is wrong in which line and how to mend it, in two languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.english = english


class TermError(ClockError):
    """A term unknown, not in force, malformed or beyond its bound; the Chinese message names the remedy."""
