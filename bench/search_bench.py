"""Measures the search room alone: put, find and similar on synthetic documents, on the engine of the settings.

    python bench/search_bench.py --documents 200000
    python bench/search_bench.py --documents 200000 --database postgresql://user@127.0.0.1:5432/an_empty_database

SQLite writes to a temporary folder. Of a PostgreSQL database only the tables of the search room are touched.
"""

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

START = datetime(2016, 1, 1, tzinfo=UTC)
YEARS = 10
COMMON = (  # noqa: SIM905 - a list of words reads best as words
    "小区 噪音 业主 物业 部门 问题 领导 居民 道路 施工 影响 生活 严重 希望 解决 相关 政府 公司 情况 学校 孩子 车辆 停车 垃圾 环境 "
    "污染 卫生 安全 房屋 开发商 工资 社保 医院 老人 村民 村委会 土地 征收 补偿 低保 路灯 不亮 井盖 自来水 停水 停电 燃气 公交 "
    "红绿灯 电梯 漏水 消防 通道 夜间 油烟 饭店 广场舞 投诉 反映 多次 没有 至今 请求 尽快 处理 答复"
).split()
GLUE = list("的了是在我们一有不和也都就这那但请")
UNITS, VILLAGES = 4_000, 500


class Texts:
    """Texts whose words follow Zipf's law: some in every third text, most of them hardly ever."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = [chr(0x4E00 + self.random.randrange(0x51A6)) for _ in range(3_000)]
        spread = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(letters))))
        lengths = self.random.choices((2, 2, 2, 3, 4), k=60_000)
        drawn = ["".join(self.random.choices(letters, cum_weights=spread, k=length)) for length in lengths]
        self.words = COMMON + drawn
        self.spread = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def text(self) -> str:
        words = self.random.choices(self.words, cum_weights=self.spread, k=self.random.randint(40, 110))
        glue = self.random.choices([*GLUE, "", "", "，", "。"], k=len(words))
        return "".join(itertools.chain.from_iterable(zip(words, glue, strict=True)))


def documents(count: int, seed: int = 1) -> Iterator["Document"]:
    texts, rng = Texts(seed), random.Random(seed + 1)
    for place in range(count):
        when = START + timedelta(days=365 * YEARS) * (place / count) + timedelta(seconds=rng.random() * 60)
        village = rng.randrange(VILLAGES)
        unit = f"u{int(rng.paretovariate(0.6)) % UNITS:032x}"
        yield Document(
            id=UUID(int=place << 64 | rng.getrandbits(62) | 1 << 63),
            kind="matter",
            text=f"QX{when:%y%m%d}-{place % 10_000:04d}-7\n{texts.text()}",
            when=when,
            place=f"430426{100 + village % 25}{village:03d}",
            readers=frozenset({"all", unit}),
            hidden_from=frozenset({f"u{rng.randrange(UNITS):032x}"}) if rng.random() < 0.01 else frozenset(),
        )


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def ranked(texts: Texts, low: int, high: int) -> list[str]:
    """About forty words of these ranks."""
    return [word for word in texts.words[low:high] if len(word) > 1][:: max((high - low) // 40, 1)]


def cases() -> dict[str, list[tuple[str, dict[str, object]]]]:
    everyone: dict[str, object] = {"readers": {"all"}, "hidden_from": {f"u{7:032x}"}}
    texts = Texts(1)
    few: dict[str, object] = {"readers": {f"u{3_001:032x}", f"u{2_002:032x}"}}
    many: dict[str, object] = {"readers": {f"u{unit:032x}" for unit in range(1, 21)}}
    town: dict[str, object] = everyone | {"place": "430426107"}
    village: dict[str, object] = everyone | {"place": "430426107007"}
    return {
        "common word": [(word, everyone) for word in COMMON],
        "word, 1 in 100": [(word, everyone) for word in ranked(texts, 200, 600)],
        "word, 1 in 1,000": [(word, everyone) for word in ranked(texts, 3_000, 6_000)],
        "rare word": [(word, everyone) for word in ranked(texts, 30_000, 60_000)],
        "3–4 characters": [(word, everyone) for word in texts.words[:3_000] if len(word) > 2],
        "two common words in a row": [(a + b, everyone) for a, b in itertools.pairwise(COMMON)],
        "two words": [
            (f"{a} {b}", everyone) for a, b in itertools.pairwise(COMMON + ranked(texts, 100, 400))
        ],
        "never in a row": [(word, everyone) for word in ("区噪", "灯物业", "路业主", "水电梯漏", "安全问")],
        "number's last digits": [(f"{place:04d}7", everyone) for place in range(0, 10_000, 250)],
        "no hit": [(word, everyone) for word in ("龘靐", "龗爩鱻", "饕餮饕餮")],
        "common, reader of few": [(word, few) for word in COMMON],
        "common, 20 units": [(word, many) for word in COMMON],
        "common, a township": [(word, town) for word in COMMON],
        "common, a village": [(word, village) for word in COMMON],
    }


def busy() -> float:
    """Processor seconds of this process and, where it can be seen, of its database server process."""
    spent = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        if stat.exists():
            fields = stat.read_text().rsplit(")", 1)[1].split()
            spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def measure(name: str, works: list[Callable[[], object]]) -> None:
    """Time each piece of work; on a machine that does other things too, the processor column is the honest one."""
    before = busy()
    times = sorted(timed(work) for work in works)
    mean = (busy() - before) / len(works) * 1000
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    middle = statistics.median(times)
    print(f"{name:<28}{len(times):>6}{middle:>10.1f}{p95:>10.1f}{times[-1]:>10.1f}{mean:>12.1f}", flush=True)


def size() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('search_document'), pg_relation_size('search_document_tokens'), "
                "pg_total_relation_size('search_rarity')"
            )
            whole, index, rarity = cursor.fetchone()
            return f"{whole / 1e6:.0f} MB, of it index {index / 1e6:.0f} MB; rarity {rarity / 1e6:.0f} MB"
        cursor.execute("SELECT sum(length(block)) FROM search_index_data")
        (index,) = cursor.fetchone()
        cursor.execute("SELECT sum(length(packed)) FROM search_document")
        (packed,) = cursor.fetchone()
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        return f"{pages * 4096 / 1e6:.0f} MB, of it index {index / 1e6:.0f} MB, packed texts {packed / 1e6:.0f} MB"


def fill(count: int) -> None:
    source, spent, worked, done = documents(count), 0.0, 0.0, 0
    while batch := list(itertools.islice(source, 5_000)):
        before = busy()
        spent += timed(partial(actions.put, documents=batch)) / 1000
        worked += busy() - before
        done += len(batch)
        if done % 20_000 == 0 or done == count:
            print(
                f"put {done:>9,} {done / spent:>7,.0f} a second, {done / worked:>7,.0f} a processor second",
                flush=True,
            )


def run(count: int, keep: bool) -> None:
    call_command("migrate", "search", verbosity=0)
    if not keep:
        actions.clear()
        fill(count)
    print(size())
    print(f"\n{'milliseconds':<28}{'runs':>6}{'median':>10}{'p95':>10}{'worst':>10}{'processor':>12}")
    for name, questions in cases().items():
        measure(name, [partial(reads.find, query, **limits) for query, limits in questions])
    page = reads.find("小区", readers={"all"}).after
    measure("further pages", [partial(reads.find, "小区 噪音", readers={"all"}, after=page)] * 20)
    texts = Texts(1)
    texts.random.seed(99)
    samples = [texts.text() for _ in range(60)]
    for name, place in (
        ("similar, a village", "430426107007"),
        ("similar, a township", "430426107"),
        ("similar", None),
    ):
        measure(name, [partial(reads.similar, text, readers={"all"}, place=place) for text in samples])
    again = list(itertools.islice(documents(count), 300))
    mark = f"u{time.time_ns()}"
    changed = [replace(document, readers=document.readers | {mark}) for document in again]
    measure("put one again, changed", [partial(actions.put, documents=[document]) for document in changed])
    measure("put one again, unchanged", [partial(actions.put, documents=[document]) for document in changed])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--database", default="", help="address of a PostgreSQL database; SQLite without it")
    parser.add_argument(
        "--home", default="", help="folder of the SQLite database; a temporary one without it"
    )
    parser.add_argument("--keep", action="store_true", help="measure what was filled before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHUOLUO_HOME"] = options.home or folder
        os.environ["ZHUOLUO_DATABASE_URL"] = options.database
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        from zhuoluo.search import actions, reads
        from zhuoluo.search.actions import Document

        print(f"{connection.vendor}, {options.documents:,} documents, Python {sys.version.split()[0]}")
        run(options.documents, options.keep)
        connection.close()
