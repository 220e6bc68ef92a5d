import io
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from zhuoluo.files.rules import Refused, check
from zhuoluo.files.tests import samples


def _opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def _segments(content: bytes) -> set[int]:
    """The marker of every segment of a JPEG before its picture begins."""
    found, at = set(), 2
    while content[at + 1] != 0xDA:
        found.add(content[at + 1])
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return found


def _chunks(content: bytes) -> set[bytes]:
    found, at = set(), 8
    while at < len(content):
        found.add(content[at + 4 : at + 8])
        at += 12 + int.from_bytes(content[at : at + 4], "big")
    return found


def _near(point: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(point, tuple)
    return all(abs(a - b) < 40 for a, b in zip(point, colour, strict=True))


def test_a_phone_photo_loses_every_tag() -> None:
    data = samples.jpeg_with_tags()
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(0x8825), "the sample must carry a position for this test to mean anything"
    assert 0xE1 in _segments(data)
    kept = check(data)
    for content in (kept.content, kept.thumbnail or b""):
        assert b"SECRET" not in content
        assert not dict(_opened(content).getexif())
        assert not {kind for kind in _segments(content) if 0xE1 <= kind <= 0xEF or kind == 0xFE}
        assert set(_opened(content).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_png_loses_its_notes_and_tags() -> None:
    data = samples.png_with_tags()
    assert b"SECRETAUTHOR" in data
    assert {b"tEXt", b"iTXt", b"eXIf"} <= _chunks(data)
    kept = check(data)
    assert _chunks(kept.content) == {b"IHDR", b"IDAT", b"IEND"}
    assert kept.type.content_type == "image/png"


def test_a_webp_loses_its_tags_and_becomes_jpeg() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    data = samples.written(samples.picture(), "WEBP", exif=exif, xmp=b"<x>SECRETXMP</x>")
    assert b"SECRETMAKER" in data
    kept = check(data)
    assert kept.type.content_type == "image/jpeg"
    assert b"SECRET" not in kept.content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_after_its_orientation_tag_is_gone(orientation: int) -> None:
    kept = check(samples.jpeg_with_tags(orientation))
    assert (kept.width, kept.height) == ((60, 40) if orientation < 5 else (40, 60))
    image = _opened(kept.content)
    # Where the red half (left in the raw picture) lies once the picture is upright.
    red = {1: (5, 20), 2: (55, 20), 3: (55, 20), 4: (5, 20), 5: (20, 5), 6: (20, 5), 7: (20, 55), 8: (20, 55)}
    assert _near(image.getpixel(red[orientation]), samples.RED)


def test_colours_are_brought_to_srgb_and_the_profile_is_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The same profile with red and blue swapped: what is stored as red is meant as blue.
    swapped = profile.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    assert swapped != profile
    kept = check(samples.jpeg(icc_profile=swapped))
    image = _opened(kept.content)
    assert "icc_profile" not in image.info
    assert _near(image.getpixel((5, 20)), samples.BLUE)


def test_a_broken_colour_profile_does_not_lose_the_photo() -> None:
    kept = check(samples.jpeg(icc_profile=b"not a profile at all" * 20))
    assert _near(_opened(kept.content).getpixel((5, 20)), samples.RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_kept(mode: str) -> None:
    image = samples.picture(mode="L").convert("I;16") if mode == "I;16" else samples.picture(mode=mode)
    if mode == "I;16":
        image = image.point(lambda value: value * 257)
    kept = check(samples.written(image, "PNG"))
    light, dark = (_opened(kept.content).convert("L").getpixel(point) for point in ((5, 20), (55, 20)))
    assert isinstance(light, float | int)
    assert isinstance(dark, float | int)
    assert light != dark
    assert 0 < light < 255 or mode == "1"


def test_a_cmyk_jpeg_from_a_scanner_is_kept_in_rgb() -> None:
    kept = check(samples.written(samples.picture(mode="CMYK"), "JPEG"))
    assert _near(_opened(kept.content).getpixel((5, 20)), samples.RED)


def test_see_through_parts_stay_in_the_picture_and_are_white_in_the_thumbnail() -> None:
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    kept = check(samples.written(image, "WEBP", lossless=True))
    assert kept.type.content_type == "image/png"
    assert _opened(kept.content).getpixel((5, 5)) == (0, 0, 0, 0)
    assert _opened(kept.thumbnail or b"").getpixel((5, 5)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (samples.RED, samples.BLUE)]
    data = samples.written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert getattr(_opened(data), "n_frames", 1) == 2
    image = _opened(check(data).content)
    assert getattr(image, "n_frames", 1) == 1
    assert _near(image.convert("RGB").getpixel((5, 5)), samples.RED)


def test_a_photo_with_a_second_picture_behind_it_keeps_the_first_alone() -> None:
    data = samples.written(samples.picture(), "MPO", save_all=True, append_images=[samples.picture((30, 30))])
    kept = check(data)
    assert (kept.width, kept.height) == (60, 40)
    assert kept.content.count(b"\xff\xd8\xff") == 1


def test_the_thumbnail_fits_320_and_of_a_long_screenshot_shows_the_beginning() -> None:
    assert _opened(check(samples.jpeg((1600, 1200))).thumbnail or b"").size == (320, 240)
    long = Image.new("RGB", (300, 6000), samples.BLUE)
    long.paste(samples.RED, (0, 0, 300, 600))
    small = _opened(check(samples.written(long, "PNG")).thumbnail or b"")
    assert small.size == (160, 320)
    assert _near(small.getpixel((80, 10)), samples.RED)


def test_a_very_large_photo_is_kept_at_sixteen_million_points() -> None:
    kept = check(samples.written(Image.new("L", (8000, 6000), 128), "JPEG"))
    assert kept.width is not None
    assert kept.height is not None
    assert 10_000_000 < kept.width * kept.height <= 16_000_000
    assert kept.width / kept.height == pytest.approx(8000 / 6000, rel=0.01)


def test_a_photo_cut_short_is_refused_with_a_sentence_that_helps() -> None:
    data = samples.jpeg((400, 300))
    with pytest.raises(Refused, match="没有传完整") as refused:
        check(data[: len(data) // 2])
    assert refused.value.mend


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF"])
def test_other_pictures_cut_short_are_refused(form: str) -> None:
    data = samples.written(Image.effect_noise((300, 300), 90).convert("RGB"), form)
    with pytest.raises(Refused) as refused:
        check(data[: len(data) // 2])
    assert refused.value.code == "broken-photo"


def test_what_hides_behind_or_inside_a_photo_does_not_survive() -> None:
    hidden = samples.package({"evil.txt": b"SECRETARCHIVE" * 10}) + b"<script>alert('SECRETSCRIPT')</script>"
    for data in (
        samples.jpeg() + hidden,
        samples.jpeg(comment=hidden[:60_000]),
        samples.written(samples.picture(), "PNG") + hidden,
    ):
        kept = check(data)
        assert b"SECRET" not in kept.content
        assert b"<script" not in kept.content
        assert b"PK\x03\x04" not in kept.content


def test_a_jpeg_of_endless_passes_is_refused_before_it_is_unpacked() -> None:
    data = samples.jpeg((200, 200), progressive=True)
    scan = data.rindex(b"\xff\xda")
    with pytest.raises(Refused) as refused:
        check(data[:scan] + data[scan:-2] * 80 + b"\xff\xd9")
    assert refused.value.code == "photo-passes"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"VP8X", struct.pack("<I", 0) + (16382).to_bytes(3, "little") * 2),
        (b"VP8L", b"\x2f" + (16382 | 16382 << 14).to_bytes(4, "little")),
        (b"VP8 ", b"\0\0\0\x9d\x01\x2a" + (16383).to_bytes(2, "little") * 2),
    ],
)
def test_a_webp_that_claims_too_many_points_is_refused_by_its_head(kind: bytes, body: bytes) -> None:
    body += bytes(20)
    data = b"RIFF" + struct.pack("<I", 12 + len(body)) + b"WEBP" + kind + struct.pack("<I", len(body)) + body
    with pytest.raises(Refused) as refused:
        check(data)
    assert refused.value.code == "photo-size"


@pytest.mark.parametrize(("width", "height"), [(6000, 6000), (10_000, 10_000), (30_000, 30_000), (40_000, 2)])
def test_a_picture_of_too_many_points_is_refused(width: int, height: int) -> None:
    with pytest.raises(Refused, match="万像素") as refused:
        check(samples.png_claiming(width, height, b""))
    assert refused.value.code == "photo-size"


MEASURE = """
import re, resource, sys
sys.path[:0] = {path!r}
from zhuoluo.files.rules import Refused, check
try:
    verdict = check(open({file!r}, "rb").read()).type.kind
except Refused as refused:
    verdict = refused.code
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
print(verdict, int(peak) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the peak is read from Linux's /proc"
)


def _measured(data: bytes, folder: Path) -> tuple[str, int, int]:
    """The verdict, the peak memory in MB, and that of child processes, of a check in a process of its own."""
    file = folder / "upload"
    file.write_bytes(data)
    program = MEASURE.format(path=[path for path in sys.path if path], file=str(file))
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    verdict, peak, children = answer.stdout.split()
    return verdict, int(peak), int(children)


@needs_proc
def test_a_bomb_of_nine_hundred_million_points_is_refused_within_256_megabytes(tmp_path: Path) -> None:
    verdict, peak, children = _measured(samples.png_claiming(30_000, 30_000), tmp_path)
    assert verdict == "photo-size"
    assert peak <= 128
    assert children == 0


@needs_proc
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["plain jpeg", "progressive jpeg", "see-through png", "webp"])
def test_the_largest_allowed_photos_stay_within_known_memory(kind: str, tmp_path: Path) -> None:
    if kind == "plain jpeg":
        data = samples.jpeg((8900, 6700))
    elif kind == "progressive jpeg":
        data = samples.jpeg((6500, 4900), progressive=True, subsampling=0)
    elif kind == "see-through png":
        data = samples.written(samples.picture((6500, 4900), "RGBA"), "PNG", compress_level=1)
    else:
        data = samples.written(samples.picture((4600, 3450)), "WEBP", quality=50, method=0)
    verdict, peak, _ = _measured(data, tmp_path)
    assert verdict == "photo"
    assert peak <= 450
