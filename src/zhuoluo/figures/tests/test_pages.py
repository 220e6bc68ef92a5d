import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.county import MONDAY, County
from zhuoluo.figures import reads, tasks
from zhuoluo.figures.rules import FIGURES
from zhuoluo.matters.tests.path import Path

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = MONDAY + timedelta(days=900)


@pytest.fixture
def lived(county: County) -> County:
    for place in range(3):
        Path.register(county, at=MONDAY + timedelta(days=place * 20)).served().act(
            "call_back", "caller", reached=True, solved="yes", satisfaction="satisfied"
        )
    Path.register(county).handling()
    path = Path.register(county, area="431281100001")
    path.act("accept", "clerk2")
    undone = Path.register(county).served()
    undone.act("reopen", "supervisor", reason="没有解决，重新办理")
    while tasks.count_new(now=LATER):
        pass
    return county


def page(county: County, who: str, url: str) -> str:
    client = Client()
    client.force_login(county.users[who], backend=BACKEND)
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_every_number_on_the_page_opens_to_exactly_its_rows(lived: County) -> None:
    html = page(lived, "supervisor", "/desk/figures/?as_of=2026-12-31")
    links = re.findall(r'href="(/desk/figures/rows/[^"]+)"[^>]*>(\d+)</a>', html)
    assert len(links) > 25
    for url, number in links:
        rows = page(lived, "supervisor", url.replace("&amp;", "&"))
        assert f"· {number}</h1>" in rows, url
        assert rows.count("data-open") == int(number), url


@pytest.mark.parametrize("by", ["klass", "area", "unit"])
def test_numbers_of_every_split_and_month_open_to_their_rows(lived: County, by: str) -> None:
    for name in ("", "months/"):
        html = page(lived, "supervisor", f"/desk/figures/{name}?as_of=2026-12-31&by={by}")
        for url, number in re.findall(r'href="(/desk/figures/rows/[^"]+)"[^>]*>(\d+)</a>', html):
            assert page(lived, "supervisor", url.replace("&amp;", "&")).count("data-open") == int(number), url


def test_a_handler_sees_the_figures_of_the_own_unit_only(lived: County) -> None:
    html = page(lived, "handler", "/desk/figures/?as_of=2026-12-31&by=area")
    assert "住房和城乡建设局" in html
    assert "城关镇" not in html


def test_the_page_takes_a_fixed_number_of_queries(lived: County) -> None:
    client = Client()
    client.force_login(lived.users["supervisor"], backend=BACKEND)
    counts = []
    for day in ("2026-03-10", "2026-12-31"):
        client.get(f"/desk/figures/?as_of={day}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/desk/figures/?as_of={day}")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


def test_what_stood_earlier_is_still_counted_as_of_that_day(lived: County) -> None:
    stands = reads.sums(reads.Cut(until=date(2026, 12, 31)))
    happened = reads.by_month(reads.Cut(until=date(2026, 12, 31)), ["answered"])
    assert sum(m["answered"] for m in happened.values()) == stands["answered"] + 1


def test_every_figure_has_english_and_a_row_kind() -> None:
    for figure in FIGURES:
        assert figure.name_en.isascii()
        assert figure.words_en


def test_nonsense_in_the_address_is_not_found_or_falls_back(lived: County) -> None:
    client = Client()
    client.force_login(lived.users["supervisor"], backend=BACKEND)
    assert client.get("/desk/figures/rows/nothing/").status_code == 404
    assert client.get("/desk/figures/rows/answered/?after=x").status_code == 200
    assert client.get("/desk/figures/?as_of=yesterday&by=unit&member=zzz").status_code == 200


def test_the_figures_page_of_the_docs_is_the_one_the_code_makes() -> None:
    from pathlib import Path as File

    from zhuoluo.figures.rules import figures_page

    kept = File(__file__).resolve().parents[4] / "docs" / "figures.md"
    assert kept.read_text() == figures_page(), (
        "write docs/figures.md anew from zhuoluo.figures.rules.figures_page()"
    )
