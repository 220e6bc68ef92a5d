"""What may be kept, told by content and never by name. Pure: bytes in, verdict or clean bytes out."""

from zhuoluo.files.rules.checking import Checked, check
from zhuoluo.files.rules.kinds import LARGEST, TYPES, Type, sniff
from zhuoluo.files.rules.naming import clean_name
from zhuoluo.files.rules.photos import Photo, redraw
from zhuoluo.files.rules.refusals import Refused

__all__ = [
    "LARGEST",
    "TYPES",
    "Checked",
    "Photo",
    "Refused",
    "Type",
    "check",
    "clean_name",
    "redraw",
    "sniff",
]
