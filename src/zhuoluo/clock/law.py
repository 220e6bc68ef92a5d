"""Generates docs/law.md: every term with its article, and the calendar years with their notices.

python -m zhuoluo.clock.law > docs/law.md
"""

import sys
from collections.abc import Callable, Iterable

from zhuoluo.clock.days import Calendar
from zhuoluo.clock.notices import YearNotice
from zhuoluo.clock.rulebook import Rulebook
from zhuoluo.clock.terms import Term

_HEAD = """# The terms and the calendar

Generated from `src/zhuoluo/clock/data/` by `python -m zhuoluo.clock.law > docs/law.md`. Do not edit by hand.

## How a date is reckoned

- The day of the act is not counted (民法典 第201条). A day begins and ends in Beijing time.
- Natural days run through; rest days count. If the last one is a rest day, the legal limit moves to the
  first workday after it (民法典 第203条). For a duty of an organ both dates are shown: the un-rolled
  *target* and the rolled *legal* limit. For a right of a person only the rolled one exists.
- Working days count offices' workdays, make-up Saturdays and Sundays (调休上班) included. They never
  roll.
- Hours run from the moment itself and never roll.
- *Same night* ends at 24:00 of that evening, *next morning* at 09:00 of the next day. Between 00:00 and
  06:00 the night before still lasts: it ends at 06:00, and the next morning is that same day's. Neither
  rolls.
- A limit is the exclusive instant 24:00 of the last day: an act before that instant is in time.
- Paused days (a hearing, 信访工作条例 第36条) do not count. An extension is added to the un-rolled end.
- A year without its official notice is guessed Monday to Friday, and every date that depends on it is
  *provisional*. From 25 December the next year's notice is needed too, because notices rule late
  December days (see the last column below).
- A jurisdiction may shorten statutory duties of organs, may not touch statutory rights of persons, and
  sets house rules freely. House rules start with the 2005 Regulations, so that older matters can be
  measured against them.

That 法定休假日 in article 203 covers ordinary weekends is usual practice; no text read says so.
"""
_PARTS: tuple[tuple[str, Callable[[Term], bool]], ...] = (
    ("Statute, national", lambda term: term.kind == "statute" and not term.scope),
    ("Statute, local: for comparison elsewhere", lambda term: term.kind == "statute" and bool(term.scope)),
    ("House rules: a jurisdiction may change them", lambda term: term.kind == "house"),
)
_CERTAINTY = {"read": "", "excerpt": "only an excerpt was read", "unverified": "**unverified**"}


def law_page(rulebook: Rulebook, calendar: Calendar) -> str:
    """The whole of docs/law.md, in English with the Chinese names and articles, as markdown."""
    lines = [_HEAD]
    for title, belongs in _PARTS:
        lines += [f"## {title}", "", *_term_table(filter(belongs, rulebook.all())), ""]
    lines += ["## Calendar years", "", *_year_table(calendar.notices), ""]
    lines += [f"- {notice.year}: {change}" for notice in calendar.notices for change in notice.amendments]
    return "\n".join(lines) + "\n"


def _term_table(terms: Iterable[Term]) -> list[str]:
    rows = [
        "| Term | | Period | From the day | Whose | Article | In force | Extension | Notes |",
        "|-|-|-|-|-|-|-|-|-|",
    ]
    return rows + [_term_row(term) for term in terms]


def _term_row(term: Term) -> str:
    until = f"to {term.valid_until}" if term.valid_until else "on"
    notes = [
        _CERTAINTY[term.certainty],
        term.note,
        "measured in the figures" if term.measures else "",
        term.source,
    ]
    cells = [
        f"`{term.id}`",
        f"{term.name_en} {term.name}",
        term.span("en"),
        term.starts,
        term.counts_for,
        f"{term.article} ({term.article_en})",
        f"{term.valid_from} {until}",
        _extension(term.max_extension),
        "; ".join(filter(None, notes)),
    ]
    return f"| {' | '.join(cells)} |"


def _extension(most: int | None) -> str:
    if most is None:
        return "free"
    return f"≤ {most} days" if most else "none"


def _year_table(notices: Iterable[YearNotice]) -> list[str]:
    rows = [
        "| Year | Notice | Issued | Days off | Weekend days worked | Rules of the December before |",
        "|-|-|-|-|-|-|",
    ]
    return rows + [_year_row(notice) for notice in notices]


def _year_row(notice: YearNotice) -> str:
    before = sorted(day for day in [*notice.holidays, *notice.workdays] if day.year < notice.year)
    ruled = ", ".join(f"{day:%m-%d} {'worked' if day in notice.workdays else 'off'}" for day in before)
    named = f"[{notice.document}]({notice.source})" if notice.source else notice.document
    counts = f"{len(notice.holidays)} | {len(notice.workdays)}"
    return f"| {notice.year} | {named} | {notice.published or ''} | {counts} | {ruled} |"


if __name__ == "__main__":
    sys.stdout.buffer.write(law_page(Rulebook.shipped(), Calendar.shipped()).encode())
