"""The house rules no import shows: sizes, suppressions, hidden imports, words that must not stand anywhere."""

import ast
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = [p for p in sorted((ROOT / "src").rglob("*.py")) if "migrations" not in p.parts]
PRODUCT = [p for p in CODE if "tests" not in p.parts]
ALL = CODE + sorted(p for folder in ("tests", "tools", "bench") for p in (ROOT / folder).rglob("*.py"))
HARD_LIMIT = 500
BANNED_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py", "signals.py"}
# Only suppressions that name their code and say why.
SUPPRESSION = re.compile(r"#\s*(type:\s*ignore|noqa)(?P<rest>.*)$")
EXPLAINED = re.compile(r"^(\[[\w\-, ]+\]|:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)\s*[#-]\s*\S.{4,}")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def comments(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if "#" in line:
            yield number, line


@pytest.mark.parametrize("path", ALL, ids=named)
def test_a_file_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= HARD_LIMIT


@pytest.mark.parametrize("path", ALL, ids=named)
def test_a_suppression_names_its_code_and_its_reason(path: Path) -> None:
    if path == Path(__file__):
        return
    for number, line in comments(path):
        match = SUPPRESSION.search(line)
        if match:
            assert EXPLAINED.match(match.group("rest").strip()), f"{named(path)}:{number} {line.strip()}"


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_imports_stand_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = [n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    # An app says when it is ready; only there may it load what needs the others.
    if path.name == "apps.py":
        return
    assert not hidden


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_models_are_imported_and_never_looked_up_by_name(path: Path) -> None:
    assert "get_model(" not in path.read_text(encoding="utf-8")


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert not [named(p) for p in CODE if p.name in BANNED_NAMES]


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_nothing_is_left_to_be_done_later(path: Path) -> None:
    assert not re.search(r"#\s*(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [p for p in PRODUCT if p.name == "models.py" or p.parent.name == "models"], ids=named
)
def test_models_hold_columns_and_constraints_and_no_logic(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    assert not names & {"save", "delete", "clean", "full_clean"}


def test_no_template_holds_script_style_or_another_host() -> None:
    bad = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=\"|\son\w+=\"|<(?:script|link|img|iframe|form)\b[^>]*https?:"
    )
    found = [
        f"{named(p)}:{n}"
        for p in sorted((ROOT / "src").rglob("templates/**/*.html"))
        for n, line in enumerate(p.read_text(encoding="utf-8").splitlines(), start=1)
        if bad.search(line)
    ]
    assert not found


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_no_test_speaks_to_another_machine(address: tuple[str, int]) -> None:
    with pytest.raises(ConnectionRefusedError, match="this machine only"):
        socket.create_connection(address, timeout=1)
