"""One door for every file: what it is, whether it may be kept, and the bytes that are kept."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from zhuoluo.files.rules.kinds import TYPES, Type, check_size, sniff
from zhuoluo.files.rules.media import clean_amr, clean_mp3, clean_mp4, clean_wav
from zhuoluo.files.rules.office import check_office
from zhuoluo.files.rules.pdf import check_pdf
from zhuoluo.files.rules.photos import redraw
from zhuoluo.files.rules.refusals import Refused

_SOUND = {"mp3": clean_mp3, "amr": clean_amr, "wav": clean_wav}


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. Photos have width, height and a thumbnail; other kinds have none."""

    type: Type
    content: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None


def check(data: bytes) -> Checked:
    """Return what is kept of an upload. Raises Refused with the reason and how to mend it.

    Photos are drawn anew; sound and video lose their tags; documents are kept byte for byte or refused.
    """
    key = sniff(data)
    if key == "zip":
        key = check_office(data)
    check_size(data, key)
    if TYPES[key].kind == "photo":
        photo = redraw(data, key)
        return Checked(photo.type, photo.content, photo.width, photo.height, photo.thumbnail)
    if key == "pdf":
        check_pdf(data)
    elif key == "mp4":
        key, data = clean_mp4(data)
    elif key in _SOUND:
        data = _SOUND[key](data)
    if TYPES[key].kind in {"audio", "video"} and zipfile.is_zipfile(BytesIO(data)):
        raise Refused("two-in-one")
    check_size(data, key)
    return Checked(TYPES[key], data)
