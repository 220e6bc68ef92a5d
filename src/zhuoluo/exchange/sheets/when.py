"""Dates and times as clerks write them: read exactly, or refused with the reason. Never guessed.

A day without a time gives a `date`; anything with a time gives an aware `datetime` in UTC, the text being
read in the time of Shanghai. "Now" plays no part.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from zhuoluo.exchange.sheets.problems import Unreadable, reason

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1900, 2199
# Excel serials outside 1950 … 2119 are taken for other numbers, not for days.
FIRST_SERIAL_YEAR, LAST_SERIAL_YEAR = 1950, 2119
LONGEST = 64  # characters; no way of writing one moment is longer

_MARKS = str.maketrans(
    {
        "．": ".",
        "。": ".",
        "\\": "/",
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "─": "-",
        "号": "日",
        "點": "点",
        "時": "时",
    }
)
_UNIT_GAP = re.compile(r"\s*([年月日时点分秒:])\s*")
_TIME_GAP = re.compile(r"(?<=日)(?=\S)")
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周|礼拜)[一二三四五六日天][)\]]?")
_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})日?|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?!\d)")
_SQUEEZED = re.compile(r"(\d{8})[T ]?(\d{2})(\d{2})(\d{2})?")
_CLOCK = re.compile(
    r"(?P<half>上午|下午|中午|晚上|夜间|凌晨|清晨|早上|早晨|傍晚|晚|早|[AaPp]\.?[Mm]\.?)?\s*"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?"
    r"|[时点](?:(?P<word>半|整|一刻|三刻)|(?P<minute2>\d{1,2})分?(?:(?P<second2>\d{1,2})秒?)?)?)"
    r"\s*(?P<tail>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|z|[+-]\d{2}:?\d{2})?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,20})?")
_WORD_MINUTES = {"半": 30, "整": 0, "一刻": 15, "三刻": 45}
_AFTERNOON = {"下午", "晚上", "夜间", "傍晚", "晚", "pm"}
_MORNING = {"上午", "凌晨", "清晨", "早上", "早晨", "早", "am"}
_DIGITS = {
    mark: str(value)
    for value, marks in enumerate(("〇○零", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for mark in marks
}
_IN_WORDS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十廿]{1,4})月([一二三四五六七八九十廿卅]{1,4})日"
)
_FULL = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20})
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD))


def half_width(text: str) -> str:
    """Full-width digits, letters and marks as half-width ones, without characters nobody can see."""
    return text.translate(_INVISIBLE).translate(_FULL)


def parse_when(
    value: str | float | datetime | date | time | timedelta, *, date1904: bool = False
) -> datetime | date:
    """Read a moment: a `date` where only a day is given, else an aware UTC `datetime`.

    `value` is the text of a cell, an Excel serial number of days, or what the sheet reader made of the cell;
    a naive `datetime` is Shanghai time. `date1904` tells that the workbook counts its days from 1904.
    Raises `Unreadable` with the reason for everything else, impossible days included.
    """
    if isinstance(value, datetime):
        return _aware(_to_second(value))
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        raise Unreadable(reason("when_only_time", value=value))
    if isinstance(value, bool):
        raise Unreadable(reason("when_unreadable", value=value))
    if isinstance(value, int | float):
        return _number(float(value), date1904)
    return _text(value, date1904)


def from_serial(days: float, *, date1904: bool = False) -> datetime:
    """The Shanghai wall-clock moment of an Excel serial, exact to the second; naive. Raises `Unreadable`."""
    if not date1904 and 60 <= days < 61:  # Excel's 29 February 1900 never was
        raise Unreadable(reason("when_serial", value=days))
    first = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 31 if days < 60 else 30)
    try:
        return first + timedelta(seconds=round(days * 86400))
    except (OverflowError, ValueError):
        raise Unreadable(reason("when_serial", value=days)) from None


def _number(number: float, date1904: bool) -> datetime | date:
    """A number in a date column: an eight-digit day, or an Excel serial within a plausible span."""
    if number.is_integer() and 19000101 <= number <= 21991231:
        return _text(str(int(number)), date1904)
    moment = from_serial(number, date1904=date1904)
    if not FIRST_SERIAL_YEAR <= moment.year <= LAST_SERIAL_YEAR:
        raise Unreadable(reason("when_serial", value=f"{number:.15g}"))
    return moment.date() if float(number).is_integer() else _aware(moment)


def _text(raw: str, date1904: bool) -> datetime | date:
    """A moment in words and digits."""
    shown = raw.strip()[: LONGEST + 1]
    if not shown:
        raise Unreadable(reason("when_blank"))
    if len(raw.strip()) > LONGEST:
        raise Unreadable(reason("when_unreadable", value=shown))
    text = _tidy(raw)
    if _SERIAL.fullmatch(text):
        return _number(float(text), date1904)
    squeezed = _SQUEEZED.fullmatch(text)
    if squeezed:
        day, hour, minute, second = squeezed.groups()
        text = f"{day} {hour}:{minute}:{second or '00'}"
    found = _DAY.match(text)
    if not found:
        raise Unreadable(reason(_why_not(text), value=shown))
    day = _calendar_day(found, shown)
    rest = _WEEKDAY.sub("", text[found.end() :], count=1).strip(" ,，.T")
    if not rest:
        return day
    clock = _CLOCK.fullmatch(rest)
    if not clock:
        raise Unreadable(
            reason(
                "when_many" if _DAY.search(rest) or re.match(r"[-~至到]", rest) else "when_unreadable",
                value=shown,
            )
        )
    return _moment(day, clock, shown)


def _tidy(raw: str) -> str:
    """One way of writing: half-width, one kind of dash, Chinese numerals as digits, no gaps around units."""
    text = half_width(raw).translate(_MARKS).strip().strip("'\"")
    text = " ".join(text.split()).replace("元月", "1月")
    text = _UNIT_GAP.sub(r"\1", text)
    words = _IN_WORDS.match(text)
    if words:
        year = "".join(_DIGITS[mark] for mark in words[1])
        text = f"{year}年{_small(words[2])}月{_small(words[3])}日{text[words.end() :]}"
    return _TIME_GAP.sub(" ", text)


def _small(words: str) -> str:
    """A number up to 39 in Chinese numerals, in digits; 0 if it is none."""
    text = words.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return _DIGITS[text] if len(text) == 1 else "0"
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return "0"
    return f"{_DIGITS[tens] if tens else '1'}{_DIGITS[ones] if ones else '0'}"


def _why_not(text: str) -> str:
    """The code of the reason why a text does not start with a whole day."""
    if re.fullmatch(r"\d{1,2}月\d{1,2}日?.{0,20}|\d{1,2}[-/.]\d{1,2}", text):
        return "when_no_year"
    if re.match(r"\d{2}年|\d{2}([-/.])\d{1,2}\1\d{1,2}(?!\d)", text):
        return "when_short_year"
    if re.match(r"\d{1,2}([-/.])\d{1,2}\1\d{4}", text):
        return "when_order"
    if re.fullmatch(r"\d{4}(?:年|年\d{1,2}月?|[-/.]\d{1,2}|[01]\d)?", text):
        return "when_no_day"
    if _CLOCK.fullmatch(text):
        return "when_only_time"
    return "when_unreadable"


def _calendar_day(found: re.Match[str], shown: str) -> date:
    """The day of a match; refuses days that no calendar has."""
    year = int(found[1])
    month = int(found[3] or found[5] or found[7])
    day = int(found[4] or found[6] or found[8])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(reason("when_year_range", value=shown))
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(reason("when_impossible", value=shown)) from None


def _moment(day: date, clock: re.Match[str], shown: str) -> datetime:
    """A day and its time of day as an aware UTC moment."""
    hour = _hour(clock)
    minute = _WORD_MINUTES[clock["word"]] if clock["word"] else int(clock["minute"] or clock["minute2"] or 0)
    second = int(clock["second"] or clock["second2"] or 0)
    midnight_after = hour == 24 and minute == second == 0
    try:
        of_day = time(0 if midnight_after else hour, minute, second)
    except ValueError:
        raise Unreadable(reason("when_time_impossible", value=shown)) from None
    moment = datetime.combine(day + timedelta(days=1) if midnight_after else day, of_day)
    zone = clock["zone"]
    return (
        _aware(moment) if not zone else _aware(datetime.fromisoformat(f"{moment.isoformat()}{zone.upper()}"))
    )


def _hour(clock: re.Match[str]) -> int:
    """The hour of 0 … 24 that a half-day word and an hour mean together; 99 where they contradict."""
    hour = int(clock["hour"])
    half = (clock["half"] or clock["tail"] or "").lower().replace(".", "")
    if half == "中午":
        return hour + 12 if hour in {1, 2} else hour
    if half in _AFTERNOON and hour < 12:
        return hour + 12
    if half in {"晚上", "夜间", "晚"} and hour == 12:
        return 24
    if half in {"凌晨", "am"} and hour == 12:
        return 0
    return 99 if half in _MORNING and hour > 12 else hour


def _to_second(moment: datetime) -> datetime:
    """The nearest whole second: spreadsheets keep times as fractions of a day and miss by a hair."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _aware(moment: datetime) -> datetime:
    """A moment in UTC; a naive one is taken for Shanghai time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)
