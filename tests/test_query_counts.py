"""A page asks the database no more often when the county has more of everything."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.growth import grow
from tests.pages import KEYS, OPENED, Page, chosen, deeds, pages
from tests.pressing import at
from tests.scene import Browser, Scene, scene, take_stock
from tests.standing_forms import NOW
from zhuoluo.matters.models import Matter
from zhuoluo.org.reads import forget

pytestmark = pytest.mark.django_db
Counts = dict[str, Counter[str]]
# How often a page may ask the database at most: the reviewed numbers. Most need the reader, their posts, the numbers
# beside the menu (asked anew each time in tests), and one to three of their own.
USUAL = 13
CEILINGS = {
    # counts kept apart; a case with its boxes, visits, facts, and whether the reader had a hand in it; a sample, a sign
    "oversight:home": 18, "oversight:mine": 16, "oversight:case": 20, "oversight:visit": 19, "oversight:boxes": 19,
    "oversight:certify": 19, "oversight:end": 19, "oversight:meeting": 16, "oversight:meeting-print": 16,
    "oversight:sample": 18, "oversight:doubts": 18, "oversight:tasks": 14, "oversight:recheck": 14,
    # one matter whole: its row, raiser, parts, units, dates, story with texts, files, links, and the look written down
    "matters:page": 25, "matters:file": 26, "matters:identity": 26, "matters:print": 24, "matters:inbox-matter": 25,
    "matters:act": 25, "matters:seen": 30,
    # the same whole matter, and its papers with their proofs of service
    "matters:papers": 27, "matters:paper": 30, "matters:paper-copy/pdf": 29, "matters:paper-copy/docx": 29,
    "matters:packet": 26,
    # a sealed case opened to be sent on: the case, its pieces, the organs it may go to, and the look written down
    "sealed:act/forward": 17,
    # the matters found, then firms, projects, topics, problems by their outer number, on-site days
    "desk:search": 18,
    # two matters side by side, and the likely ones looked for
    "matters:act/merge": 40, "matters:act/link": 40, "matters:act/decline": 40,
    # one question for each kind of exception
    "matters:exceptions": 19,
    # the same whole matter as its raiser may read it
    "portal:matter": 21, "portal:add": 20, "portal:withdraw": 20, "portal:file": 20,
    "portal:review": 20, "portal:withdraw-review": 20, "portal:done/filed": 20,
    "portal:print/filed": 20, "portal:receipt/filed": 20,
    # receipts name unit, date and what follows
    "matters:receipt": 14, "matters:slip/a4": 14,
    # a day with who sits (seats, substitutions, posts, portfolios), its batches with people, requests and matters, its
    # bookings, and a brief of everybody who booked; the looks written down
    "reception:day": 30, "reception:hear": 30, "reception:desk": 30, "reception:close": 22, "reception:sheet": 19,
    "reception:batch": 20, "reception:decide": 30, "reception:home": 14, "reception:change": 15, "reception:book-for": 19,
    "reception:book": 16,
    # the register: days, requests, matters whole, people, what they raised before and what is owed on it
    "reception:register": 27, "reception:register-print": 24,
    # programmes with what was applied for, bound, paid; items with their clauses; awards published; totals by four things
    "programmes:home": 16, "programmes:page": 28, "programmes:public": 19, "programmes:apply": 15,
    "programmes:application": 23, "programmes:payments": 17, "programmes:payments-print": 15,
    # the year's figures and the register; a talk with all that came of it; a room with its three lists; a question with
    # those like it and the clauses its words find
    "talks:home": 17, "talks:talk": 14, "live:desk": 14, "live:question": 31, "programmes:item": 15,
    "policy:home": 30, "policy:desk-home": 30, "live:search": 30, "live:search-desk": 30,
    # a problem with how its matter stands: the matter, facts, material, the raiser's word, what is owed, who called back
    "enterprise:needs": 18, "enterprise:needs-print": 15, "enterprise:needs-sheet": 15, "enterprise:firm": 21,
    "enterprise:project": 20, "enterprise:step": 20, "research:problems": 21, "research:problems-print": 18,
    "research:problems-sheet": 18, "research:topic": 19, "research:visit": 14, "research:finding": 23, "research:check": 23,
    "research:class": 21, "research:gather": 24, "research:roll-out": 21, "research:site-new": 21,
    # a day's agenda with its decisions and how each stands; a morning: days, decisions, matters, tasks, moves
    "onsite:day": 19, "onsite:lists": 18, "onsite:sheet": 18, "onsite:agenda": 21, "onsite:decide": 21, "onsite:dispatch": 17,
    # a night with who is on duty (seats, substitutions, posts), households, and how what was raised stands
    "duty:home": 24, "duty:night": 22, "duty:household": 21, "duty:identity": 22, "duty:raise": 21, "duty:respond": 21,
    "duty:hand-over": 21, "duty:print": 19, "duty:sheet": 19, "duty:roster": 14, "duty:swap": 16,
    # seven figures, each from sums of its own
    "figures:home": 17,
}  # fmt: skip
LISTED = re.compile(r"\((?:%s)(?:, ?(?:%s))*\)")  # a list of values, however long


def shape(sql: str) -> str:
    return LISTED.sub("(…)", sql)


def asked(client: Browser, url: str) -> tuple[int, Counter[str]]:
    """The status of a page and what it asked the database, with nothing remembered from before."""
    counts: Counter[str] = Counter()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counts[shape(sql)] += 1
        return execute(sql, params, many, context)

    forget()
    cookies = dict(client.cookies)
    with transaction.atomic():
        with connection.execute_wrapper(note):
            answer = client.get(url)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return answer.status_code, counts


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Counts, Counts]]:
    """What every page asked before and after the county grew to three times its size."""
    fresh = override_settings(NAV_SECONDS=0)  # the numbers beside the menu are never remembered
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        at(NOW),
        fresh,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("zhuoluo.org.reads.REMEMBER_SECONDS", 3600.0)
        patch.setattr("zhuoluo.outreach.live.reads.pieces.FRESH", 0)  # looked at anew for each asking
        still = SimpleNamespace(time=lambda begun=time.time(): begun)  # noqa: B008  # the idle clock writes once a minute
        for reader in ("zhuoluo.org.middleware.time", "zhuoluo.portal.views.follow.time"):
            patch.setattr(reader, still)
        made = scene()
        grow(made, 1)
        fixed = deeds(made)
        before, size = measured(made, fixed), Matter.objects.count()
        for lot in range(2, 9):
            grow(made, lot)
        take_stock()
        assert Matter.objects.count() > 3 * size
        yield before, measured(made, fixed)
        transaction.set_rollback(True)


def measured(made: Scene, fixed: list[Page]) -> Counts:
    found = {}
    for key, client, url in [*pages(made), *chosen(made), *fixed]:
        status, found[key] = asked(client, url)
        assert status in {200, 302}, (key, status)
    return found


@pytest.mark.parametrize("key", OPENED)
def test_a_page_asks_no_more_often_when_there_is_more_to_show(
    counts: tuple[Counts, Counts], key: str
) -> None:
    before, after = counts
    readers = [one for one in before if one.split(" ")[0] == key]
    assert readers
    most = CEILINGS.get(key, CEILINGS.get(key.partition("/")[0], USUAL))
    for one in readers:
        more = {
            sql: n
            for sql, n in (after[one] - before[one]).items()
            if after[one].total() > before[one].total()
        }
        assert more == {}, f"{one}: asked more often than with a third of the rows"
        assert after[one].total() <= most, f"{one}: {after[one].total()} questions, {most} in the table"


def test_no_ceiling_is_left_over() -> None:
    assert set(CEILINGS) <= {*KEYS, "matters:act"}
