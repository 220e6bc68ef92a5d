"""The screen's words: compiled for English when stale, and read out of templates and code to find what lacks English.

The Chinese sentence itself is the msgid, so Chinese needs no catalogue. `python -m zhuoluo.config.messages` lists what
has no English yet.
"""

import ast
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
CATALOGUE = LOCALE / "en" / "LC_MESSAGES" / "django.po"
CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "N_",
}
TEMPLATE_KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "gettext": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Their sentences reach the screen through gettext(str(error)).
ERRORS = {"Unreadable", "Refused", "Stale", "KeyReused", "Forbidden", "NotFound", "UploadRefused"}
HAN = re.compile(r"[\u3400-\u9fff]")
# These carry their English beside their Chinese.
BOTH_LANGUAGES = ("exchange/sheets/", "figures/rules")
# Names of places, of typefaces, words of document numbers, and words taken out of what people ask.
NAMES = (
    "demo/rules/scenes",
    "outreach/policy/rules/wording",
    "outreach/policy/rules/splitting",
    "papers/rules/numbering",
    "papers/reads/fonts",
    "papers/reads/docx",
)
NOT_SCREEN = {"tests", "migrations", "config", "clock"}


@dataclass
class Found:
    """A msgid on the screen: its plural form if it has one, and where it stands."""

    msgid: str
    plural: str = ""
    places: list[str] = field(default_factory=list)


def compile_catalogues() -> int:
    """Compile every .po that is newer than its .mo; return how many were."""
    done = 0
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)
            done += 1
    return done


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as handle:
        catalogue = read_po(handle, locale=source.parent.parent.name)
    # Written beside and moved into place: another process may be reading it, or doing the same.
    descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    with os.fdopen(descriptor, "wb") as handle:
        write_mo(handle, catalogue)
    Path(name).chmod(0o644)
    Path(name).replace(target)


def catalogue(path: Path = CATALOGUE) -> Catalog:
    """Return the English catalogue."""
    with path.open("rb") as handle:
        return read_po(handle, locale="en", abort_invalid=True)


def on_screen(root: Path = PACKAGE) -> dict[str, Found]:
    """Return every msgid of the templates and the code under `root`, with where it stands."""
    found: dict[str, Found] = {}
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.suffix == ".html" and "templates" in parts:
            pairs = _in_template(path)
        elif path.suffix == ".py" and not NOT_SCREEN & set(parts):
            pairs = _in_code(path)
        else:
            continue
        for msgid, plural, line in pairs:
            entry = found.setdefault(msgid, Found(msgid, plural))
            entry.plural = entry.plural or plural
            entry.places.append(f"{path.relative_to(root)}:{line}")
    return found


def _in_template(path: Path) -> Iterator[tuple[str, str, int]]:
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # Read as Python code, so a template's own indentation must not count.
    source = io.BytesIO("\n".join(line.lstrip() for line in code.split("\n")).encode())
    for line, _function, message, _comments in extract_python(source, TEMPLATE_KEYWORDS, [], {}):
        words = [message] if isinstance(message, str) else [m for m in message if m]
        if words and words[0]:
            yield words[0], words[1] if len(words) > 1 else "", line


def _in_code(path: Path) -> Iterator[tuple[str, str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _in_call(node)
    if not any(part in path.as_posix() for part in (*BOTH_LANGUAGES, *NAMES)):
        yield from _in_tables(tree)


def _in_call(node: ast.Call) -> Iterator[tuple[str, str, int]]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name.startswith("pgettext"):
        words = words[1:]
    if words and words[0] and (name in CALLS or (name in ERRORS and HAN.search(words[0]))):
        yield words[0], words[1] if name.startswith("ngettext") and len(words) > 1 else "", node.lineno


def _in_tables(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """Word tables at the top of a file or class, such as {code: "字"} or [(code, "字")]; never a pattern."""
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for node in (node for body in bodies for node in body):
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.Dict):
            value = ast.Tuple(value.values, ast.Load())
        for item in ast.walk(value) if isinstance(value, ast.List | ast.Tuple) else ():
            if isinstance(item, ast.Constant) and isinstance(item.value, str) and HAN.search(item.value):
                yield item.value, "", item.lineno


def anywhere(root: Path = PACKAGE) -> set[str]:
    """Return every text of the code and the clock's data: what may be looked up though nobody writes it in a call."""
    found: set[str] = set()
    for path in root.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    for path in (root / "clock" / "data").rglob("*.toml"):
        found |= set(re.findall(r"[\u3400-\u9fff]+", path.read_text(encoding="utf-8")))
    return found


def untranslated(root: Path = PACKAGE, path: Path = CATALOGUE) -> list[Found]:
    """Return what is on the screen without English, or with a number and no plural, in the order of where it stands."""
    known = {_msgid(m.id): m for m in catalogue(path) if m.id}
    missing = [
        f for f in on_screen(root).values() if not _translated(known.get(f.msgid), plural=bool(f.plural))
    ]
    return sorted(missing, key=lambda f: f.places[0])


def _msgid(value: object) -> str:
    return str(value[0]) if isinstance(value, tuple | list) else str(value)


def _translated(message: object, *, plural: bool) -> bool:
    words = getattr(message, "string", "")
    return bool(words) and all(words) if isinstance(words, tuple | list) else bool(words) and not plural


def main() -> int:
    """Print what lacks English, as entries to be filled in; exit code 1 when there is any."""
    missing = untranslated()
    for entry in missing:
        more = (
            f'msgid_plural {_quoted(entry.plural)}\nmsgstr[0] ""\nmsgstr[1] ""'
            if entry.plural
            else 'msgstr ""'
        )
        print(f"#: {entry.places[0]}\nmsgid {_quoted(entry.msgid)}\n{more}\n")
    print(f"# {len(missing)} without English", file=sys.stderr)
    return 1 if missing else 0


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    sys.exit(main())
