"""The register, the calendar, the menu and the counts: a fixed number of questions, and every number opens to its rows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.county import MONDAY, County
from zhuoluo.outreach.talks import actions, reads
from zhuoluo.outreach.talks.actions import LessonContent, Plan
from zhuoluo.outreach.talks.models import Talk
from zhuoluo.outreach.talks.reads import Sought
from zhuoluo.outreach.talks.rules.errors import NotFound

pytestmark = pytest.mark.django_db


def held(county: County, count: int, **more: Any) -> list[Talk]:
    by, found = county.who("outreach"), []
    for n in range(count):
        starts = MONDAY + timedelta(days=n % 28, hours=n // 28)
        content = Plan(
            "bench",
            f"第{n}场医保宣讲",
            county.units["XC"].pk,
            f"第{Talk.objects.count()}处",
            starts,
            starts + timedelta(minutes=45),
        )
        talk = actions.plan(content=content, by=by, at=MONDAY)
        given = {"counting": "counted", "people": 10} | more
        found.append(actions.hold(talk_id=talk.pk, by=by, at=starts + timedelta(hours=1), **given))
    return found


def test_a_page_of_the_register_asks_as_often_for_thirty_as_for_one(county: County) -> None:
    held(county, 1)
    asked = []
    for more in (0, 34):
        held(county, more)
        with CaptureQueriesContext(
            connection,
        ) as found:
            page = reads.register(Sought())
        asked.append(len(found))
        assert len(page.rows) in (1, 30)
    assert asked[0] == asked[1] == 3
    last = reads.register(Sought(), after=page.next)
    assert {r.talk.pk for r in page.rows}.isdisjoint(r.talk.pk for r in last.rows)
    assert len(page.rows) + len(last.rows) == 35


def test_the_register_is_limited_by_words_kind_unit_and_days(county: County) -> None:
    held(county, 3)
    day = MONDAY.date()
    assert len(reads.register(Sought(words="第1场")).rows) == 1
    assert len(reads.register(Sought(kind="party")).rows) == 0
    assert len(reads.register(Sought(first=day, last=day)).rows) == 1
    assert len(reads.register(Sought(unit=county.units["SQ"].pk)).rows) == 0


def test_counted_and_estimated_people_are_never_added_up(county: County) -> None:
    held(county, 2)
    by = county.who("outreach")
    for n, given in enumerate(
        ({"counting": "estimated", "people": 300, "how": "六排，每排约五十"}, {"counting": "unknown"})
    ):
        starts = MONDAY + timedelta(hours=5 + n)
        content = Plan(
            "hall", "集中宣讲", county.units["XC"].pk, "礼堂", starts, starts + timedelta(minutes=45)
        )
        talk = actions.plan(content=content, by=by, at=MONDAY)
        actions.hold(talk_id=talk.pk, by=by, at=starts + timedelta(hours=1), **given)
    found = reads.counted(date(2026, 3, 1), date(2026, 3, 31))
    assert (found.people.counted, found.people.estimated, found.people.unknown) == (20, 300, 1)
    assert (found.held, found.by_kind["bench"], found.by_kind["hall"]) == (4, 2, 2)
    assert found.by_month == {date(2026, 3, 1): 4}
    assert found.held == len(
        reads.register(Sought(state="held", first=date(2026, 3, 1), last=date(2026, 3, 31))).rows
    )


def test_the_public_sees_only_what_is_published(county: County) -> None:
    by, starts = county.who("outreach"), MONDAY + timedelta(days=2)
    content = Plan("bench", "板凳会", county.units["XC"].pk, "村部", starts, starts + timedelta(hours=1))
    talk = actions.plan(content=content, by=by, at=MONDAY)
    assert reads.published(MONDAY) == []
    with pytest.raises(NotFound):
        reads.talk(talk.pk, public=True)
    actions.publish(talk_ids=[talk.pk], by=by, at=MONDAY)
    assert reads.published(MONDAY) == [reads.talk(talk.pk, public=True)]


def test_the_menu_is_found_by_word_and_kind_and_turns_its_pages(county: County) -> None:
    by = county.who("outreach")
    for n in range(100):
        kinds = ("party",) if n % 2 else ("bench", "courtyard")
        content = LessonContent(f"第{n:03d}课", "讲清楚一件事", "村民", 30, kinds, county.units["XC"].pk)
        actions.save_lesson(content=content, by=by, at=MONDAY)
    seen, after = [], ""
    while True:
        page = reads.menu(after=after)
        seen += [row.title for row in page.rows]
        if not page.next:
            break
        after = page.next
    assert seen == [f"第{n:03d}课" for n in range(100)]
    assert [row.title for row in reads.menu(words="第017课").rows] == ["第017课"]
    assert all("party" in row.kinds for row in reads.menu(kind="party").rows)


def test_nobody_rated_is_no_average(county: County) -> None:
    [talk] = held(county, 1)
    assert reads.talk_file(talk.pk).average is None
    actions.rate(talk_id=talk.pk, mark="p", value=3, at=MONDAY + timedelta(hours=1))
    found = reads.talk_file(talk.pk)
    assert (found.rated, found.average) == (1, 3.0)
