"""Who may find a document, and where it belongs, as tokens of the same index: an answer never leaves it unchecked."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

MARK = "§"  # stands in no token of a text
_TOKEN = re.compile(r"[a-z0-9]{1,60}")
_LEVELS = (2, 4, 6, 9, 12)  # digits of province, city, county, township, village (GB/T 2260, GB/T 10114)
_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
TICKS = 128  # a second; time is the order of the index


@dataclass(frozen=True)
class Document:
    """What is to be found. `readers`: tokens of which a reader needs one; `hidden_from`: tokens that forbid it.

    Tokens are small letters and digits ("all", "u<hex>"). `when` (aware) sorts, newest first; `place` is an area code
    or "". Only what `text` holds is searched, so it holds no identity.
    """

    id: UUID
    kind: str
    text: str
    when: datetime
    place: str = ""
    readers: frozenset[str] = frozenset()
    hidden_from: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reach:
    """What a reader may find: documents with one of `readers`, none of `hidden`, and every one of `within`."""

    readers: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def allows(reach: Reach, marks: Collection[str]) -> bool:
    """Say whether a document with these marks is within reach."""
    held = set(marks)
    return (
        not held.isdisjoint(reach.readers) and held.isdisjoint(reach.hidden) and held.issuperset(reach.within)
    )


def tick(when: datetime) -> int:
    """Return a moment as a count of 1/128 seconds since 1900; earlier moments count as 1900."""
    since = when - _EPOCH
    return max(0, (since.days * 86_400 + since.seconds) * TICKS + since.microseconds * TICKS // 1_000_000)


def marks_of(document: Document) -> tuple[str, ...]:
    """Return the marks of a document, sorted. Raises ValueError for a token or a place that is none."""
    marks = {f"{MARK}r{token}" for token in _checked(document.readers)}
    marks |= {f"{MARK}x{token}" for token in _checked(document.hidden_from)}
    if document.place:
        code = _place(document.place)
        marks |= {f"{MARK}p{code[:level]}" for level in _LEVELS if level <= len(code)}
    if document.kind:
        marks |= {f"{MARK}k{token}" for token in _checked([document.kind])}
    return tuple(sorted(marks))


def reach(
    readers: Collection[str],
    hidden_from: Collection[str] = (),
    place: str | None = None,
    kind: str | None = None,
) -> Reach:
    """Return what a reader may find, as marks. Raises ValueError for a token or a place that is none."""
    within = [f"{MARK}p{_place(place)}"] if place else []
    within += [f"{MARK}k{token}" for token in _checked([kind])] if kind else []
    return Reach(
        tuple(sorted(f"{MARK}r{token}" for token in _checked(readers))),
        tuple(sorted(f"{MARK}x{token}" for token in _checked(hidden_from))),
        tuple(within),
    )


def _checked(tokens: Collection[str]) -> list[str]:
    wrong = [token for token in tokens if token and not _TOKEN.fullmatch(token)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no token: small letters and digits only")
    return [token for token in tokens if token]


def _place(code: str) -> str:
    """Return an area code without the zeros that stand for "the whole of it": 430426101000 is 430426101."""
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", code, re.ASCII):
        raise ValueError(f"{code!r} is no area code of 2, 4, 6, 9 or 12 digits")
    for longer, shorter in ((12, 9), (9, 6), (6, 4), (4, 2)):
        if len(code) == longer and not code[shorter:].strip("0"):
            code = code[:shorter]
    return code
