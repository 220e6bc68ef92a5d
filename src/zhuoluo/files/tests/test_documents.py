import io
import stat
import struct
import time
import zipfile
import zlib
from contextlib import suppress

import pytest

from zhuoluo.files.rules import Refused, check
from zhuoluo.files.tests import samples


def _code(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        check(data)
    assert refused.value.why
    assert refused.value.mend
    return refused.value.code


def test_pdf_docx_and_xlsx_are_kept_byte_for_byte() -> None:
    for data, extension in (
        (samples.pdf(), ".pdf"),
        (samples.package(), ".docx"),
        (samples.package(main=samples.SHEET, folder="xl"), ".xlsx"),
    ):
        kept = check(data)
        assert kept.content == data
        assert kept.type.extension == extension
        assert kept.thumbnail is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "web-page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "web-page"),
        ("<!DOCTYPE html><html><body>你好".encode("utf-16"), "web-page"),
        (b"   \n<!-- x --><script>alert(1)</script>", "web-page"),
        (b"MZ\x90\x00" + bytes(200), "program"),
        (b"\x7fELF" + bytes(200), "program"),
        (b"#!/bin/sh\nrm -rf /\n", "program"),
        (b"Rar!\x1a\x07\x00" + bytes(50), "archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
        (b"\x1f\x8b\x08" + bytes(50), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-office"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "heic"),
        (b"\0\0\0\x14ftypqt  " + bytes(50), "quicktime"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "unknown"),
        (b"SIMPLE  =                    T / FITS", "unknown"),
        (b"II*\0" + bytes(100), "unknown"),
        ("普通的文字".encode(), "unknown"),
    ],
)
def test_what_is_not_on_the_list_is_refused_by_content_whatever_it_is_called(data: bytes, code: str) -> None:
    assert _code(data) == code


def test_a_zip_that_is_no_document_is_refused() -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("照片.jpg", samples.jpeg())
    assert _code(body.getvalue()) == "archive"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("word/activeX/activeX1.bin", "macros"),
        ("../../etc/cron.d/evil", "two-in-one"),
        ("/etc/passwd", "two-in-one"),
        ("word\\..\\..\\evil", "two-in-one"),
        ("c:/evil", "two-in-one"),
        ("word/setup.EXE", "two-in-one"),
        ("word/page.html", "two-in-one"),
    ],
)
def test_a_document_with_programs_or_paths_that_lead_outside_is_refused(part: str, code: str) -> None:
    assert _code(samples.package({part: b"x"})) == code


def test_a_document_of_a_macro_type_is_refused_even_under_a_plain_name() -> None:
    assert _code(samples.package(main="application/vnd.ms-word.document.macroEnabled.main+xml")) == "macros"


def test_a_presentation_is_refused_with_the_way_to_mend_it() -> None:
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    assert _code(samples.package(main=kind, folder="ppt")) == "office-kind"


def test_a_document_that_fetches_from_elsewhere_is_refused_and_one_with_links_is_kept() -> None:
    def rels(kind: str, target: str) -> dict[str, bytes]:
        line = f'<Relationship Id="1" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
        return {"word/_rels/settings.xml.rels": f"<Relationships>{line}</Relationships>".encode()}

    assert _code(samples.package(rels("attachedTemplate", "https://evil.example/a.dotm"))) == "remote"
    assert _code(samples.package(rels("attachedTemplate", "\\\\evil\\a.dotm"))) == "remote"
    assert _code(samples.package(rels("oleObject", "http://evil.example/a"))) == "remote"
    check(samples.package(rels("hyperlink", "https://www.gov.cn/")))
    check(samples.package(rels("attachedTemplate", "file:///C:/Users/a/Normal.dotm")))


def test_a_link_inside_an_archive_is_refused() -> None:
    body = io.BytesIO(samples.package())
    with zipfile.ZipFile(body, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert _code(body.getvalue()) == "two-in-one"


def test_bombs_are_refused_by_their_directory() -> None:
    assert _code(samples.package({f"word/{n}.xml": b"" for n in range(10_000)})) == "bomb"
    big = samples.package({f"word/{n}.xml": bytes(30_000_000) for n in range(8)})
    assert len(big) < 1_000_000
    begun = time.perf_counter()
    assert _code(big) == "bomb"
    assert time.perf_counter() - begun < 0.5


def test_a_content_list_larger_than_it_says_is_refused_without_unpacking_it() -> None:
    assert _code(samples.package({"word/_rels/a.rels": b" " * 20_000_000})) == "bomb"


def test_two_files_in_one_are_refused() -> None:
    document = samples.package()
    assert _code(b"PK\x03\x04" + bytes(50) + document) == "two-in-one"
    assert _code(document + b"<html><script>alert(1)</script>") == "two-in-one"
    assert _code(samples.pdf(document)) == "two-in-one"
    assert _code(samples.pdf(tail=document + b"%%EOF")) == "two-in-one"
    assert _code(b"%PDF-1.7\n<html><script>alert(1)</script>\n%%EOF") == "two-in-one"
    assert _code(samples.mp4(tail=samples.box(b"mdat", document))) == "two-in-one"


def test_a_document_cut_short_is_refused() -> None:
    assert _code(samples.package({"word/media/a.bin": bytes(range(256)) * 50})[:-40]) == "broken-office"
    assert _code(samples.pdf()[:-20]) == "broken-pdf"


@pytest.mark.parametrize(
    "program",
    [
        b"<</S /JavaScript /JS (app.alert(1))>>",
        b"<</S /#4aava#53cript /#4AS 5 0 R>>",
        b"<</S /Launch /F (cmd.exe)>>",
        b"<</Subtype /RichMedia>>",
        b"<</Names [] /JS 7 0 R>>",
    ],
)
def test_a_pdf_that_runs_something_is_refused_plain_or_packed(program: bytes) -> None:
    assert _code(samples.pdf(program)) == "pdf-program"
    packed = zlib.compress(b"1 0 2 40 " + program)
    stream = b"9 0 obj <</Type /ObjStm /Filter /FlateDecode>> stream\r\n" + packed + b"\nendstream endobj"
    assert _code(samples.pdf(stream)) == "pdf-program"


def test_an_ordinary_pdf_with_an_open_action_and_links_is_kept() -> None:
    words = b"<</OpenAction [3 0 R /Fit] /A <</S /URI /URI (https://www.gov.cn/)>> /Name /A#20B>>"
    stream = b"9 0 obj <</Type /ObjStm>> stream\n" + zlib.compress(words) + b"\nendstream endobj"
    check(samples.pdf(words + stream))


def test_a_pdf_bomb_of_packed_objects_is_refused_quickly() -> None:
    stream = b"<</Type /ObjStm>> stream\n" + zlib.compress(bytes(20_000_000), 9) + b"\nendstream "
    begun = time.perf_counter()
    assert _code(samples.pdf(stream * 50)) == "bomb"
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("filler", [b"/ObjStm ", b"/ObjStm stream\n", b"/a#41#42", b"<Relationship ", b"/"])
def test_hostile_filler_takes_no_time(filler: bytes) -> None:
    body = filler * (1_000_000 // len(filler))
    begun = time.perf_counter()
    for data in (samples.pdf(body), samples.package({"word/_rels/a.rels": body})):
        with suppress(Refused):
            check(data)
    assert time.perf_counter() - begun < 2


def test_sizes_are_limited_by_kind() -> None:
    with pytest.raises(Refused, match="最大 20 MB"):
        check(samples.pdf(bytes(21 * 1024 * 1024)))
    with pytest.raises(Refused, match="最大 20 MB"):
        check(samples.jpeg() + bytes(21 * 1024 * 1024))
    with pytest.raises(Refused, match="最大 50 MB"):
        check(samples.mp4() + struct.pack(">I", 51 * 1024 * 1024) + b"mdat" + bytes(51 * 1024 * 1024 - 8))
