"""What a calculator asks, and how what was typed is read. Nothing that is typed is ever kept."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhuoluo.outreach.policy.rules.errors import Refused


class WrongValue(Refused):
    """What was typed cannot be reckoned with; `name` is the question."""

    def __init__(self, name: str, sentence: str, **values: object) -> None:
        self.name = name
        super().__init__(sentence, **values)


@dataclass(frozen=True)
class Ask:
    """One question. `kind`: money (yuan, to the fen), number (with `places`), month (1966-05) or choice."""

    name: str
    words: str
    kind: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(99_999_999)
    places: int = 0
    initial: str = ""


Given = Mapping[str, Decimal | str | int | None]
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?")
_MONTH = re.compile(r"(\d{4})[-/年.]?(\d{1,2})月?")
FIRST_YEAR, LAST_YEAR = 1900, 2199


def read_all(asks: Sequence[Ask], typed: Mapping[str, object]) -> dict[str, Decimal | str | int | None]:
    """Return what was typed as values: Decimals, a choice, or a month as a count of months since year 0.

    Raises WrongValue for the first answer that is missing or makes no sense.
    """
    return {ask.name: read(ask, typed.get(ask.name)) for ask in asks}


def read(ask: Ask, typed: object) -> Decimal | str | int | None:
    """Return one answer as a value; None for one that may be left out and was. Raises WrongValue."""
    text = unicodedata.normalize("NFKC", "" if typed is None else str(typed)).strip()
    if not text:
        if ask.required:
            raise WrongValue(ask.name, "请填写：%(what)s", what=ask.words)
        return None
    if ask.kind == "choice":
        if text not in dict(ask.choices):
            raise WrongValue(ask.name, "请选择：%(what)s", what=ask.words)
        return text
    return _month(ask, text) if ask.kind == "month" else _number(ask, text)


def _month(ask: Ask, text: str) -> int:
    match = _MONTH.fullmatch(text)
    year, month = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise WrongValue(ask.name, "请写成 1966-05 这样的年月：%(what)s", what=ask.words)
    return year * 12 + month - 1


def _number(ask: Ask, text: str) -> Decimal:
    plain = text.replace(",", "").removesuffix("元").strip()
    if not (plain.isascii() and _NUMBER.fullmatch(plain)):
        raise WrongValue(ask.name, "请填数字：%(what)s", what=ask.words)
    value = Decimal(plain)
    places = 2 if ask.kind == "money" else ask.places
    if value != value.quantize(Decimal(1).scaleb(-places)):
        if places == 0:
            raise WrongValue(ask.name, "请填整数：%(what)s", what=ask.words)
        raise WrongValue(ask.name, "最多 %(n)s 位小数：%(what)s", n=places, what=ask.words)
    if not ask.least <= value <= ask.most:
        raise WrongValue(
            ask.name, "%(what)s要在 %(least)s 到 %(most)s 之间", what=ask.words, least=f"{ask.least:f}", most=f"{ask.most:f}"
        )  # fmt: skip
    return value
