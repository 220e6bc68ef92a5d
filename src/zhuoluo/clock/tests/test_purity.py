"""The clock is pure: no Django, no wall clock, no I/O but its own shipped data."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[1]
MODULES = sorted(ROOM.glob("*.py"))
FORBIDDEN_CALLS = {"now", "today", "utcnow", "time", "open", "print", "localtime"}

SCRIPT = """
import sys
for name in ("django", "zhuoluo.config"):
    sys.modules[name] = None
from datetime import UTC, datetime
from zhuoluo.clock import Calendar, Rulebook, reckon
import zhuoluo.clock.law
start = datetime(2026, 8, 3, 2, tzinfo=UTC)
print(reckon(Rulebook.shipped().term("xf.answer", start.date()), start, Calendar.shipped()).legal.isoformat())
"""


def test_the_clock_works_where_django_cannot_be_imported() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOM.parents[1])},
    )
    assert run.stderr == ""
    assert run.stdout.strip() == "2026-10-08T16:00:00+00:00"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_imports_only_the_standard_library_and_its_own_room(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("zhuoluo.clock")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_module_asks_what_time_it_is(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in FORBIDDEN_CALLS - {"time"}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS - {"time"}
