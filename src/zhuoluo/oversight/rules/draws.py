"""A sample that anybody can draw again: the same seed and the same matters give the same sample.

The order is a keyed hash, not a random generator, so that it needs no particular program: sort the ids by
SHA-256(seed + ":" + id) and take the first so many.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from zhuoluo.matters.rules import Refused

ALGORITHM = "sha256-order/1"
FINDINGS: dict[str, str] = {"stands": "属实", "doubtful": "存疑", "false": "不实"}
LARGEST = 500
LONGEST = 400  # days that one draw may reach over


def draw(seed: str, population: Iterable[UUID], size: int) -> list[UUID]:
    """Return `size` of the population in the order of the draw (all of them, where there are fewer)."""
    return sorted(set(population), key=lambda one: (_place(seed, one), one))[:size]


def _place(seed: str, one: UUID) -> str:
    return hashlib.sha256(f"{seed}:{one}".encode()).hexdigest()


def digest_of(population: Iterable[UUID]) -> str:
    """Return what fixes a population: SHA-256 over its ids in order."""
    return hashlib.sha256("\n".join(str(one) for one in sorted(set(population))).encode()).hexdigest()


def check_draw(seed: str, since: date, until: date, size: int, population: Collection[UUID]) -> None:
    """Refuse a draw that nobody could repeat, or with nothing to draw from."""
    if len(seed.strip()) < 4:
        raise Refused("请写抽样种子（至少四个字符，例如当天的开奖号码），写下就不能改")
    if until < since or (until - since).days > LONGEST:
        raise Refused("请选择起止日期，最长一年")
    if not 1 <= size <= LARGEST:
        raise Refused("抽查件数应为 1 至 %(most)s 件", most=LARGEST)
    if not population:
        raise Refused("这段时间没有已送达答复的事项可以抽")
