"""What stands in a paper, apart from how it looks: the one source of PDF and docx. Frozen and plain."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

Rows = tuple[tuple[str, ...], ...]
_FIRST = re.compile(r"^[一二三四五六七八九十百]+、")
_SECOND = re.compile(r"^[（(][一二三四五六七八九十百]+[）)]")


@dataclass(frozen=True)
class Block:
    """A paragraph (`text`) or a table (`rows`: label, value, label, value …). Levels 一、(一) are read from the text."""

    text: str = ""
    rows: Rows = ()

    @property
    def level(self) -> int:
        """Return 1 for 一、 2 for （一） 0 for everything else (1. and （1） look like the text)."""
        return 1 if _FIRST.match(self.text) else 2 if _SECOND.match(self.text) else 0


@dataclass(frozen=True)
class Content:
    """One paper, whole. Empty parts are left out on the page.

    `organ`: the issuing organ's full name. `addressee`: 主送. `signers`: lines of those who sign by hand (agreements,
    proofs of service). `remedy`: the clause on what can be asked for, where the law wants it. `copies`: 抄送.
    """

    kind: str
    organ: str
    title: str
    number: str = ""
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    remedy: str = ""
    attachments: tuple[str, ...] = ()
    signer: str = ""
    day: str = ""  # 2026年3月2日
    signers: tuple[str, ...] = ()
    copies: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return plain lists and words, to be kept."""
        return asdict(self)

    @property
    def text(self) -> str:
        """Return the free paragraphs as one text, a line each, to be edited."""
        return "\n".join(block.text for block in self.blocks if block.text)


def from_json(kept: dict[str, Any]) -> Content:
    """Return the content of what was kept."""
    blocks = tuple(
        Block(one["text"], tuple(tuple(row) for row in one["rows"])) for one in kept.get("blocks", ())
    )
    lists = {name: tuple(kept.get(name, ())) for name in ("attachments", "signers")}
    return Content(**{**kept, "blocks": blocks, **lists})


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """Return a block for every line that says something; blanks in front are the page's business."""
    lines = (line.strip() for text in texts for line in text.splitlines())
    return tuple(Block(line) for line in lines if line)


def with_text(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """Return the blocks with other free paragraphs; tables stay where they were: before or behind them."""
    first = next((i for i, block in enumerate(blocks) if block.text), len(blocks))
    before = tuple(block for block in blocks[:first] if block.rows)
    behind = tuple(block for block in blocks[first:] if block.rows)
    return before + paragraphs(text) + behind


def written_day(day: date) -> str:
    """Return a date as papers write it: Arabic, no zeros in front (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
