"""Killed in the middle of writing, many times over: what was acknowledged stands, and nothing stands half (TESTS K1)."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


def command(home: Path, what: str) -> dict[str, Any]:
    """Return how to start a function of `writing` in a process of its own."""
    settings = {"DJANGO_SETTINGS_MODULE": "zhuoluo.config.settings", "ZHUOLUO_HOME": str(home)}
    env = {**os.environ, "PYTHONPATH": "src", **settings}
    env.pop("ZHUOLUO_DATABASE_URL", None)
    code = f"import django; django.setup(); from tests.cli import writing; writing.{what}()"
    return {"args": [sys.executable, "-c", code], "cwd": ROOT, "env": env}


def write_and_kill(home: Path, after: float) -> list[str]:
    """Return the lines that a writer said before it was killed `after` seconds from its first word."""
    with subprocess.Popen(**command(home, "write"), stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline()]
        time.sleep(after)
        writer.kill()
        said += writer.stdout.read().splitlines()
    return [line for line in said if line.strip()]


@pytest.mark.slow
def test_killed_while_writing_nothing_acknowledged_is_lost_and_nothing_stands_half(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    subprocess.run(**command(tmp_path, "prepare"), check=True, capture_output=True)
    dice = random.Random(20261122)
    said = [line for _ in range(KILLS) for line in write_and_kill(tmp_path, dice.uniform(0.02, 0.4))]
    found = subprocess.run(**command(tmp_path, "check"), check=True, capture_output=True, text=True)
    stands = json.loads(found.stdout)
    rows = {row["number"]: row for row in stands["matters"]}
    registered = [line.split()[1] for line in said if line.startswith("registered")]
    forwarded = {line.split()[1] for line in said if line.startswith("forwarded")}
    assert len(registered) > KILLS, "the writer hardly wrote"
    assert max(Counter(registered).values()) == 1
    assert set(registered) <= set(rows)
    assert all(rows[number]["entries"] == 2 for number in forwarded)
    assert all(row["entries"] == row["version"] and row["live"] == 1 for row in rows.values())
    assert stands["entries of none"] == 0
    assert len(rows) <= len([line for line in said if line.startswith("begun")])
