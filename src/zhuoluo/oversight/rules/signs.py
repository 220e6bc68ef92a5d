"""Signs that a closure may be false. Pure: facts of one matter in, signs out. A sign is a reason to look, no verdict."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PHONE_WINDOW = timedelta(hours=72)
DEVICE_WINDOW = timedelta(hours=1)
QUICK = timedelta(hours=1)
MANY = 5  # different matters with the same answer, from which on it is a sign
SIGNS: dict[str, str] = {
    "device": "评价用的网络和浏览器，前后一小时内有承办单位的人登录过",
    "phone": "回访前 72 小时内改过电话",
    "bare": "说已经落实或化解，却没有一份办理材料",
    "silent": "认定了化解，诉求人却没有说过一句话",
    "minutes": "从受理到落实不到一小时",
    "same": "一样的答复发给了许多人",
}


@dataclass(frozen=True)
class Said:
    """A word of the raiser: "raiser" (on the portal) or "callback", and whether anybody was reached."""

    at: datetime
    source: str
    reached: bool


@dataclass(frozen=True)
class Closure:
    """What is known of one closing. `shown`: files by staff; `seen`: when staff of the handling units used the device
    or network from which the raiser rated, each with the moment of the rating; `alike`: other matters given the same
    answer within a quarter."""

    klass: str = "claim"
    supported: bool = True
    accepted_at: datetime | None = None
    served_at: datetime | None = None
    executed_at: datetime | None = None
    resolved_at: datetime | None = None
    shown: int = 0
    said: Sequence[Said] = ()
    phone_changed: Sequence[datetime] = ()
    seen: Sequence[tuple[datetime, datetime]] = ()
    alike: int = 0


@dataclass(frozen=True)
class Sign:
    """A sign and what it rests on: the moment, and a number where one says more."""

    key: str
    at: datetime
    number: int = field(default=0)


def signs(closure: Closure) -> list[Sign]:
    """Return the signs of one closing, in the order of SIGNS."""
    found = (
        _device(closure), _phone(closure), _bare(closure), _silent(closure), _minutes(closure), _same(closure)
    )  # fmt: skip
    return [sign for sign in found if sign is not None]


def _device(it: Closure) -> Sign | None:
    near = [rated for rated, used in it.seen if abs(rated - used) <= DEVICE_WINDOW]
    return Sign("device", min(near)) if near else None


def _phone(it: Closure) -> Sign | None:
    for word in it.said:
        if word.source != "callback" or not word.reached:
            continue
        fresh = [at for at in it.phone_changed if timedelta(0) <= word.at - at <= PHONE_WINDOW]
        if fresh:
            return Sign("phone", word.at, int((word.at - max(fresh)).total_seconds() // 3600))
    return None


def _bare(it: Closure) -> Sign | None:
    claimed = it.executed_at or it.resolved_at
    return Sign("bare", claimed) if it.supported and claimed is not None and it.shown == 0 else None


def _silent(it: Closure) -> Sign | None:
    if it.resolved_at is None or any(word.reached for word in it.said):
        return None
    return Sign("silent", it.resolved_at)


def _minutes(it: Closure) -> Sign | None:
    if it.klass != "claim" or it.accepted_at is None or it.executed_at is None:
        return None
    took = it.executed_at - it.accepted_at
    return Sign("minutes", it.executed_at, int(took.total_seconds() // 60)) if took < QUICK else None


def _same(it: Closure) -> Sign | None:
    if it.klass != "claim" or it.served_at is None or it.alike + 1 < MANY:
        return None
    return Sign("same", it.served_at, it.alike + 1)


def print_of(text: str) -> str:
    """Return by what the same words are known again, whatever their blanks, marks and digits."""
    plain = re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
