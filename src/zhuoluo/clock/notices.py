"""One year's official holiday notice (国务院办公厅关于…年部分节假日安排的通知), from TOML or a CSV sheet."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhuoluo.clock.errors import ClockError, NoticeError
from zhuoluo.clock.moments import guard_day

_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_COLUMNS = {"日期": "date", "类型": "kind", "名称": "name", "date": "date", "kind": "kind", "name": "name"}
_KINDS = {"放假": "holiday", "上班": "workday", "holiday": "holiday", "workday": "workday"}
_HEADINGS = {"标题": "title", "title": "title", "文号": "document", "document": "document"}
_ISSUED = ("发布日期", "published")
_ALWAYS_OFF = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class YearNotice:
    """What one notice rules: days off with their festival, and weekend days worked in exchange (调休上班).

    A notice for year Y may also rule days of December Y-1 (those for 2007, 2008, 2012, 2019 and 2023 do) and
    of January Y+1; nothing further away. `published` is the date of the notice, None where it is not known.
    """

    year: int
    holidays: Mapping[date, str]
    workdays: frozenset[date]
    title: str = ""
    document: str = ""
    published: date | None = None
    source: str = ""
    amendments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "holidays", dict(self.holidays))
        object.__setattr__(self, "workdays", frozenset(self.workdays))
        for day in [*self.holidays, *self.workdays]:
            guard_day(day)
            if not _near(day, self.year):
                raise NoticeError(
                    f"{day} 不在{self.year}年安排的范围（上年12月至次年1月）内，请改正日期或年份",
                    f"{day} is outside the notice for {self.year} (December before to January after): correct it",
                )
        for day in sorted(self.workdays & self.holidays.keys()):
            raise NoticeError(
                f"{day} 既列为放假又列为上班，请只保留一项",
                f"{day} is both a day off and a workday: keep one",
            )

    def __hash__(self) -> int:
        return hash((self.year, frozenset(self.holidays.items()), self.workdays))


def _near(day: date, year: int) -> bool:
    return day.year == year or (day.year, day.month) in ((year - 1, 12), (year + 1, 1))


def notice_from_toml(data: Mapping[str, Any]) -> YearNotice:
    """The notice in one shipped year file: `holidays` maps each festival to its dates."""
    return YearNotice(
        year=data["year"],
        holidays={day: name for name, days in data["holidays"].items() for day in days},
        workdays=frozenset(data["workdays"]),
        title=data["title"],
        document=data.get("document", ""),
        published=data.get("published"),
        source=data.get("source", ""),
        amendments=tuple(data.get("amendments", ())),
    )


def read_notice_csv(text: str) -> YearNotice:
    """Read a notice from a sheet with the columns date, kind (holiday|workday), name.

    Chinese headers (日期,类型,名称) and kinds (放假, 上班) are understood, and lines such as
    `# 文号: 国办发明电〔2025〕7号` (also 标题, 发布日期). The year is the one most days lie in. As a loaded
    year counts as known, a sheet lacking a day that is off every year (全国年节及纪念日放假办法 第2条) is
    refused as incomplete. Raises NoticeError naming the line and the remedy.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    facts = _headings(lines)
    holidays: dict[date, str] = {}
    workdays: set[date] = set()
    for number, day, kind, name in _rows(lines):
        if day in holidays or day in workdays:
            raise NoticeError(
                f"第{number}行：{day} 重复出现，请只保留一行",
                f"line {number}: {day} stands there twice: keep one",
            )
        if kind == "holiday":
            holidays[day] = name
        else:
            workdays.add(day)
    if not holidays:
        raise NoticeError(
            "表中没有放假日期；请填写全年的放假日（kind 填 holiday 或 放假）和调休上班日",
            "no days off in the table: give those of the whole year (kind holiday) and the make-up workdays",
        )
    years = [day.year for day in [*holidays, *workdays]]
    year = max(sorted(set(years)), key=years.count)
    _demand_whole_year(year, holidays)
    published = _date(facts["published"], "发布日期", "date of issue") if "published" in facts else None
    title, document = facts.get("title", ""), facts.get("document", "")
    return YearNotice(year, holidays, frozenset(workdays), title, document, published)


def _headings(lines: list[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for line in lines:
        if not line.startswith("#"):
            continue
        key, _, value = line.lstrip("# ").replace("：", ":").partition(":")
        if key.strip() in _HEADINGS:
            facts[_HEADINGS[key.strip()]] = value.strip()
        elif key.strip() in _ISSUED:
            facts["published"] = value.strip()
    return facts


def _rows(lines: list[str]) -> Iterator[tuple[int, date, str, str]]:
    columns: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip(" ,\t") or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line)))]
        if not columns:
            columns = [_COLUMNS.get(cell.lower(), "") for cell in cells]
            if not {"date", "kind", "name"} <= set(columns):
                wanted = "date,kind,name（或 日期,类型,名称）"
                raise NoticeError(
                    f"第{number}行：表头应为 {wanted}，现为 {line.strip()}；请改正表头",
                    f"line {number}: the header should be date,kind,name, not {line.strip()}",
                )
            continue
        yield _row(number, dict(zip(columns, cells, strict=False)))
    if not columns:
        raise NoticeError(
            "表是空的；第一行应为 date,kind,name，其后每行一个日期",
            "the table is empty: first the line date,kind,name, then a line for each day",
        )


def _row(number: int, row: Mapping[str, str]) -> tuple[int, date, str, str]:
    day = _date(row.get("date", ""), f"第{number}行", f"line {number}")
    kind = _KINDS.get(row.get("kind", "").lower(), "")
    if not kind:
        given = row.get("kind", "")
        raise NoticeError(
            f"第{number}行：类型“{given}”不认识，请填 holiday（放假）或 workday（上班）",
            f"line {number}: unknown kind “{given}”: write holiday or workday",
        )
    name = row.get("name", "")
    if kind == "holiday" and not name:
        raise NoticeError(
            f"第{number}行：{day} 放假但没有写节日名称，请在 name 列填写，如 国庆节",
            f"line {number}: {day} is a day off without the festival's name: write it in the column name",
        )
    if kind == "workday" and day.weekday() < 5:
        weekday = _WEEKDAYS[day.weekday()]
        raise NoticeError(
            f"第{number}行：{day} 是周{weekday}，本来就上班；调休上班只列周六、周日，请核对日期",
            f"line {number}: {day} is a workday anyway; make-up workdays are Saturdays and Sundays: check the day",
        )
    return number, day, kind, name


def _date(text: str, where: str, where_en: str) -> date:
    match = _DATE.match(text)
    if not match:
        raise NoticeError(
            f"{where}：日期“{text}”看不懂，请写成 2026-10-01 的样子",
            f"{where_en}: cannot read the date “{text}”: write it like 2026-10-01",
        )
    try:
        return guard_day(date(*(int(part) for part in match.groups())))
    except ClockError as error:
        raise NoticeError(f"{where}：{error}", f"{where_en}: the year of “{text}” is out of range") from error
    except ValueError as error:
        raise NoticeError(
            f"{where}：日历上没有“{text}”这一天，请核对", f"{where_en}: there is no day “{text}”: check it"
        ) from error


def _demand_whole_year(year: int, holidays: Mapping[date, str]) -> None:
    for month, number, name in _ALWAYS_OFF:
        if date(year, month, number) not in holidays:
            missing = f"{name}（{month}月{number}日）"
            raise NoticeError(
                f"{year}年的安排不完整：缺少{missing}；请补全全年的放假日后再导入",
                f"the notice for {year} is incomplete: {year}-{month:02d}-{number:02d} is missing; give the whole year",
            )
