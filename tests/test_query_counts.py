"""A page asks the database no more often when the county has more of everything."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.urls import reverse

from tests.access import expected, table
from tests.addresses import addresses
from tests.growth import grow
from tests.pressing import at
from tests.scene import Browser, Scene, scene
from tests.standing_forms import NOW, browser
from tests.test_every_action import TABLE as WAYS
from zhuoluo.matters.forms.bulk import VERBS
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tests.path import Path
from zhuoluo.matters.views.table import ACTS
from zhuoluo.org.reads import forget

pytestmark = pytest.mark.django_db
TABLE = table()
ADDRESSES = [address for address in addresses() if address.name != "matters:act"]
Counts = dict[str, Counter[str]]
Page = tuple[str, Browser, str]  # key and reader, their browser, the address
# Who is asked first; two of those who get the page stand for the others.
READERS = (
    "officer", "clerk", "admin", "handler", "head", "supervisor", "caller", "auditor", "leader", "mediator", "resident",
    "visitor",
)  # fmt: skip
ASKED = {
    "desk:search": "?q=路灯", "org:people": "?q=人", "portal:follow": "?n=QX260302-0001-1", "matters:list": "?stage=handling",
    "figures:home": "?by=unit", "matters:register": "?channel=phone",
}  # fmt: skip
# How often a page may ask the database at most: the reviewed numbers. Most need the reader, their posts, the numbers
# beside the menu (asked anew each time in tests), and one to three of their own.
USUAL = 13
CEILINGS = {
    # one matter whole: its row, raiser, parts, units, dates, story with texts, files, links, and the look written down
    "matters:page": 25, "matters:file": 26, "matters:identity": 26, "matters:print": 24, "matters:inbox-matter": 24,
    "matters:act": 24, "matters:seen": 30,
    # two matters side by side, and the likely ones looked for
    "matters:act/merge": 40, "matters:act/link": 40,
    # one question for each kind of exception
    "matters:exceptions": 19,
    # the same whole matter as its raiser may read it
    "portal:matter": 20, "portal:add": 20, "portal:withdraw": 20, "portal:file": 20, "portal:done/filed": 20,
    "portal:print/filed": 20, "portal:receipt/filed": 20,
    # receipts name unit, date and what follows
    "matters:receipt": 14, "matters:slip/a4": 14,
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


def pages(made: Scene) -> Iterator[Page]:
    """Every page of the access table for two of its readers, with a search in it where it searches."""
    for address in ADDRESSES:
        kind = address.kinds[0]
        cells = expected(TABLE, address, "GET", kind)
        order = READERS if not address.name.startswith("portal:") else READERS[::-1]
        readers = [role for role in order if cells[role] == "200"] or [r for r in order if cells[r] == "go"]
        for role in readers[:2]:
            url = address.url(made, role, kind)
            for query in {"", ASKED.get(address.name, "")}:
                yield f"{address.key} {role}{query}", made.clients[role], url + query


def deeds(made: Scene) -> list[Page]:
    """The page of every act, on a matter in its state; a receipt just after registering."""
    found: list[Page] = []
    for act in ACTS.values():
        start, who, _given = WAYS[act.action.__name__]
        path = start(made.county)
        url = reverse("matters:act", args=[path.matter.number, act.name])
        found.append((f"matters:act/{act.name} {who}", browser(made, who or "clerk"), url))
    by = made.county.who("clerk", NOW)
    number = Path.register(made.county, at=NOW, by=by, channel="walk_in").matter.number
    found += [
        ("matters:receipt clerk", made.clients["clerk"], reverse("matters:receipt", args=[number])),
        ("matters:slip/a4 clerk", made.clients["clerk"], reverse("matters:slip", args=[number, "a4"])),
    ]
    return found


def chosen(made: Scene) -> Iterator[Page]:
    """The form for all the matters that wait at the clerk's desk, up to fifty of them."""
    rows = Matter.objects.filter(stage="registered", registered_by=made.county.units["SQ"]).order_by("pk")[
        :50
    ]
    query = urlencode([("m", f"{row.number}:{row.version}") for row in rows])
    for verb in VERBS:
        yield (
            f"matters:bulk/{verb} chosen",
            made.clients["clerk"],
            f"{reverse('matters:bulk', args=[verb])}?{query}",
        )


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Counts, Counts]]:
    """What every page asked before and after the county grew to three times its size."""
    fresh = override_settings(NAV_SECONDS=0)  # the numbers beside the menu are never remembered
    with django_db_blocker.unblock(), transaction.atomic(), at(NOW), fresh:
        made = scene()
        grow(made, 1)
        fixed = deeds(made)
        before, size = measured(made, fixed), Matter.objects.count()
        for lot in range(2, 9):
            grow(made, lot)
        assert Matter.objects.count() > 3 * size
        yield before, measured(made, fixed)
        transaction.set_rollback(True)


def measured(made: Scene, fixed: list[Page]) -> Counts:
    found = {}
    for key, client, url in [*pages(made), *chosen(made), *fixed]:
        status, found[key] = asked(client, url)
        assert status in {200, 302}, (key, status)
    return found


KEYS = [address.key for address in ADDRESSES] + [f"matters:act/{name}" for name in ACTS]
# Answers to POST only, or to a session that is half signed in: nothing to open.
POSTED = {
    key for a in ADDRESSES for key in [a.key] if not set(expected(TABLE, a, "GET", a.kinds[0]).values()) & {"200", "go"}
} - {"matters:receipt", "matters:slip/a4"}  # fmt: skip


@pytest.mark.parametrize("key", [key for key in KEYS if key not in POSTED])
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
