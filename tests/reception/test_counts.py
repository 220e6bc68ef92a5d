"""A day's roster and a leader's day ask the same questions for one row and for thirty, and find them by index."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.county import County
from tests.scene import Browser
from zhuoluo.reception.models import Batch, Seat, Session
from zhuoluo.reception.tests.days import BEFORE, DAY, NINE, asks, booked, come, day, person, slot

pytestmark = pytest.mark.django_db
ROWS = 30
Sit = Callable[..., Browser]


def asked(client: Browser, url: str) -> list[str]:
    client.get(url)  # what a process remembers is remembered
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return [query["sql"].split(" WHERE ")[0][:80] for query in seen.captured_queries]


def test_the_roster_asks_the_same_for_one_day_and_for_thirty(county: County, sit: Sit, clock: Any) -> None:
    clock(BEFORE)
    client, url = sit(), reverse("reception:roster")
    day(county, "leader")
    one = asked(client, url)
    for n in range(1, ROWS):
        day(county, "leader", on=DAY + timedelta(days=n), starts=time(9 + n % 3), ends=time(12))
    many = asked(client, url)
    assert client.get(url).words.decode().count("陈立新") == ROWS
    assert len(many) == len(one)
    assert len(one) <= 8


def test_the_leaders_day_asks_the_same_for_one_visitor_and_for_thirty(county: County, sit: Sit) -> None:
    session = day(county, per_slot=50)
    leader, url = sit("leader"), reverse("reception:hear", args=[session.pk])

    def arrive(n: int) -> None:
        booked(county, session, contact=person(phone=f"137{n:08d}"), slot_at=slot(session, n % 5))
        come(county, session, asks(), asks("水管爆了"), at=NINE + timedelta(seconds=n))

    arrive(0)
    one = asked(leader, url)
    for n in range(1, ROWS):
        arrive(n)
    many = asked(leader, url)
    assert Batch.objects.count() == ROWS
    assert len(many) == len(one)
    assert len(one) <= 28


def plan_of(sql: str, params: list[Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql, params)
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("index", "rows"),
    [
        ("session_day", lambda: Session.objects.filter(day__gte=date(2026, 3, 1), day__lte=date(2026, 4, 1)).order_by("day")),
        ("batch_newest", lambda: Batch.objects.order_by("-arrived_at", "-id")[:26]),
        ("seat_sits", lambda: Seat.objects.filter(sits_id=Session().pk, sits__isnull=False).values("session_id")),
        ("seat_planned", lambda: Seat.objects.filter(planned_id=Session().pk).values("session_id")),
    ],
)  # fmt: skip
def test_days_and_batches_are_found_by_index_whatever_their_number(
    county: County, index: str, rows: Any
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL walks small tables whatever the index")
    sql, params = rows().query.sql_with_params()
    assert index in plan_of(sql, list(params))
