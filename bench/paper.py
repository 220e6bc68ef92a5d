"""Measures the making of a paper: a written opinion of two pages as PDF/A and as docx, warm, every one different.

python -m bench.paper
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

TIMES = 100
AT = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="zhuoluo-bench-") as home:
        os.environ["ZHUOLUO_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
        import django

        django.setup()
        for line in measured():
            print(line)


def measured() -> list[str]:
    from zhuoluo.papers.reads.docx import write_docx
    from zhuoluo.papers.reads.lists import over
    from zhuoluo.papers.reads.pdf import write_pdf
    from zhuoluo.papers.rules import Facts, build

    said = "现场看过，三盏路灯不亮，线路老化，住户晚上出行不便。" * 25
    facts = Facts(
        organ="清溪县住房和城乡建设局", day=date(2026, 3, 9), name="张䶮", number="QX-2026-0302-0001", title="路灯不亮",
        registered=date(2026, 3, 2), accepted=date(2026, 3, 3), superior="清溪县人民政府",
        extra={"facts": said, "opinion": "十日内修复。", "basis": "《城市照明管理规定》", "outcome": "支持"},
    )  # fmt: skip
    paper = build("opinion", facts)
    kept = write_pdf(paper, draft=False, at=AT)
    acts: dict[str, Callable[[int], object]] = {
        "paper as PDF": lambda n: write_pdf(
            replace(paper, number=f"清住建意字〔2026〕{n}号"), draft=False, at=AT
        ),
        "paper as docx": lambda n: write_docx(replace(paper, number=f"清住建意字〔2026〕{n}号"), draft=False),
        "copy marked for its reader": lambda n: over(kept, mark=f"林秀芬　县信访局　{n}", at=AT),
    }
    return [row(name, act) for name, act in acts.items()]


def row(name: str, act: Callable[[int], object]) -> str:
    act(0)
    spent = []
    for n in range(1, TIMES + 1):
        started = time.perf_counter()
        act(n)
        spent.append((time.perf_counter() - started) * 1000)
    spent.sort()
    return f"| {name} | {statistics.median(spent):.0f} | {spent[int(TIMES * 0.95)]:.0f} |"


if __name__ == "__main__":
    main()
