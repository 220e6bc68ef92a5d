import io
import struct
import wave

import pytest

from zhuoluo.files.rules import Refused, check
from zhuoluo.files.tests import samples


def _code(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        check(data)
    return refused.value.code


def test_a_recording_in_mp3_keeps_its_sound_and_loses_its_tags() -> None:
    kept = check(samples.mp3(b"TPE1 SECRETNAME" * 20, b"TAG" + b"SECRETPLACE".ljust(125)))
    assert kept.type.content_type == "audio/mpeg"
    assert kept.content == samples.mp3()


def test_bytes_that_only_begin_like_an_mp3_are_refused() -> None:
    assert _code(b"\xff\xfb\x90\x00" + b"<script>alert(1)</script>" * 100) == "broken-audio"
    assert _code(b"ID3\x03\0\0\0\0\0\x10" + b"MZ" * 5000) == "broken-audio"


def test_a_wav_keeps_its_sound_and_loses_its_notes() -> None:
    kept = check(samples.wav(b"INFOIART\x0b\0\0\0SECRETOWNER"))
    assert b"SECRET" not in kept.content
    with wave.open(io.BytesIO(kept.content)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (8000, 100)
    assert _code(samples.wav()[:40]) == "broken-audio"


@pytest.mark.parametrize(
    ("head", "frame"), [(b"#!AMR\n", b"\x3c" + bytes(31)), (b"#!AMR-WB\n", b"\x44" + bytes(60))]
)
def test_an_amr_recording_is_walked_frame_by_frame(head: bytes, frame: bytes) -> None:
    kept = check(head + frame * 50 + frame[:9])
    assert kept.content == head + frame * 50
    assert kept.type.extension == ".amr"
    assert _code(head + frame * 3 + b"\xff<script>" + frame) == "broken-audio"
    assert _code(head) == "broken-audio"


def test_a_video_keeps_its_length_and_loses_the_place_it_was_taken() -> None:
    data = samples.mp4(notes=b"+26.4215+112.8508/SECRETPLACE", tail=samples.box(b"uuid", b"SECRETXMP" * 4))
    kept = check(data)
    assert kept.type.content_type == "video/mp4"
    assert len(kept.content) == len(data), "positions inside the file must stay right"
    assert b"SECRET" not in kept.content
    assert b"udta" not in kept.content
    assert kept.content.index(b"mdat") == data.index(b"mdat")


def test_a_long_box_is_blanked_without_losing_its_length() -> None:
    long = struct.pack(">I4sQ", 1, b"uuid", 16 + 40) + b"SECRETXMP!" * 4
    kept = check(samples.mp4(tail=long + samples.box(b"mdat", b"x" * 8)))
    assert b"SECRET" not in kept.content
    assert kept.content.endswith(samples.box(b"mdat", b"x" * 8))
    assert struct.pack(">I4sQ", 1, b"free", 16 + 40) in kept.content


def test_sound_alone_in_the_same_container_is_a_recording() -> None:
    kept = check(samples.mp4(b"soun", brand=b"M4A ", notes=b"SECRETPLACE"))
    assert (kept.type.kind, kept.type.extension) == ("audio", ".m4a")
    assert b"SECRET" not in kept.content


def test_a_video_with_a_track_of_positions_is_refused() -> None:
    assert _code(samples.mp4(b"vide", b"soun", b"meta")) == "hidden-track"


def test_a_video_cut_short_or_nested_without_end_is_refused() -> None:
    data = samples.mp4()
    assert _code(data[:-10]) == "broken-video"
    assert _code(data[: data.index(b"moov") - 4]) == "broken-video"
    nested = b""
    for _ in range(3000):
        nested = samples.box(b"moov", nested)
    assert _code(samples.mp4()[:20] + nested) == "broken-video"
    assert _code(samples.mp4(tail=samples.box(b"free") * 60_000)) == "broken-video"


def test_padding_behind_a_video_is_forgiven() -> None:
    assert check(samples.mp4(tail=bytes(500))).type.kind == "video"
