"""What has to be right before a document is reviewed, and how a clause is cut in pieces. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.splitting import SIGNS

NAMED = 8  # of what is wrong are named


def unfit(*, lacks: Sequence[str], labels: Sequence[str], doubtful: Sequence[int]) -> None:
    """Raise Refused for a draft that cannot be reviewed yet, saying what to do about it."""
    if lacks:
        raise Refused("文件信息还缺：%(what)s", what=list(lacks))
    if not labels:
        raise Refused("还没有条文。先导入或者加上条文，再审核")
    unnamed = [str(place) for place, label in enumerate(labels, 1) if not label.strip()]
    if unnamed:
        raise Refused("还没有编号的条文：序号 %(places)s", places=unnamed[:NAMED])
    twice = [label for label, count in Counter(labels).items() if count > 1]
    if twice:
        raise Refused("编号重复：%(labels)s", labels=twice[:NAMED])
    if doubtful:
        raise Refused(
            "还有 %(n)s 条有疑问没有看过：序号 %(places)s。看过没问题的，点“没问题”", n=len(doubtful),
            places=[str(place) for place in doubtful[:NAMED]],
        )  # fmt: skip


def pieces(text: str) -> list[tuple[str, str]]:
    """Return the pieces of a text between its blank lines, each with the number it begins with, if it begins with one."""
    blocks = [block.strip() for block in re.split(r"\n[ \t　]*\n", text.replace("\r\n", "\n"))]
    return [_piece(block) for block in blocks if block]


def _piece(block: str) -> tuple[str, str]:
    for sign in SIGNS.values():
        match = sign.match(block)
        if match and block[match.end() :].strip():
            return match[0].strip(" 　：:、.．\t"), block[match.end() :].strip()
    return "", block
