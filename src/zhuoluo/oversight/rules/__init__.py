"""The rules of oversight, pure: the four boxes, the draw, the signs of a false closure."""

from zhuoluo.oversight.rules.boxes import BOXES, SOURCES, Box, check_boxes, check_meeting, missing
from zhuoluo.oversight.rules.draws import ALGORITHM, FINDINGS, check_draw, digest_of, draw
from zhuoluo.oversight.rules.signs import MANY, SIGNS, Closure, Said, Sign, print_of, signs

__all__ = [
    "ALGORITHM",
    "BOXES",
    "FINDINGS",
    "MANY",
    "SIGNS",
    "SOURCES",
    "Box",
    "Closure",
    "Said",
    "Sign",
    "check_boxes",
    "check_draw",
    "check_meeting",
    "digest_of",
    "draw",
    "missing",
    "print_of",
    "signs",
]
