"""What a document says of itself: title, number, issuer, days. Only guesses: each stands on a form to be checked."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhuoluo.outreach.policy.rules.numerals import read_numeral

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,14})\s*[〔\[【（(]\s*(\d{4})\s*[〕\]】）)]\s*第?\s*(\d{1,4})\s*号")
_YEAR = r"([\d〇零一二三四五六七八九]{4})\s*年\s*([\d一二三四五六七八九十]{1,3})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*日"
_FROM = re.compile(rf"自?\s*{_YEAR}\s*起\s*(?:正式)?\s*(?:施行|实施|执行|生效)")
_UNTIL = re.compile(rf"有效期(?:截止|截至|至|到)+\s*{_YEAR}")
_ISSUED = re.compile(rf"{_YEAR}\s*(?:印发|发布|公布|通过)")
_ALONE = re.compile(rf"^{_YEAR}$")
_ISSUER = re.compile(r"^[\u4e00-\u9fff、\s]{2,40}(?:政府|委员会|办公室|局|委|部|厅|院|中心|工委)$")
_NO_TITLE = re.compile(
    r"文件$|^附件|^[（(]|[：:。；;，,]$|^第\s*\S{1,9}\s*[条章节]|^[一二三四五六七八九十]{1,3}、|^\d+[.、]|\d$"
)
LOOKED_AT = 15  # lines at the head of a document


@dataclass(frozen=True)
class Guess:
    """What was found; what was not is empty."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    from_day: date | None = None
    until_day: date | None = None


def guess(lines: Sequence[str]) -> Guess:
    """Return what the lines of a document say of it."""
    plain = [line for raw in lines if (line := unicodedata.normalize("NFKC", raw).strip())]
    whole = "\n".join(plain)
    number = _NUMBER.search("\n".join(plain[:LOOKED_AT]))
    alone = [day for line in plain if (match := _ALONE.match(line)) and (day := _day(match))]
    return Guess(
        title=next((line for line in plain[:LOOKED_AT] if _titled(line)), "")[:200],
        number=f"{number[1]}〔{number[2]}〕{number[3]}号" if number else "",
        issuer=next((line.replace(" ", "") for line in reversed(plain) if _ISSUER.match(line)), "")[:120],
        issued_on=_found(_ISSUED, whole) or (alone[-1] if alone else None),
        from_day=_found(_FROM, whole),
        until_day=_found(_UNTIL, whole),
    )


def _titled(line: str) -> bool:
    return (
        4 <= len(line) <= 60
        and len(_HAN.findall(line)) >= 4
        and not (_NO_TITLE.search(line) or _NUMBER.search(line))
    )


def _found(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    return _day(match) if match else None


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (
        read_numeral(part.replace("零", "〇") if at == 0 else part)
        for at, part in enumerate(match.groups()[:3])
    )
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
