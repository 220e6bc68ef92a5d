"""Word and PDF files become the clauses they hold; files nobody can read are refused with how to mend them."""

import io
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.guessing import Guess, guess
from zhuoluo.outreach.policy.rules.reading import LARGEST, Read, check_size, read_file, read_text
from zhuoluo.outreach.policy.rules.splitting import Split, cleaned, doubts, split
from zhuoluo.outreach.policy.tests import papers


def cut(read: Read) -> Split:
    return split(read.pages, wrapped=read.wrapped)


@pytest.fixture(scope="module")
def pdf() -> Read:
    return read_file(papers.pdf(papers.lines()), ".pdf")


def check_36(found: Split) -> None:
    assert len(found.clauses) == 36
    assert [c.doubts for c in found.clauses if c.doubts] == []
    assert found.clauses[16].text == papers.SEVENTEENTH
    assert [c.text for c in found.clauses if "槐荫公寓" in c.text] == [papers.SEVENTEENTH]
    assert found.clauses[35].text == papers.LAST
    assert [found.clauses[n].heading for n in (0, 12, 24)] == list(papers.PARTS.values())


@pytest.mark.parametrize("label", ["article", "digit"])
def test_a_word_file_of_36_clauses_becomes_exactly_these(label: str) -> None:
    found = cut(read_file(papers.word(papers.lines(label)), ".docx"))
    check_36(found)
    assert found.clauses[16].label == ("第十七条" if label == "article" else "17")
    assert "汇编" not in found.opening  # its head is no part of the text


def test_a_pdf_of_36_clauses_becomes_exactly_these_without_heads_and_page_numbers(pdf: Read) -> None:
    assert len(pdf.pages) > 3
    check_36(cut(pdf))


@pytest.mark.parametrize(
    ("form", "text", "label"),
    [
        ("decimal", "%1.", "17"),
        ("chineseCountingThousand", "第%1条", "第十七条"),
        ("japaneseCounting", "（%1）", "（十七）"),
    ],
)
def test_numbers_that_word_writes_by_itself_are_read_too(form: str, text: str, label: str) -> None:
    made = papers.numbered_word(form, text, [papers.words(n) for n in range(1, 37)])
    found = cut(read_file(made, ".docx"))
    assert len(found.clauses) == 36
    assert found.clauses[16].label == label
    assert found.clauses[16].text == papers.SEVENTEENTH


def test_tables_are_read_row_by_row_and_what_was_deleted_is_not() -> None:
    document = docx.Document()
    document.add_paragraph("第一条 补贴标准按下表执行，分三类兑现。")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("类别", "标准", "甲类", "每月八百元")):
        table.cell(place // 2, place % 2).text = text
    paragraph = document.add_paragraph("第二条 本办法由县委组织部")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>和财政局</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>负责解释。</w:t></w:r></w:ins>"))
    found = cut(read_file(papers.saved(document), ".docx"))
    assert [c.text for c in found.clauses] == [
        "补贴标准按下表执行，分三类兑现。\n类别 标准\n甲类 每月八百元", "本办法由县委组织部负责解释。",
    ]  # fmt: skip


def test_what_a_document_says_of_itself_is_found(pdf: Read) -> None:
    wanted = Guess(
        "海创园人才三十六条措施", "清政发〔2023〕40号", "清溪县人民政府", date(2023, 12, 20), date(2024, 1, 1), date(2028, 12, 31)
    )  # fmt: skip
    assert guess(papers.lines()) == wanted
    assert guess(cleaned(pdf.pages)) == wanted


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("本办法自2024年7月1日起施行。", date(2024, 7, 1)), ("本办法自二〇二四年十月一日起实施", date(2024, 10, 1)),
        ("自 2024 年 7 月 1 日 起执行", date(2024, 7, 1)), ("自2024年13月1日起施行", None), ("自发布之日起施行。", None),
    ],
)  # fmt: skip
def test_the_first_day_is_read_as_documents_write_it(line: str, day: date | None) -> None:
    assert guess(["清溪县某某办法", line]).from_day == day


def test_a_scanned_pdf_says_that_it_has_no_text_and_what_to_do() -> None:
    with pytest.raises(Refused, match=r"没有文字，多半是扫描件。请用有文字识别"):
        read_file(papers.scanned(), ".pdf")


def test_a_pdf_behind_a_password_says_so() -> None:
    with pytest.raises(Refused, match=r"设了密码，打不开。请去掉密码"):
        read_file(papers.locked_pdf(papers.lines()[:8]), ".pdf")


def test_a_word_file_without_words_says_so() -> None:
    with pytest.raises(Refused, match="没有文字，可能只有图片"):
        read_file(papers.word(["图"]), ".docx")


@pytest.mark.parametrize("extension", [".xlsx", ".jpg", ".mp4"])
def test_other_files_are_refused_with_what_is_taken(extension: str) -> None:
    with pytest.raises(Refused, match="要用 Word"):
        read_file(b"x" * 100, extension)


@pytest.mark.parametrize(("extension", "head"), [(".pdf", b"%PDF-1.7\n"), (".docx", b"PK\x03\x04")])
def test_a_broken_file_is_a_sentence_and_never_a_fault(extension: str, head: bytes) -> None:
    with pytest.raises(Refused, match=r"打不开|没有文字"):
        read_file(head + b"nonsense" * 50, extension)


def test_a_file_beyond_ten_megabytes_is_refused_with_its_size() -> None:
    with pytest.raises(Refused, match=r"文件有 11\.0 MB，最大 10 MB"):
        check_size(b"x" * (LARGEST + 1024 * 1024))
    check_size(b"x" * LARGEST)


def test_pasted_text_is_read_like_a_file_and_too_little_of_it_is_refused() -> None:
    check_36(cut(read_text("\r\n".join(papers.lines()))))
    with pytest.raises(Refused, match="太短"):
        read_text("第一条 好。")


def test_the_place_of_a_clause_among_the_others_tells_what_is_in_doubt() -> None:
    text = "对符合条件的人才给予支持。"
    labels = ["第一条", "第二条", "第二条之一", "第四条", "第四条", "", "第五条"]
    assert doubts((label, text) for label in labels) == [
        (), (), (), ("编号不连续",), ("编号重复",), ("没有编号",), (),
    ]  # fmt: skip


def test_a_head_that_differs_by_the_page_number_only_is_left_out_and_a_clause_at_an_edge_stays() -> None:
    pages = [
        [f"公报 2024 第 {n} 页", f"{n}. 对第{n}类人才给予补贴。", "按年度兑现。", f"第 {n} 页 共 5 页"]
        for n in range(1, 6)
    ]
    found = split(pages, wrapped=True)
    assert [c.text for c in found.clauses] == [f"对第{n}类人才给予补贴。\n按年度兑现。" for n in range(1, 6)]
    assert io.StringIO(found.opening).read() == ""
