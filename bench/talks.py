"""Measures a year of 1,759 talks: taken in from its sheet, taken in again, listed, searched, printed, handed out.

python -m bench.talks
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

TALKS, TIMES = 1759, 30
AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
KINDS = ("屋场会", "板凳会", "微课堂", "微党课", "集中宣讲")
PAGES = {
    "the register of the year": "?year=2025", "searched": "?year=2025&q=第17", "a month": "month/?month=2025-03",
    "printed, 500 rows": "print/?year=2025", "as a workbook, all rows": "sheet/?year=2025",
}  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="zhuoluo-bench-") as home:
        os.environ["ZHUOLUO_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        for line in measured():
            print(line)


def measured() -> list[str]:
    from django.test import Client

    from tests.county import build
    from zhuoluo.outreach.talks import actions

    county, data = build(), year()
    by = county.who("outreach", AT)
    found = [
        once(name, lambda: actions.import_talks(data=data, by=by, at=AT))
        for name in ("taken in from its sheet", "the same sheet again")
    ]
    client: Any = Client()
    client.force_login(county.users["outreach"], backend="django.contrib.auth.backends.ModelBackend")
    client.get("/staff/password/")
    return found + [row(name, partial(client.get, f"/desk/talks/{url}")) for name, url in PAGES.items()]


def year() -> bytes:
    """The register of a year as an office keeps it: a third of its talks uncounted."""
    from zhuoluo.kit.workbook import workbook
    from zhuoluo.outreach.talks.rules.sheet import TALKS as COLUMNS

    rows = [
        [
            f"第{n}场 政策宣讲", KINDS[n % 5], "县委宣传部", f"{date(2025, 1, 1) + timedelta(days=n % 365)}", "", "", "", "石桥村晒谷坪",
            "外请老师", "清点" if n % 3 else "", 20 + n % 60 if n % 3 else "", "",
        ]
        for n in range(TALKS)
    ]  # fmt: skip
    return workbook("台账", [(names[0], 12) for names in COLUMNS.values()][:-2], rows)


def once(name: str, act: Callable[[], object]) -> str:
    started = time.perf_counter()
    act()
    return f"| {name} | {(time.perf_counter() - started) * 1000:.0f} | |"


def row(name: str, act: Callable[[], Any]) -> str:
    assert act().status_code == 200, name
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        act()
        spent.append((time.perf_counter() - started) * 1000)
    spent.sort()
    return f"| {name} | {statistics.median(spent):.0f} | {spent[int(TIMES * 0.95)]:.0f} |"


if __name__ == "__main__":
    main()
