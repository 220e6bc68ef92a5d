"""The lines of a Word or PDF file, page by page. Pure: bytes in, lines or a sentence on how to mend the file out."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from zhuoluo.outreach.policy.rules.autonumbers import Numbers
from zhuoluo.outreach.policy.rules.errors import Refused

MB = 1024 * 1024
LARGEST = 10 * MB
LARGEST_OPEN = 40 * MB  # of the body of a Word file, unpacked
MOST_PAGES = 600
FEWEST = 30  # characters of a file that has text
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {
    f"{_W}del", f"{_W}txbxContent", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip


@dataclass(frozen=True)
class Read:
    """The lines of a file by page; `wrapped`: a line ends where the paper ends, not where the paragraph does."""

    pages: Sequence[Sequence[str]]
    wrapped: bool

    @property
    def lines(self) -> list[str]:
        """Return all lines."""
        return [line for page in self.pages for line in page]


def check_size(data: bytes) -> None:
    """Raise Refused for a file that is too large."""
    if len(data) > LARGEST:
        raise Refused(
            "文件有 %(size)s MB，最大 %(limit)s MB。请把里面的图片压缩或者删掉，只留文字，再传。",
            size=f"{len(data) / MB:.1f}", limit=LARGEST // MB,
        )  # fmt: skip


def read_file(data: bytes, extension: str) -> Read:
    """Return the lines of a checked file. Raises Refused with how to mend it."""
    if extension == ".docx":
        found = Read([list(_docx(data))], wrapped=False)
    elif extension == ".pdf":
        found = Read(_pdf(data), wrapped=True)
    else:
        raise Refused("政策文件要用 Word（docx）或者 PDF。请在 Word 或 WPS 里另存为 docx，再上传。")
    if sum(len("".join(line.split())) for line in found.lines) < FEWEST:
        if extension == ".pdf":
            raise Refused(
                "这份 PDF 里没有文字，多半是扫描件。请用有文字识别（OCR）的软件转成 Word，或者找发文单位要电子版，再上传。"
            )
        raise Refused("这份文档里没有文字，可能只有图片。请把正文打成文字，或者直接把正文粘贴在下面的框里。")
    return found


def read_text(text: str) -> Read:
    """Return the lines of text that was pasted."""
    if len(text.strip()) < FEWEST:
        raise Refused("正文太短了。请把整份文件的正文都粘贴进来。")
    return Read([text.replace("\r\n", "\n").split("\n")], wrapped=False)


def _pdf(data: bytes) -> list[list[str]]:
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("这份 PDF 设了密码，打不开。请去掉密码（打开后“打印 → 另存为 PDF”），再上传。")
        if len(reader.pages) > MOST_PAGES:
            raise Refused(
                "这份 PDF 有 %(n)s 页，一次最多 %(most)s 页。请分成几份上传。",
                n=len(reader.pages),
                most=MOST_PAGES,
            )
        return [(page.extract_text() or "").splitlines() for page in reader.pages]
    except Refused:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as broken:
        raise Refused("这份 PDF 打不开。请用 Word 或 WPS 重新导出 PDF，或者直接上传 docx。") from broken


def _docx(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            largest = max(
                (part.file_size for part in package.infolist() if part.filename.endswith(".xml")), default=0
            )
        if largest > LARGEST_OPEN:
            raise Refused("这份文档解开后太大。请在 Word 或 WPS 里把正文复制到一份新文档，再上传。")
        document = docx.Document(BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as broken:
        raise Refused(
            "这份文档打不开，可能没有传完整。请在 Word 或 WPS 里打开并重新保存，再上传。"
        ) from broken
    numbers = Numbers.of(document)
    yield from _block(document.element.body, numbers)


def _block(element: Any, numbers: Numbers) -> Iterator[str]:
    """Paragraphs and rows of tables in the order of the document; what stands in frames and was deleted is left out."""
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, numbers)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = (" ".join(_block(cell, numbers)) for cell in row.findall(f"{_W}tc"))
                yield "　".join(cell for cell in cells if cell)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"}:
            yield from _block(child, numbers)


def _paragraph(paragraph: Any, numbers: Numbers) -> list[str]:
    text = "".join(_words(paragraph))
    number = numbers.before(paragraph) if text.strip() else ""
    return f"{number}{text}".split("\n")


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag not in _SKIPPED and child.tag != f"{_W}pPr":
            yield from _words(child)
