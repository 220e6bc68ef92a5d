"""The door: says what an uploaded file really is and refuses hostile ones before any real parsing.

`inspect` costs at most two seconds and a hundred megabytes for any file. It opens no connection, runs no
macro and follows no link.
"""

import re

from zhuoluo.exchange.sheets.csvtext import wide_encoding
from zhuoluo.exchange.sheets.guard_xls import inspect_xls
from zhuoluo.exchange.sheets.guard_xlsx import inspect_xlsx
from zhuoluo.exchange.sheets.limits import Facts, Limits
from zhuoluo.exchange.sheets.ole import MAGIC as OLE_MAGIC
from zhuoluo.exchange.sheets.problems import Refused, reason

__all__ = ["Facts", "Limits", "Refused", "inspect"]

_OTHER = (
    (b"\x7fELF", "程序"),
    (b"#!", "程序"),
    (b"%PDF", " PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"{\\rtf", " RTF 文件"),
    (b"SQLite format", "数据库"),
)
_OTHER_WITH_NULLS = (
    (b"MZ", "程序"),
    (b"BM", "图片"),
    (b"GIF8", "图片"),
)  # text may start with these letters too
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x05\x06", b"PK\x07\x08")
_SOMETHING = re.compile(rb"[^\0\r\n\t ]")
_TEXT_ENDINGS = frozenset(
    {"csv", "tsv", "txt", "tab", "xls", "et"}
)  # .xls and .et: text saved under an old habit


def inspect(data: bytes, name: str, limits: Limits = Limits()) -> Facts:  # noqa: B008 - frozen
    """Look through an upload by its content; `name` only helps to explain. Raises `Refused`."""
    if len(data) > limits.file_bytes:
        size = f"{len(data) / 1048576:.1f}"
        raise Refused(reason("file_too_big", size=size, limit=limits.file_bytes // 1048576))
    if not _SOMETHING.search(data):
        raise Refused(reason("file_empty"))
    if data.startswith(b"PK\x03\x04"):
        return inspect_xlsx(data, limits)
    if data.startswith(OLE_MAGIC):
        return inspect_xls(data, limits)
    _refuse_others(data)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in _TEXT_ENDINGS:
        raise Refused(reason("file_mismatch", ending=ending or "?"))
    _check_text_size(data, limits)
    return Facts("text", data)


def _refuse_others(data: bytes) -> None:
    """Refuse what is known not to be a sheet, and anything that is not text."""
    if data.startswith(_ARCHIVES):
        raise Refused(reason("file_archive"))
    for magic, what in _OTHER + (_OTHER_WITH_NULLS if b"\0" in data[:256] else ()):
        if data.startswith(magic):
            raise Refused(reason("file_other", what=what))
    start = data[:4096].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n").lower()
    if start.startswith((b"<", b"mime-version:")):
        raise Refused(reason("file_html"))
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not wide_encoding(data):
        raise Refused(reason("file_other", what="无法识别的数据"))


def _check_text_size(data: bytes, limits: Limits) -> None:
    """Refuse text of endless separators or lines before any of it becomes cells."""
    separators = max(data.count(mark) for mark in (b",", b";", b"\t", b"|"))
    if separators > limits.cells or data.count(b"\n") + data.count(b"\r") > limits.cells:
        raise Refused(reason("sheet_too_big", limit=limits.cells))
