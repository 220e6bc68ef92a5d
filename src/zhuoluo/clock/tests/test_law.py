from pathlib import Path

from zhuoluo.clock import Calendar, Rulebook
from zhuoluo.clock.law import law_page

PAGE = Path(__file__).parents[4] / "docs" / "law.md"


def test_the_page_of_the_law_is_the_one_the_program_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == law_page(Rulebook.shipped(), Calendar.shipped())


def test_the_page_names_every_term_and_every_year() -> None:
    page = law_page(Rulebook.shipped(), Calendar.shipped())
    assert all(f"| `{term.id}` |" in page and term.article in page for term in Rulebook.shipped().all())
    assert all(f"| {notice.year} | [{notice.document}]" in page for notice in Calendar.shipped().notices)
    assert "**unverified**" in page
