"""A paper of every kind, from values that a matter holds."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pdfplumber

from zhuoluo.papers.reads.pdf import write_pdf
from zhuoluo.papers.rules import Content, Facts, build

AT = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
MM = 72 / 25.4
EXTRA = {
    "days": "30", "reason": "需要等检测结果出来", "when": "2026年3月20日9时", "place": "石桥镇会议室", "facts": "现场看过，三盏路灯不亮。",
    "opinion": "十日内修复。", "basis": "《城市照明管理规定》", "outcome": "支持", "against": "县住房和城乡建设局",
    "asked": "2026年4月1日", "report_by": "2026年4月1日", "unit": "县交通运输局", "received": "2026年3月3日",
    "papers": "信访处理意见书", "method": "当面送达", "by": "王建国", "served": "2026年3月9日", "satisfaction": "满意",
    "reached": "已联系上", "solved": "已解决", "request": "请求修好路灯", "channel": "来访",
}  # fmt: skip


def facts(**changes: Any) -> Facts:
    values: dict[str, Any] = {
        "organ": "清溪县住房和城乡建设局", "day": date(2026, 3, 9), "name": "张䶮㛃𠮷", "address": "清溪县石桥镇石桥村3组",
        "number": "QX-2026-0302-0001", "title": "石桥村三组路灯坏了两个月", "request": "石桥村三组路灯坏了两个月，晚上老人摔倒。",
        "registered": date(2026, 3, 2), "accepted": date(2026, 3, 3), "due": date(2026, 5, 2), "superior": "清溪县人民政府",
        "to": "县住房和城乡建设局", "text": "理由写在这里。", "article": "信访工作条例 第31条第1项", "extra": EXTRA,
    }  # fmt: skip
    return Facts(**values | changes)


def content(kind: str = "opinion", **changes: Any) -> Content:
    return build(kind, facts(**changes))


def opened(paper: Content, *, draft: bool = False, mark: str = "") -> pdfplumber.PDF:
    return pdfplumber.open(BytesIO(write_pdf(paper, draft=draft, at=AT, mark=mark)))


def lines_of(page: Any) -> list[tuple[float, list[Any]]]:
    """The lines of the core from top to bottom, each with its characters from left to right."""
    rows: dict[int, list[Any]] = {}
    for char in page.chars:
        if char["text"].strip() and page.height - char["matrix"][5] < 263 * MM:
            base = round(page.height - char["matrix"][5])
            rows.setdefault(base, []).append(char)
    return [(float(base), sorted(chars, key=lambda c: c["x0"])) for base, chars in sorted(rows.items())]
