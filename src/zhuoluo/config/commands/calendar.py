"""`zhuoluo calendar`: show a year's working days, import a year's holiday notice and move the open dates."""

from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from zhuoluo.clock import NoticeError, read_notice_csv
from zhuoluo.config.terminal import Progress, UsageError, say
from zhuoluo.matters import actions as matters
from zhuoluo.org import actions as org
from zhuoluo.org.reads import law
from zhuoluo.org.rules import SYSTEM

WEEKDAYS = "一二三四五六日"


def run(options: Namespace) -> int:
    """Show or import, as asked."""
    return _show(options.value) if options.what == "show" else _import(options.value)


def _show(year: str) -> int:
    calendar = law().calendar
    wanted = year or str(timezone.localdate().year)
    if not wanted.isdecimal() or not 1990 <= int(wanted) <= 2100:
        raise UsageError(
            f"年份 {wanted} 看不懂，请写 2026 这样的四位数", f"not a year: {wanted}; write it like 2026"
        )
    number = int(wanted)
    if number not in calendar.years:
        known = f"{min(calendar.years)}-{max(calendar.years)}"
        say(
            f"{number} 年的放假通知还不知道（已知 {known}）。国务院办公厅一般在上年 11 月公布，"
            "用 zhuoluo calendar import 文件.csv 导入；在此之前涉及的期限标为暂定",
            f"the notice for {number} is not known (known: {known}). It usually comes out in November of the year"
            " before; import it with zhuoluo calendar import FILE.csv; until then such dates are provisional",
        )
        return 1
    days = [
        date(number, 1, 1) + timedelta(days=n)
        for n in range(365 + (date(number, 12, 31).timetuple().tm_yday == 366))
    ]
    for day in days:
        if calendar.is_festival(day) or calendar.is_make_up(day):
            print(f"{day}  周{WEEKDAYS[day.weekday()]}  {calendar.name(day)}")
    worked = sum(calendar.is_workday(day) for day in days)
    say(f"{number} 年 {worked} 个工作日", f"{worked} working days in {number}")
    return 0


def _import(name: str) -> int:
    if not name:
        raise UsageError("请写明 CSV 文件", "name the CSV file: zhuoluo calendar import FILE.csv")
    try:
        notice = read_notice_csv(Path(name).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "不是 UTF-8 文本 / not UTF-8 text"
        raise UsageError(f"读不了 {name}：{reason}", f"cannot read {name}") from error
    except NoticeError as error:
        raise UsageError(f"{name}：{error}", f"{name}: {error.english}") from error
    now = timezone.now()
    org.keep_notice(notice=notice, by=SYSTEM, at=now)
    bar = Progress("重新计算未完成的期限", "recomputing open dates")
    moved = matters.redate(at=now, law=law(), progress=lambda seen: bar(seen, 0))
    bar.end()
    say(
        f"已导入 {notice.year} 年通知；看了 {moved['seen']} 件，{moved['moved']} 件的期限有变化，每次变化都有记录",
        f"notice for {notice.year} imported; {moved['seen']} matters looked at, dates of {moved['moved']} changed",
    )
    return 0
