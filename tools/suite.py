"""Every check of the project in one run, quick ones first; stops at the first that fails and says which.

    python tools/suite.py [STEP…]      steps: lint format imports types unit unit-pg stories (none named: all)

At the end: how long each took and how many tests passed. Tests use a home folder made and removed here.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass
class Count:
    """What one step did: seconds, and for tests how many passed and were skipped."""

    seconds: float = 0.0
    passed: int | None = None
    skipped: int = 0


def _pytest(report: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]


def _on_postgresql(command: list[str]) -> list[str]:
    return [sys.executable, "tools/pg.py", *command]


# In small portions: dealt a thousand at once, one worker gets the pages that build whole counties and the other sits idle.
BOTH_CORES = ("-n", "2", "--maxschedchunk", "40")
STEPS: dict[str, Callable[[Path], list[str]]] = {
    "lint": lambda report: [str(BIN / "ruff"), "check", "--quiet", "."],
    "format": lambda report: [str(BIN / "ruff"), "format", "--quiet", "--check", "."],
    "imports": lambda report: [str(BIN / "lint-imports")],
    "types": lambda report: [str(BIN / "mypy"), "src/zhuoluo"],
    "unit": lambda report: _pytest(report, *BOTH_CORES, "-m", "not browser"),
    "unit-pg": lambda report: _on_postgresql(_pytest(report, *BOTH_CORES, "-m", "not browser")),
    "stories": lambda report: _pytest(report, "-m", "browser"),
}
TITLES = {
    "lint": "ruff check",
    "format": "ruff format --check",
    "imports": "import-linter",
    "types": "mypy --strict",
    "unit": "tests on SQLite",
    "unit-pg": "tests on PostgreSQL",
    "stories": "stories in a browser",
}


def _counted(report: Path) -> tuple[int | None, int]:
    if not report.exists():
        return None, 0
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    total, bad, skipped = (sum(int(s.get(n, 0)) for s in suites) for n in ("tests", "failures", "skipped"))
    bad += sum(int(s.get("errors", 0)) for s in suites)
    return total - bad - skipped, skipped


def run(step: str, home: Path) -> tuple[int, Count]:
    """Run one step; return its exit code and what it did."""
    print(f"\n── {TITLES[step]}", flush=True)
    report = home / f"{step}.xml"
    started = time.monotonic()
    path = os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    environment = {**os.environ, "PYTHONPATH": path, "ZHUOLUO_HOME": str(home / "home")}
    code = subprocess.run(STEPS[step](report), cwd=ROOT, env=environment, check=False).returncode
    passed, skipped = _counted(report)
    return code, Count(time.monotonic() - started, passed, skipped)


def _line(step: str, count: Count) -> str:
    tests = "" if count.passed is None else f"{count.passed:6d} passed"
    skipped = f", {count.skipped} skipped" if count.skipped else ""
    return f"{TITLES[step]:<22}{count.seconds:7.1f} s {tests}{skipped}"


def _terminated(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)


def main(wanted: list[str]) -> int:
    """Run the steps asked for, or all. Exit code 0 only when every one passed."""
    unknown = [step for step in wanted if step not in STEPS]
    if unknown:
        print(f"No step {unknown[0]!r}; there are: {' '.join(STEPS)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _terminated)
    done: dict[str, Count] = {}
    with tempfile.TemporaryDirectory(prefix="zhuoluo-tests-") as folder:
        for step in wanted or list(STEPS):
            code, done[step] = run(step, Path(folder))
            if code != 0:
                print(f"\n✗ {TITLES[step]} failed (make {step} runs it alone).", file=sys.stderr)
                return 1
    print("\n" + "\n".join(_line(step, count) for step, count in done.items()))
    total = sum(count.passed or 0 for count in done.values())
    print(f"✓ All checks passed. {total} tests passed in {sum(c.seconds for c in done.values()):.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
