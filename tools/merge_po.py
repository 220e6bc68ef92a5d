"""Merge entries into the one English catalogue: sorted, each once, written the same way every time.

    python tools/merge_po.py FILE…       entries of the files are added; with no file it is only sorted anew

An entry that stands there with other words keeps them and the difference is printed; --replace takes the new ones.
--prune drops entries that are on no screen any more.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import normalize, read_po

from zhuoluo.config.messages import CATALOGUE, anywhere, on_screen

HEADER = """# The English of everything on the screen. The Chinese sentence is the key.
# Merged and sorted by tools/merge_po.py; make messages lists what is missing.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
WIDTH = 110
Key = tuple[str, str]
Entry = tuple[str | tuple[str, ...], str | tuple[str, ...]]


def read(path: Path) -> Catalog:
    """Return the catalogue in a file, with or without a header."""
    with path.open("rb") as handle:
        return read_po(handle, locale="en", abort_invalid=True)


def key(message: Message) -> Key:
    """Return what makes an entry the same entry: its context and its msgid (singular)."""
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", msgid)


def entries(catalogue: Catalog) -> dict[Key, Entry]:
    """Return the entries of a catalogue, without the header."""
    return {key(m): (m.id, m.string) for m in catalogue if m.id}


def text(kept: dict[Key, Entry]) -> str:
    """Return the whole file."""
    parts = [HEADER]
    for (context, msgid), (ids, strings) in sorted(kept.items(), key=lambda item: (item[0][1], item[0][0])):
        lines = ["#, python-format"] if "%(" in msgid or "%s" in msgid or "%d" in msgid else []
        if context:
            lines.append(f"msgctxt {normalize(context, width=WIDTH)}")
        lines.append(f"msgid {normalize(msgid, width=WIDTH)}")
        if isinstance(ids, str):
            lines.append(f"msgstr {normalize(str(strings), width=WIDTH)}")
        else:
            lines.append(f"msgid_plural {normalize(ids[1], width=WIDTH)}")
            lines += [f"msgstr[{n}] {normalize(words, width=WIDTH)}" for n, words in enumerate(strings)]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def merge(kept: dict[Key, Entry], found: dict[Key, Entry], *, replace: bool) -> list[str]:
    """Add entries to those kept; return the msgids whose English differs."""
    differing = []
    for name, entry in found.items():
        there = kept.get(name)
        if there is not None and any(there[1]) and there != entry and any(entry[1]):
            differing.append(name[1])
        if there is None or not any(there[1]) or (replace and any(entry[1])):
            kept[name] = entry
    return differing


def main(arguments: list[str]) -> int:
    """Merge, and say what differed and how many entries there are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--replace", action="store_true")
    parser.add_argument("--prune", action="store_true")
    options = parser.parse_args(arguments)
    kept = entries(read(CATALOGUE)) if CATALOGUE.exists() else {}
    for file in options.files:
        for msgid in merge(kept, entries(read(file)), replace=options.replace):
            print(f"{file.name}: other English for {msgid!r}", file=sys.stderr)
    if options.prune:
        shown = set(on_screen()) | anywhere()
        kept = {name: entry for name, entry in kept.items() if name[1] in shown}
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(text(kept), encoding="utf-8")
    print(f"{len(kept)} entries")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
