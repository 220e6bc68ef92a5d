"""What may be asked, and how often."""

import unicodedata
from datetime import timedelta

from zhuoluo.kit.sentences import Sentence

LONGEST = 300
SHORTEST = 4
ASKS = 6  # questions from one phone within WINDOW
WINDOW = timedelta(minutes=10)


class Refused(Sentence):
    """What was asked for cannot be done; its text is shown."""


class NotFound(Exception):
    """There is no such room or question. Its text is shown."""


def clean_question(text: str) -> str:
    """Return a question as it is kept. Raises Refused when it is empty, too short or too long."""
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    lines = [line.strip() for line in kept.replace("\r", "\n").split("\n")]
    plain = "\n".join(line for line in lines if line)
    if len(plain) < SHORTEST:
        raise Refused("请写清楚想问什么，至少 %(n)s 个字", n=SHORTEST)
    if len(plain) > LONGEST:
        raise Refused("写得太长了：最多 %(most)s 个字，现在 %(n)s 个字", most=LONGEST, n=len(plain))
    return plain


def check_pace(asked_lately: int) -> None:
    """Raise Refused when a phone asks faster than anybody reads."""
    if asked_lately >= ASKS:
        raise Refused("您提得太快了，歇一会儿再提；已经提的都收到了")
