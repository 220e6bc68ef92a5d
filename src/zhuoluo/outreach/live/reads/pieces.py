"""The pieces phones poll for, in the memory of each process: made once a version, looked at once in half a second."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from zhuoluo.outreach.live.models import Room
from zhuoluo.outreach.live.rules.polling import FRESH, Asked, Piece, make_piece

Draw = Callable[[Asked, Room], str]


@dataclass
class _Held:
    piece: Piece | None = None
    looked: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Pieces:
    """What this process holds. One thread looks again, the others go on with what is at hand."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._held: dict[Asked, _Held] = {}
        self._lock = threading.Lock()

    def get(self, asked: Asked) -> Piece | None:
        """Return the piece asked for, at most FRESH seconds behind the database; None when there is no such room."""
        held = self._held.get(asked)
        if held is not None and held.piece is not None:
            if time.monotonic() - held.looked < FRESH or not held.lock.acquire(blocking=False):
                return held.piece
            try:
                return self._look(asked, held)
            finally:
                held.lock.release()
        if not Room.objects.filter(code=asked.code).exists():
            return None
        with self._lock:
            held = self._held.setdefault(asked, _Held())
        with held.lock:
            return held.piece or self._look(asked, held)

    def _look(self, asked: Asked, held: _Held) -> Piece | None:
        room = Room.objects.filter(code=asked.code).first()
        if room is None:
            return None
        if held.piece is None or held.piece.version != room.version:
            held.piece = make_piece(room.version, self._draw(asked, room))
        held.looked = time.monotonic()
        return held.piece
