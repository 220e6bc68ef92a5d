"""A paper as docx from the same content: the editable form, on the same grid of 22 lines and 28 characters."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from zhuoluo.papers.rules import KINDS, Block, Content

# What Word and WPS know the standard's faces as; where one is missing they choose the nearest themselves.
FANG, HEI, KAI, TITLE, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
RED = RGBColor(0xE6, 0x00, 0x12)
LINE = Pt(28.95)
FACES = {0: FANG, 1: HEI, 2: KAI}


def write_docx(content: Content, *, draft: bool, mark: str = "") -> bytes:
    """Return a paper as docx. `draft` and `mark` (whom the copy is for) stand in its head on every page."""
    document = Document()
    _page(document)
    _style(document)
    kind = KINDS[content.kind]
    _head(document, content, kind.layout)
    if content.addressee:
        _line(document, f"{content.addressee}：", indent=False)
    for block in content.blocks:
        _block(document, block)
    if content.remedy:
        _line(document, content.remedy)
    for i, name in enumerate(content.attachments, 1):
        number = f"{i}. " if len(content.attachments) > 1 else ""
        _line(document, f"{'附件：' if i == 1 else '　　　'}{number}{name}")
    _ending(document, content)
    _page_numbers(document.sections[0])
    marks = [word for word in ("草稿" if draft else "", mark) if word]
    if marks:
        _mark(document.sections[0], "　".join(marks))
    return _saved(document)


def marked(data: bytes, mark: str) -> bytes:
    """Return a copy of a kept docx with whom it is for in the head of every page; the kept one stays as it is."""
    document = Document(BytesIO(data))
    _mark(document.sections[0], mark)
    return _saved(document)


def _saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.footer_distance = Mm(26)
    grid = OxmlElement("w:docGrid")
    for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
        grid.set(qn(f"w:{name}"), value)
    for old in page._sectPr.findall(qn("w:docGrid")):
        page._sectPr.remove(old)
    page._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True


def _style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    _face(style.element.get_or_add_rPr(), FANG)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE


def _face(properties: Any, face: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), face)


def _run(paragraph: Any, text: str, face: str = FANG, size: float = 16, color: RGBColor | None = None) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _face(run._element.get_or_add_rPr(), face)
    if color is not None:
        run.font.color.rgb = color
    return run


def _line(document: Any, text: str, *, face: str = FANG, indent: bool = True) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(31.6)
    _run(paragraph, text, face)
    return paragraph


def _head(document: Any, content: Content, layout: str) -> None:
    if layout == "red":
        organ = document.add_paragraph()
        organ.alignment = WD_ALIGN_PARAGRAPH.CENTER
        organ.paragraph_format.space_before = Mm(35)
        organ.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        size = min(42.5, 442 / max(len(content.organ), 1) * 0.98)
        _run(organ, content.organ, TITLE, round(size * 2) / 2, RED)
        number = document.add_paragraph()
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        number.paragraph_format.space_before = LINE * 2
        _run(number, content.number)
        _rule(number)
        document.add_paragraph()
        document.add_paragraph()
    elif content.number:
        number = document.add_paragraph()
        number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(number, content.number)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(33)
    _run(title, content.title, TITLE, 22)
    document.add_paragraph()


def _rule(paragraph: Any) -> None:
    """The red rule, 4 mm below the number."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "11"), ("color", "E60012")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _block(document: Any, block: Block) -> None:
    if not block.rows:
        _line(document, block.text, face=FACES[block.level])
        return
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for row in block.rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (row[0], "\n".join(row[1:])), (Mm(42), Mm(114)), strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            _run(paragraph, text, FANG, 14)


def _ending(document: Any, content: Content) -> None:
    for words in content.signers:
        document.add_paragraph()
        _line(document, words)
    if content.signer or (content.signers and content.day):
        document.add_paragraph()
        document.add_paragraph()
        for words in (content.signer, content.day):
            if words:
                paragraph = document.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                paragraph.paragraph_format.right_indent = Pt(64 if words == content.day else 32)
                paragraph.paragraph_format.keep_with_next = words != content.day
                _run(paragraph, words)
    if content.copies:
        document.add_paragraph()
        _run(document.add_paragraph(), f"抄送：{content.copies}。", FANG, 14)


def _page_numbers(section: Any) -> None:
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        shape = paragraph.paragraph_format
        shape.right_indent = shape.left_indent = Pt(14)
        _run(paragraph, "— ", SONG, 14)
        run = _run(paragraph, "", SONG, 14)
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            run._element.append(_field(kind, words))
        _run(paragraph, " —", SONG, 14)


def _field(kind: str, words: str) -> Any:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.text = words
    return part


def _mark(section: Any, words: str) -> None:
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before = paragraph.text
        for run in list(paragraph.runs):
            run._element.getparent().remove(run._element)
        _run(
            paragraph,
            "　".join(part for part in (before, words) if part),
            HEI,
            10,
            RGBColor(0x99, 0x99, 0x99),
        )
