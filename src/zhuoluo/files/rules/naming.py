"""File names: what people see and save, never what the disk uses."""

import re
import unicodedata

LONGEST = 80  # characters before the extension
LONGEST_BYTES = 200  # file systems stop at 255 bytes with extension
_UNSAFE = re.compile(r'[<>:"|?*%]')
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def clean_name(name: str, extension: str) -> str:
    """Return a name that is safe in a header, on a page and on any disk, and ends as its content says.

    Folders, control and direction characters go; Chinese stays; the extension is the content's. Never empty.
    """
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(c for c in composed if unicodedata.category(c) not in _INVISIBLE)
    stem = re.split(r"[/\\]", visible)[-1].strip()
    stem = _EXTENSION.sub("", _UNSAFE.sub("_", stem))
    stem = " ".join(stem.split()).strip(". ")[:LONGEST]
    stem = stem.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(". ")
    if _DEVICES.match(stem):  # Windows opens a device by these names
        stem = f"_{stem}"
    return (stem or "附件") + extension


# Control, format (among them the right-to-left override), surrogate; line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
