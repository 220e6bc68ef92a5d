"""`zhuoluo worker`: what runs beside the pages. One loop, each task guarded, so one that fails never stops the others."""

import logging
import os
import signal
import threading
import time
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from django.db import close_old_connections
from django.utils import timezone

from zhuoluo.config.terminal import say
from zhuoluo.exchange.sheets import tasks as sheets
from zhuoluo.figures import tasks as figures
from zhuoluo.files import actions as files
from zhuoluo.matters import tasks as matters
from zhuoluo.outreach.programmes import tasks as programmes
from zhuoluo.outreach.talks import tasks as talks
from zhuoluo.oversight import tasks as oversight
from zhuoluo.portal import tasks as portal
from zhuoluo.reception import tasks as reception

logger = logging.getLogger("zhuoluo.worker")
ORPHAN_AFTER = timedelta(days=2)
LONGEST_PAUSE = 300.0  # seconds; a task that keeps failing is tried again at least so often


@dataclass
class Task:
    """Something to be done again and again: `work` returns how much it dealt with, 0 when nothing was left."""

    name: str
    every: float  # seconds between rounds
    work: Callable[..., int]
    next_at: float = 0.0
    failures: int = 0


def tasks() -> list[Task]:
    """Return everything the worker does. A new task is one line here."""
    return [
        Task("search index", 1, matters.index_new),
        Task("figures", 1, figures.count_new),
        Task("finality", 300, matters.finalize_lapsed),
        Task("successors", 300, matters.succeed_all),
        Task("signs of false closures", 2, oversight.follow),
        Task("old traces", 3600, oversight.sweep),
        Task("imports", 1, sheets.continue_runs),
        Task("exports", 2, sheets.make_exports),
        Task("old sheets", 3600, sheets.sweep),
        Task("unfiled forms", 600, portal.sweep),
        Task("tries at bookings", 600, reception.sweep),
        Task("tries at applications", 600, programmes.sweep),
        Task("tries at orders", 600, talks.sweep),
        Task("files nobody knows", 86_400, _sweep_files),
    ]


def _sweep_files(*, now: datetime) -> int:
    return files.sweep_orphans(before=now - ORPHAN_AFTER)


def run(options: Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; the batch under way is finished. With --once, until nothing waits."""
    everything = tasks()
    if options.once:
        return catch_up(everything)
    stop = threading.Event()

    def finish(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, finish)
    loop(everything, stop)
    return 0


def catch_up(everything: Sequence[Task]) -> int:
    """Run each task until it has nothing left; return 1 if one failed."""
    for task in everything:
        while one_round(task, timezone.now()):
            pass
    bad = [task.name for task in everything if task.failures]
    if bad:
        say(f"没有做完：{'、'.join(bad)}，详见日志", f"failed: {', '.join(bad)}; see the log")
    return 1 if bad else 0


def loop(everything: Sequence[Task], stop: threading.Event) -> None:
    """Run tasks as they come due, until `stop` is set or the process that started this one is gone."""
    parent = os.getppid()
    while not stop.is_set() and os.getppid() == parent:
        close_old_connections()
        for task in everything:
            while not stop.is_set() and time.monotonic() >= task.next_at:
                if one_round(task, timezone.now()) == 0:
                    break
        stop.wait(max(0.05, min(task.next_at for task in everything) - time.monotonic()))


def one_round(task: Task, now: datetime) -> int:
    """Run a task once and set when it is due again; return how much it dealt with (0 also when it failed)."""
    try:
        done = int(task.work(now=now) or 0)
    except Exception as error:
        task.failures += 1
        pause = min(task.every * 2**task.failures, LONGEST_PAUSE)
        task.next_at = time.monotonic() + pause
        # The text of an error can carry personal data, so only its kind and place are written down.
        logger.error("%s failed: %s, tried again in %.0f s", task.name, place_of(error), pause)
        return 0
    task.failures = 0
    task.next_at = 0.0 if done else time.monotonic() + task.every
    return done


def place_of(error: BaseException) -> str:
    """Return kind and place of an error without its text: "IntegrityError at register.py:12 in write"."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    where = f" at {Path(last.filename).name}:{last.lineno} in {last.name}" if last else ""
    return f"{type(error).__name__}{where}"
