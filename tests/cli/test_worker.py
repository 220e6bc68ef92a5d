"""`zhuoluo worker`: tasks guarded, followed to the end, ended cleanly."""

import logging
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from zhuoluo.config.commands import worker
from zhuoluo.config.commands.worker import Task

ROOT = Path(__file__).resolve().parents[2]


def test_a_task_that_fails_is_logged_without_its_words_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(*, now: datetime) -> int:
        raise ValueError("张三 13812340000")

    done: list[datetime] = []
    bad, good = Task("bad", 1, fails), Task("good", 1, lambda now: done.append(now) or 0)
    with caplog.at_level(logging.ERROR, "zhuoluo.worker"):
        for task in (bad, good):
            worker.one_round(task, timezone.now())
    assert len(done) == 1
    assert "ValueError at test_worker.py" in caplog.text
    assert "张三" not in caplog.text
    assert "1381" not in caplog.text


def test_a_task_that_keeps_failing_is_tried_less_and_less_often_but_never_given_up() -> None:
    def fails(*, now: datetime) -> int:
        raise ValueError

    task = Task("bad", 1, fails)
    pauses = []
    for _ in range(14):
        worker.one_round(task, timezone.now())
        pauses.append(round(task.next_at - time.monotonic()))
    assert pauses[:4] == [2, 4, 8, 16]
    assert max(pauses) == worker.LONGEST_PAUSE


def test_a_task_with_work_left_goes_on_at_once_and_rests_when_there_is_none() -> None:
    left = [3, 2, 0]
    task = Task("some", 60, lambda now: left.pop(0))
    assert worker.one_round(task, timezone.now()) == 3
    assert task.next_at == 0
    worker.one_round(task, timezone.now())
    worker.one_round(task, timezone.now())
    assert task.next_at > time.monotonic() + 50


def test_the_loop_finishes_its_batch_and_ends_when_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    stop = threading.Event()
    rounds: list[int] = []

    def batch(*, now: datetime) -> int:
        rounds.append(1)
        stop.set()
        return 1

    worker.loop([Task("batch", 1, batch)], stop)
    assert rounds == [1]


def test_once_reports_what_failed(capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*, now: datetime) -> int:
        raise ValueError

    assert worker.catch_up([Task("fine", 1, lambda now: 0), Task("broken", 1, fails)]) == 1
    assert "broken" in capsys.readouterr().out


def test_the_worker_knows_its_tasks_by_different_names() -> None:
    names = [task.name for task in worker.tasks()]
    assert len(set(names)) == len(names) >= 3
