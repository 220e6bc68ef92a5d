"""Many at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def together(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run all jobs at the same moment, each in a thread with a connection of its own; errors come back as values."""
    gate = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i, job)) for i, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
