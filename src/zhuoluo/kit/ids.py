"""Identifiers made by the application, in the order of their making."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Return a version 7 UUID (RFC 9562, section 6.2 method 3): within one process strictly increasing.

    The 12 bits after the millisecond carry its fraction, so neighbours in time are neighbours in an index.
    """
    global _last
    with _lock:
        ticks = time.time_ns() * 4096 // 1_000_000  # 1/4096 of a millisecond
        _last = ticks = max(ticks, _last + 1)
    milliseconds, fraction = divmod(ticks, 4096)
    tail = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | tail)
