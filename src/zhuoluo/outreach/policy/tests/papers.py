"""Documents made for tests: the invented 36 clauses as lines, as a Word file and as a PDF, and files nobody can read."""

import io
from collections.abc import Sequence
from typing import Any

import docx
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from zhuoluo.outreach.policy.rules.numerals import write_numeral

SEVENTEENTH = "对在清溪县稳定就业满一年、没有自有住房的青年人才，给予租房补贴每月八百元，连续发放三十六个月，并可优先申请槐荫公寓。"
ABOUT = [
    "清溪县人民政府文件", "清政发〔2023〕40号", "海创园人才三十六条措施", "清溪县人民政府", "2023年12月20日",
    "为加快建设海创园，集聚各类人才，制定本措施。",
]  # fmt: skip
PARTS = {1: "一、支持创业", 13: "二、安居保障", 25: "三、服务优化"}
LAST = "本措施自2024年1月1日起施行，有效期至2028年12月31日。此前规定与本措施不一致的，以本措施为准。"


def words(number: int) -> str:
    """The words of one of the 36 clauses."""
    if number == 17:
        return SEVENTEENTH
    if number == 36:
        return LAST
    return f"对符合第{number}类条件的人才和用人单位，按照年度考核结果给予支持，所需经费由县财政统筹安排，主管部门负责兑现。"


def lines(label: str = "article") -> list[str]:
    """The whole document as paragraphs; `label`: article (第十七条) or digit (17.)."""
    found = list(ABOUT)
    for n in range(1, 37):
        if n in PARTS:
            found.append(PARTS[n])
        found.append(f"第{write_numeral(n)}条　{words(n)}" if label == "article" else f"{n}. {words(n)}")
    return found


def word(paragraphs: Sequence[str], *, header: str = "海创园文件汇编") -> bytes:
    """A Word file with a header and a footer, which are no part of the text."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: Any) -> bytes:
    handle = io.BytesIO()
    document.save(handle)
    return handle.getvalue()


def numbered_word(form: str, text: str, paragraphs: Sequence[str]) -> bytes:
    """A Word file whose numbers Word writes by itself: no paragraph holds its own."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for text_ in paragraphs:
        properties = document.add_paragraph(text_)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="78"/></w:numPr>')
        )
    return saved(document)


def pdf(paragraphs: Sequence[str], *, header: str = "海创园文件汇编") -> bytes:
    """A PDF with a head and page numbers on every page, its lines broken by the paper."""
    body = "\n\n".join(f'#"{text}"' for text in paragraphs)
    source = (
        f"#set page(width: 148mm, height: 150mm, header: [{header}], footer: context [#align(center)[— #counter(page).display() —]])\n"
        f'#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 11pt, lang: "zh")\n{body}'
    )
    return bytes(typst.compile(source.encode()))


def scanned() -> bytes:
    """A PDF of pictures only."""
    return bytes(typst.compile(b"#rect(width: 10cm, height: 15cm)"))


def locked_pdf(paragraphs: Sequence[str]) -> bytes:
    """A PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(paragraphs))))
    writer.encrypt("secret", algorithm="AES-256")
    handle = io.BytesIO()
    writer.write(handle)
    return handle.getvalue()
