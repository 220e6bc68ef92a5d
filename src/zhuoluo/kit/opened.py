"""What a browser opened with number and code, for a while: a phone is passed around a family."""

import time
from uuid import UUID

from django.http import HttpRequest

IDLE_SECONDS = 30 * 60


class Opened:
    """The things of one kind that a browser may see; `name`: under which they stand in its session."""

    def __init__(self, name: str) -> None:
        self._name = name

    def remember(self, request: HttpRequest, row_id: UUID) -> None:
        """Let this browser see something it made or opened."""
        request.session[self._name] = request.session.get(self._name, {}) | {str(row_id): int(time.time())}

    def ids(self, request: HttpRequest) -> list[UUID]:
        """Return what this browser opened lately."""
        kept = request.session.get(self._name, {})
        return [UUID(one) for one, seen in kept.items() if time.time() - seen <= IDLE_SECONDS]
