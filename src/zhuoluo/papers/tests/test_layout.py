"""The PDF is measured against GB/T 9704-2012, to the millimetre."""

import itertools
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pypdf
import pytest

from zhuoluo.papers.reads.pdf import write_pdf
from zhuoluo.papers.rules import KINDS, paragraphs
from zhuoluo.papers.tests.samples import AT, MM, content, lines_of, opened

LONG = replace(content(), number="清住建意字〔2026〕12号", blocks=paragraphs("路" * 28 * 70))


def near(value: float, wanted: float, by: float = 1.0) -> bool:
    """Whether a measure in points is the wanted millimetres, within a millimetre."""
    return abs(value / MM - wanted) <= by


def test_the_sheet_is_a4_with_its_core_where_the_standard_puts_it() -> None:
    page = opened(LONG).pages[1]
    assert near(page.width, 210, 0.1)
    assert near(page.height, 297, 0.1)
    lines = lines_of(page)
    first, last = lines[0], lines[-1]
    # 天头 37: the box of 3号 begins 0.88 em over the base line. 订口 28, the core 156 wide and at most 225 high.
    assert near(first[0] - 0.88 * 16, 37)
    full = lines[3][1]
    assert near(min(c["x0"] for c in full), 28)
    assert near(max(c["x1"] for c in full), 28 + 156)
    assert last[0] + 0.12 * 16 <= (37 + 225) * MM + 0.5


def test_a_full_page_holds_twenty_two_lines_of_twenty_eight_characters() -> None:
    lines = lines_of(opened(LONG).pages[1])
    assert len(lines) == 22
    assert {len(chars) for _, chars in lines} == {28}
    gaps = [b[0] - a[0] for a, b in itertools.pairwise(lines)]
    assert all(abs(gap - 28.95) <= 1 for gap in gaps)
    assert abs((lines[-1][0] - lines[0][0]) - 21 * 28.95) <= 1
    assert {round(c["size"], 1) for _, chars in lines for c in chars} == {16.0}


def test_organ_number_rule_and_title_stand_in_their_places() -> None:
    page = opened(LONG).pages[0]
    red = [c for c in page.chars if c["non_stroking_color"] not in ((0,), (0.0,), None) and c["size"] > 30]
    assert "".join(c["text"] for c in red) == "清溪县住房和城乡建设局"
    tops = [page.height - c["matrix"][5] - 0.88 * c["size"] for c in red]
    assert near(tops[0], 37 + 35)  # its upper edge 35 mm under the upper edge of the core
    rules = [line for line in page.lines if near(line["x1"] - line["x0"], 156)]
    assert len(rules) == 1
    rule = rules[0]
    assert near(rule["x0"], 28)
    r, g, b = rule["stroking_color"]
    assert r > 0.8
    assert g < 0.1
    assert b < 0.2
    rows = lines_of(page)
    number = next(base for base, chars in rows if "".join(c["text"] for c in chars).startswith("清住建意字"))
    assert near(rule["top"] - (number + 0.12 * 16), 4)
    title, chars = next(
        (base, chars) for base, chars in rows if "".join(c["text"] for c in chars) == "信访处理意见书"
    )
    assert {round(c["size"]) for c in chars} == {22}
    # Two lines are left free between the red rule and the title, one between the title and the addressee.
    assert abs((title - 0.88 * 22) - rule["top"] - 2 * 28.95) <= 6
    middle = (chars[0]["x0"] + chars[-1]["x1"]) / 2
    assert near(middle, 28 + 78)
    addressee = next(row for row in rows if row[0] > title)
    assert near(addressee[1][0]["x0"], 28)
    assert 1.5 * 28.95 <= addressee[0] - title <= 2.3 * 28.95


def test_page_numbers_stand_outside_one_character_in() -> None:
    pages = opened(LONG).pages
    for i, page in enumerate(pages[:2], 1):
        foot = sorted(
            (c for c in page.chars if page.height - c["matrix"][5] > 263 * MM and c["text"].strip()),
            key=lambda c: c["x0"],
        )
        assert "".join(c["text"] for c in foot) == f"—{i}—"
        assert {round(c["size"]) for c in foot} == {14}
        dash = page.height - foot[0]["matrix"][5] - 0.38 * 14  # the stroke of the dash
        assert near(dash, 37 + 225 + 7)
        if i % 2:
            assert near(foot[-1]["x1"], 210 - 26 - 14 / MM)
        else:
            assert near(foot[0]["x0"], 28 + 14 / MM)


def test_levels_have_faces_of_their_own() -> None:
    paper = replace(content(), blocks=paragraphs("一、第一层\n（一）第二层\n1. 第三层\n正文"))
    page = opened(paper).pages[0]
    faces = {
        "".join(c["text"] for c in chars): {c["fontname"].split("+")[-1] for c in chars}
        for _, chars in lines_of(page)
    }
    assert faces["一、第一层"] != faces["正文"]
    assert faces["1.第三层"] == faces["正文"]


def test_date_and_seal_stand_where_the_seal_will_be_pressed() -> None:
    page = opened(replace(content(), blocks=paragraphs("正文。"))).pages[0]
    rows = {"".join(c["text"] for c in chars): (base, chars) for base, chars in lines_of(page)}
    base, day = rows["2026年3月9日"]  # Arabic, without zeros in front
    name_base, name = max(
        (row for words, row in rows.items() if words == "清溪县住房和城乡建设局"), key=lambda r: r[0]
    )
    middle = (day[0]["x0"] + day[-1]["x1"]) / 2
    assert abs(middle - (name[0]["x0"] + name[-1]["x1"]) / 2) < 3
    assert day[-1]["x1"] <= (210 - 26) * MM - 4 * 16 + 2  # at least four characters from the right
    ring = [c for c in page.curves if near(c["x1"] - c["x0"], 42) or near(c["x1"] - c["x0"], 21)]
    assert ring
    left, right = min(c["x0"] for c in ring), max(c["x1"] for c in ring)
    top, bottom = min(c["top"] for c in ring), max(c["bottom"] for c in ring)
    assert near(right - left, 42)
    assert near(bottom - top, 42)
    assert abs((left + right) / 2 - middle) < 3
    assert top < name_base < base < bottom  # over name and date


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_prints_with_the_rare_names_on_it(kind: str) -> None:
    data = write_pdf(content(kind), draft=False, at=AT)
    found = pdfplumber.open(BytesIO(data))
    text = "".join(page.extract_text() for page in found.pages).replace("\n", "")
    assert KINDS[kind].name in text
    if KINDS[kind].to_raiser or kind in {"forwarding", "assignment", "service", "callback", "reception"}:
        assert "张䶮㛃𠮷" in text
    assert not any(
        ord(c["text"][0]) < 32 or c["text"] == "\ufffd" for page in found.pages for c in page.chars
    )


def test_rare_characters_have_glyphs_and_are_no_boxes() -> None:
    reader = pypdf.PdfReader(BytesIO(write_pdf(content("acceptance"), draft=False, at=AT)))
    found = pdfplumber.open(BytesIO(write_pdf(content("acceptance"), draft=False, at=AT)))
    rare = {c["text"] for page in found.pages for c in page.chars} & set("䶮㛃𠮷")
    assert rare == set("䶮㛃𠮷")
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]  # a dictionary of pypdf
    embedded = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert embedded
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in embedded)
    # Glyph 0 is .notdef: typst writes it for what no font has, and maps nothing to it.
    codes = [font["/ToUnicode"].get_object().get_data() for font in fonts]
    assert any(b"<D842DFB7>" in code.upper() for code in codes)  # 𠮷, as two surrogates


def test_what_people_wrote_is_never_interpreted() -> None:
    hostile = '#set text(red) *b* $x^2$ #import "@preview/x:1.0.0" #read("/etc/passwd") [a] <b> \\ //'
    paper = replace(content("acceptance"), blocks=paragraphs(hostile))
    text = "".join(page.extract_text() for page in opened(paper).pages).replace("\n", "").replace(" ", "")
    assert hostile.replace(" ", "") in text


def test_a_draft_says_so_across_every_page_and_a_copy_whom_it_is_for() -> None:
    words = [
        page.extract_text() or "" for page in opened(LONG, draft=True, mark="林秀芬 信访局 3月9日").pages
    ]
    big = [{c["text"] for c in page.chars if c["size"] > 100} for page in opened(LONG, draft=True).pages]
    assert all(found == {"草", "稿"} for found in big)
    assert len(words) > 1
    for page in opened(LONG, mark="林秀芬").pages:
        assert {"林", "秀", "芬"} <= {c["text"] for c in page.chars}


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert write_pdf(LONG, draft=False, at=AT) == write_pdf(LONG, draft=False, at=AT)


def test_the_pdf_is_an_archive_pdf() -> None:
    reader = pypdf.PdfReader(BytesIO(write_pdf(content(), draft=False, at=AT)))
    assert reader.xmp_metadata is not None
    assert b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()  # type: ignore[index]  # a dictionary of pypdf
