"""What a paper is built from: plain values that the matter already holds. Nobody types them twice."""

from dataclasses import dataclass, field
from datetime import date

from zhuoluo.papers.rules.content import Block, Content, paragraphs, written_day
from zhuoluo.papers.rules.kinds import KINDS


@dataclass(frozen=True)
class Facts:
    """The values every builder may use; each takes those it needs.

    `day`: of the paper. `superior`: the organ above the issuing one. `extra`: what only one kind needs, by name (see
    the builder). Texts may have several lines; each becomes a paragraph.
    """

    organ: str
    day: date
    name: str = ""  # of the raiser
    address: str = ""
    number: str = ""  # of the matter
    title: str = ""
    request: str = ""  # what was raised, in the raiser's words
    registered: date | None = None
    accepted: date | None = None
    due: date | None = None
    superior: str = ""
    to: str = ""  # the unit written to
    text: str = ""  # the words of the act: reasons, where to go, what is asked
    article: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def matter(self) -> str:
        """Return how the matter is called: its title in marks and its number."""
        return f"“{self.title}”（编号{self.number}）" if self.title else f"编号{self.number}的信访事项"

    @property
    def person(self) -> str:
        """Return the raiser as addressed."""
        return self.name or "信访人"

    def more(self, name: str) -> str:
        """Return one of the extra values, or ''."""
        return self.extra.get(name, "").strip()


def on(day: date | None) -> str:
    """Return a day as written, or the blank that is filled in by hand."""
    return written_day(day) if day else "    年  月  日"


def paper(facts: Facts, kind: str, blocks: tuple[Block, ...], **more: object) -> Content:
    """Return the content of a kind: organ, title, signer and date are the same everywhere."""
    values: dict[str, object] = {
        "kind": kind, "organ": facts.organ, "title": KINDS[kind].name, "blocks": blocks, "signer": facts.organ,
        "day": written_day(facts.day),
    }  # fmt: skip
    return Content(**(values | more))  # type: ignore[arg-type]  # the names are fields of Content


def remedy_words(what: str, superior: str) -> str:
    """Return the remedy clause (信访工作条例 arts. 35-36): thirty days, the organ above, in writing."""
    above = superior or "原办理机关、单位的上一级机关、单位"
    ours = "本处理意见" if what == "复查" else "本复查意见"
    article = "三十五" if what == "复查" else "三十六"
    return (
        f"如对{ours}不服，可以自收到本意见书之日起30日内，向{above}书面申请{what}"
        f"（《信访工作条例》第{article}条）。逾期不申请的，以同一事实和理由再提出的投诉请求将不再受理。"
    )


__all__ = ["Block", "Content", "Facts", "on", "paper", "paragraphs", "remedy_words", "written_day"]
