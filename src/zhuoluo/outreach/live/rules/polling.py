"""How phones ask for news: one small piece, made once, asked for by its mark.

A phone asks for the piece it has no newer one of and sends the mark (ETag) of what it shows. The process answers from
memory: 304 without a body when nothing changed. A piece older than FRESH is looked at again by one thread, while the
others go on with the one at hand; so the database is asked once in FRESH whether the version of the room went up, however
many phones there are.
"""

import hashlib
import re
from dataclasses import dataclass

FRESH = 0.5  # seconds a piece in memory is taken as it is
EVERY_MS = 1200  # a phone asks again after this long …
JITTER_MS = 400  # … and up to this much, so that phones that came together do not stay together
PATH = re.compile(r"/live/([a-z2-9]{6})/now/(list|wall)/(zh|en)/\Z")


@dataclass(frozen=True)
class Piece:
    """A piece of the page as it was at a version of its room."""

    version: int
    body: bytes
    mark: str


@dataclass(frozen=True)
class Asked:
    """What a poll asks for."""

    code: str
    kind: str
    language: str


def read_path(path: str) -> Asked | None:
    """Return what a path asks for, or None for any other path."""
    found = PATH.match(path)
    return Asked(*found.groups()) if found else None


def make_piece(version: int, words: str) -> Piece:
    """Return a piece with its mark: the digest of what it says, the same in every process."""
    body = words.encode()
    return Piece(version, body, f'"{hashlib.sha256(body).hexdigest()[:20]}"')


def same(mark: str, sent: str) -> bool:
    """Say whether the sender of an If-None-Match header has this very piece."""
    return mark in {one.strip().removeprefix("W/") for one in sent.split(",")}
