"""On-site days: numbered, decided once, dispatched each morning, closed only at the last item."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.county import MONDAY, County
from tests.fronts import COMPANY, TOWN, book
from zhuoluo.clock import BEIJING, Calendar, local_day
from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.onsite import actions, reads
from zhuoluo.onsite.actions import DayContent, Decided
from zhuoluo.onsite.models import Day, Decision, Item
from zhuoluo.onsite.rules.dispatch import Job, dispatch, message, morning_of, still
from zhuoluo.onsite.rules.errors import Refused
from zhuoluo.onsite.rules.lists import WrongLists, kinds, read
from zhuoluo.onsite.rules.sheet import LISTS
from zhuoluo.org.rules import Forbidden

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CALENDAR = Calendar.shipped()


def day(county: County, number: int | None = 31, at: datetime = MONDAY, **more: Any) -> Day:
    by = county.who("coordinator")
    series = reads.series()
    row = series[0] if series else actions.save_series(name="企业家日", lists="leiyang", by=by, at=at)
    values = {
        "starts_at": MONDAY, "ends_at": MONDAY + 3 * HOUR, "place": "先导公司", "chair_id": county.users["leader"].pk,
        "unit_id": county.units["XB"].pk, "area": TOWN,
    } | more  # fmt: skip
    return actions.plan_day(
        series_id=row.pk, content=DayContent(**values), number=number, by=by, at=at - 2 * DAY
    )


def item(county: County, row: Day, key: str = "a") -> Item:
    made = actions.raise_item(
        day_id=row.pk, klass="claim", text=f"变压器不够（{key}）", contact=COMPANY, unit_id=county.units["ZJ"].pk, key=key,
        by=county.who("coordinator"), at=MONDAY, law=county.law,
    )  # fmt: skip
    return Item.objects.get(matter_id=made.matter.pk)


def one(county: County, unit: str = "ZJ", days: int = 5) -> Decided:
    return Decided(
        county.units[unit].pk, f"{unit} 两周内增容到位", "王股长", MONDAY.date() + days * DAY, "孙局长"
    )


def decide(county: County, row: Item, *decided: Decided) -> list[Decision]:
    return actions.decide(
        item_id=row.pk, decided=decided, by=county.who("coordinator"), at=MONDAY + HOUR, law=county.law
    )


@pytest.mark.django_db
def test_days_of_a_series_count_on_and_a_number_stands_once(county: County) -> None:
    day(county)
    assert day(county, None).number == 32
    with pytest.raises(Refused, match="已经有第"):
        day(county, 31)


@pytest.mark.django_db
def test_what_is_decided_once_is_every_list_and_each_units_commitment(county: County) -> None:
    row = day(county)
    made = item(county, row)
    assert len(decide(county, made, one(county), one(county, "JT", 3))) == 2
    assert decide(county, made, one(county)) == []  # the same again gives nothing
    file = reads.day_file(county.who("coordinator"), row.pk, now=MONDAY + HOUR)
    assert (file.tasks, file.done, file.day.state) == (2, 0, "held")
    lists = reads.laid_out(file)
    assert [(x.name, len(x.rows)) for x in lists] == [("问题清单", 1), ("任务清单", 2), ("责任清单", 2)]
    assert lists[2].rows[0][:2] == ["县住房和城乡建设局", "王股长"]
    owed = Path(county, made.matter, MONDAY).matter.commitments.filter(kind="joint")
    assert {c.unit.code for c in owed} == {"ZJ", "JT"}


@pytest.mark.django_db
def test_nothing_is_decided_before_it_begins_nor_without_who_accepted(county: County) -> None:
    row = day(county)
    made = item(county, row)
    with pytest.raises(Refused, match="还没有到开始"):
        actions.decide(
            item_id=made.pk,
            decided=[one(county)],
            by=county.who("coordinator"),
            at=MONDAY - HOUR,
            law=county.law,
        )
    with pytest.raises(Refused, match="当场认领"):
        decide(county, made, Decided(county.units["ZJ"].pk, "两周内增容到位", "王股长", MONDAY.date(), " "))


@pytest.mark.django_db
def test_a_day_is_closed_only_when_its_last_matter_is(county: County) -> None:
    row = day(county)
    made = item(county, row)
    [task] = decide(county, made, one(county))
    by = county.who("coordinator")
    with pytest.raises(Refused, match="没有到底"):
        actions.close_day(day_id=row.pk, by=by, at=MONDAY + DAY)
    path = Path(county, made.matter, MONDAY + HOUR)
    path.act("accept", "head")
    path.act(
        "joint_done", "handler", task_id=task.pk, account="变压器已经换好通电", files=[(made.pk, "after", "")]
    )
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="in_person")
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    with pytest.raises(Refused, match="没有到底"):
        actions.close_day(day_id=row.pk, by=by, at=path.at)
    path.act("certify", "supervisor", evidence="到公司看过，新变压器在用")
    assert actions.close_day(day_id=row.pk, by=by, at=path.at).state == "closed"


@pytest.mark.django_db
def test_an_earlier_mornings_dispatch_shows_what_it_showed_then(county: County) -> None:
    row = day(county)
    [task] = decide(county, item(county, row), one(county, days=9))
    decide(county, item(county, row, "b"), one(county, "JT", 1))
    by = county.who("coordinator")

    def found(on: date, now: datetime) -> Any:
        return reads.morning(by, on, now=now, law=county.law).found

    tuesday, wednesday = date(2026, 3, 3), date(2026, 3, 4)
    first = found(tuesday, MONDAY + DAY)
    assert (first.all, len(first.done), [j.unit for j in first.due], first.overdue) == (
        2,
        0,
        ["县交通运输局"],
        [],
    )
    path = Path(county, task.item.matter, MONDAY + DAY)
    path.act("accept", "head")
    path.act("joint_done", "handler", task_id=task.pk, account="变压器已经换好通电")
    later = found(wednesday, MONDAY + 2 * DAY)
    assert (len(later.done_yesterday), [j.unit for j in later.overdue]) == (1, ["县交通运输局"])
    assert found(tuesday, MONDAY + 2 * DAY) == first
    told = reads.morning(by, wednesday, now=MONDAY + 2 * DAY, law=county.law)
    assert "第31个企业家日" in told.message
    assert "已经超期" in told.message
    assert "13800001111" not in told.message
    assert any("完成一项任务" in move.what for move, _line in told.moved)


@pytest.mark.django_db
def test_only_who_runs_a_day_records_it_and_only_matters_one_may_read_come_on_it(county: County) -> None:
    row = day(county)
    own = Path.register(county, by=county.who("clerk"), channel="walk_in").matter
    with pytest.raises(Forbidden):
        actions.add_items(day_id=row.pk, matter_ids=[own.pk], by=county.who("head"), at=MONDAY)
    about = Path.register(county, about_units=(county.units["XB"].pk,)).matter
    by = county.who("coordinator")
    assert actions.add_items(day_id=row.pk, matter_ids=[own.pk, about.pk, own.pk], by=by, at=MONDAY) == 1
    actions.drop_item(item_id=Item.objects.get().pk, by=by, at=MONDAY)
    assert not Item.objects.exists()


@pytest.mark.django_db
def test_the_lists_of_a_sheet_come_in_once(county: County) -> None:
    actions.save_series(name="企业家日", lists="leiyang", by=county.who("coordinator"), at=MONDAY)
    line = ["企业家日", "第31次", "2026-02-26", "先导公司", "陈立新", "缺电", "先导公司", "13800001111"]
    rows = [
        [*line, task, unit, "王股长", "2026-03-20", "孙局长", "", ""]
        for task, unit in (("两周内增容", "县住房和城乡建设局"), ("一周内修路", "县交通运输局"))
    ]
    by, data = county.who("coordinator"), book(LISTS, *rows).read()
    taken = actions.import_lists(data=data, by=by, at=MONDAY, law=county.law)
    again = actions.import_lists(data=data, by=by, at=MONDAY, law=county.law)
    assert (taken.new, again.new) == (2, 0)
    assert (Day.objects.get().number, Item.objects.count(), Decision.objects.count()) == (31, 1, 2)


def test_lists_are_data_and_a_wrong_column_says_where() -> None:
    assert {len(kind.lists) for kind in kinds().values()} == {3, 4}
    text = '[[kind]]\nkey = "x"\nname = "某县"\nlists = [{ name = "问题清单", rows = "items", columns = ["numbr"] }]'
    with pytest.raises(WrongLists, match="第1种清单“某县”的“问题清单”：不认识 numbr"):
        read(text)


def job(given: datetime, due: datetime, closed: datetime | None, moved: datetime | None) -> Job:
    return Job(uuid7(), "QX", "办一件事", "住建局", given, due, closed, moved)


MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 20)).map(
    lambda at: at.replace(tzinfo=BEIJING)
)  # given its zone at once


@given(
    st.lists(st.builds(job, MOMENTS, MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS), max_size=9),
    st.integers(2, 20),
)
def test_a_dispatch_loses_no_task_and_counts_none_twice(jobs: list[Job], on: int) -> None:
    found = dispatch(date(2026, 3, on), jobs, CALENDAR)
    open_ones = sum(n for _unit, n in found.hands)
    assert found.all == len(found.done) + open_ones
    assert not {j.id for j in found.due} & {j.id for j in found.overdue}
    assert {j.id for j in found.done_yesterday} <= {j.id for j in found.done}
    assert all(n >= 3 for _job, n in found.stuck)
    assert message("企业家日", found).count("\n") <= 6


def test_weekends_do_not_make_a_task_stuck() -> None:
    friday = datetime(2026, 3, 6, 10, tzinfo=BEIJING)
    days = [local_day(friday), date(2026, 3, 10)]
    found = [tuple(still(days, date(2026, 3, d), CALENDAR).values()) for d in (9, 10, 11, 12)]
    assert found == [(0, 0), (1, 0), (2, 0), (3, 1)]
    assert morning_of(date(2026, 3, 9)).hour == 8
