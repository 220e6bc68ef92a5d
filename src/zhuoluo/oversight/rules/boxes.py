"""三到位一处理 (信访工作条例 art. 27) as four boxes, each with words and evidence, or with why it does not apply."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zhuoluo.matters.rules import Refused

BOXES: dict[str, str] = {
    "solve": "诉求合理的，解决问题到位",
    "explain": "诉求无理的，思想教育到位",
    "help": "生活困难的，帮扶救助到位",
    "lawful": "行为违法的，依法处理",
}
SOURCES: dict[str, str] = {"list": "积案清单", "reception": "接访", "own": "领导自己认领"}
ENOUGH = 5  # characters that say something


@dataclass(frozen=True)
class Box:
    """One box: it applies, with what was done and what shows it; or it does not, because."""

    key: str
    applies: bool
    words: str
    evidence: str = ""


def check_boxes(boxes: Sequence[Box]) -> None:
    """Refuse boxes that say too little. At least one of the four applies to any case."""
    if not boxes:
        raise Refused("还没有写任何一项")
    for box in boxes:
        if box.key not in BOXES:
            raise Refused("没有这一项")
        if len(box.words.strip()) < ENOUGH:
            raise Refused("“%(box)s”：请写明做了什么，不适用的写明为什么不适用", box=BOXES[box.key])
        if box.applies and len(box.evidence.strip()) < ENOUGH:
            raise Refused("“%(box)s”：请写明凭什么说到位了", box=BOXES[box.key])


def missing(filled: Collection[str], applying: Collection[str]) -> list[str]:
    """Return what is still missing before a case can be put forward, as box keys; "any" where no box applies."""
    lacking = [key for key in BOXES if key not in filled]
    return lacking or ([] if applying else ["any"])


def check_meeting(topic: str, chair: str, units: Collection[object]) -> None:
    """Refuse a joint meeting without a topic, a chair, and at least two units."""
    if len(topic.strip()) < 2 or not chair.strip():
        raise Refused("请写明议题和主持人（写职务）")
    if len(set(units)) < 2:
        raise Refused("联席会议至少有两个单位参加")
