"""What papers there are, what stands in them, how they are numbered. Pure: no Django, no clock, no files."""

from collections.abc import Callable

from zhuoluo.papers.rules import letters, notices, sheets
from zhuoluo.papers.rules.content import Block, Content, from_json, paragraphs, with_text, written_day
from zhuoluo.papers.rules.errors import Refused
from zhuoluo.papers.rules.facts import Facts
from zhuoluo.papers.rules.kinds import KINDS, STATES, UNNUMBERED, Kind
from zhuoluo.papers.rules.numbering import unit_word, write_number
from zhuoluo.papers.rules.sheets import reception_sheet

BUILDERS: dict[str, Callable[[Facts], Content]] = {
    code: next(getattr(part, code) for part in (notices, letters, sheets) if hasattr(part, code)) for code in KINDS
}  # fmt: skip


def build(kind: str, facts: Facts) -> Content:
    """Return the content of a paper of a kind. Raises Refused for a kind that does not exist."""
    if kind not in KINDS:
        raise Refused("没有这种文书")
    return BUILDERS[kind](facts)


__all__ = [
    "BUILDERS",
    "KINDS",
    "STATES",
    "UNNUMBERED",
    "Block",
    "Content",
    "Facts",
    "Kind",
    "Refused",
    "build",
    "from_json",
    "paragraphs",
    "reception_sheet",
    "unit_word",
    "with_text",
    "write_number",
    "written_day",
]
