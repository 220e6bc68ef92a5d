"""Unknown years are never silent; a notice that comes in moves open dates, records each move, and leaves closed ones."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.county import County, notice_2027
from zhuoluo.clock import Calendar, YearNotice, read_notice_csv
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import actions
from zhuoluo.matters.models import Commitment
from zhuoluo.matters.tests.law import ask, on_review, owed, reviewed
from zhuoluo.matters.tests.path import Path
from zhuoluo.org import actions as org
from zhuoluo.org.reads import Law, law
from zhuoluo.org.rules import SYSTEM

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(
    2026, 11, 2, 2, 0, tzinfo=UTC
)  # sixty days on is New Year's Day 2027, whose notice is not out
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def answer(path: Path) -> Commitment:
    return Commitment.objects.get(matter=path.matter, kind="answer", closed_at__isnull=True)


def take_in_november(county: County) -> Path:
    path = Path.register(county, at=NOVEMBER)
    path.act("accept", "clerk")
    return path


def test_a_date_in_an_unknown_year_is_provisional_and_says_so(county: County) -> None:
    row = answer(take_in_november(county))
    assert row.provisional
    assert "2027" in str(row.reckoning)


def test_the_years_notice_moves_open_dates_with_one_entry_each(county: County) -> None:
    path = take_in_november(county)
    before = answer(path)
    org.keep_notice(notice=read_notice_csv(notice_2027()), by=SYSTEM, at=NOW)
    done = actions.redate(at=NOW, law=law())
    after = answer(path)
    assert done["moved"] == 1
    assert not after.provisional
    assert after.target == before.target
    assert after.due == datetime(2027, 1, 4, 16, 0, tzinfo=UTC), (
        "Friday to Sunday are New Year: Monday the 4th"
    )
    [entry] = [e for e in ledger.story(path.matter.id) if e.verb == "redate"]
    assert entry.payload["moved"][0]["kind"] == "answer"
    assert actions.redate(at=NOW, law=law()) == {"seen": 1, "moved": 0}


def test_a_change_in_the_middle_of_a_holiday_moves_open_dates_and_leaves_closed_ones(county: County) -> None:
    """Replays 27 January 2020, when the Spring Festival was prolonged to 2 February."""
    first = dict.fromkeys((date(2020, 1, d) for d in range(24, 31)), "春节")
    shipped = Calendar.shipped()
    days = {d: shipped.name(d) for d in _off_days(shipped, 2020) if d.month > 2 or d < date(2020, 1, 24)}
    old = YearNotice(
        year=2020, holidays={**days, **first}, workdays=frozenset(
            {date(2020, 1, 19), date(2020, 2, 1), date(2020, 4, 26), date(2020, 5, 9), date(2020, 6, 28),
             date(2020, 9, 27), date(2020, 10, 10)}
        ), title="原通知", document="", published=date(2019, 11, 21),
    )  # fmt: skip
    rules = law().rulebook
    before, after = Law(shipped.with_notice(old), rules), Law(shipped, rules)
    start = datetime(2020, 1, 20, 2, 0, tzinfo=UTC)
    asked = actions.register(filing=_inquiry(), by=SYSTEM, at=start, law=before).matter
    closed = actions.register(filing=_inquiry(), by=SYSTEM, at=start, law=before).matter
    for matter in (asked, closed):
        actions.accept(matter_id=matter.id, by=county.who("clerk", start), at=start, law=before)
    actions.withdraw(matter_id=closed.id, at=start, law=before)
    shut = Commitment.objects.get(matter=closed, kind="answer").due
    done = actions.redate(at=datetime(2020, 1, 27, 4, 0, tzinfo=UTC), law=after)
    row = Commitment.objects.get(matter=asked, kind="answer")
    assert done["moved"] == 1
    assert row.due == datetime(2020, 2, 4, 16, 0, tzinfo=UTC), "21, 22, 23 January, then 3 and 4 February"
    assert Commitment.objects.get(matter=closed, kind="answer").due == shut


def _inquiry():  # type: ignore[no-untyped-def]  # a test filing
    from zhuoluo.matters.tests.path import filing

    return filing(klass="inquiry")


def _off_days(calendar: Calendar, year: int) -> list[date]:
    day, found = date(year, 1, 1), []
    while day.year == year:
        if not calendar.is_workday(day) and calendar.name(day) not in {"周六", "周日", ""}:
            found.append(day)
        day = date.fromordinal(day.toordinal() + 1)
    return found


def test_a_second_review_keeps_its_hearings_out_when_a_notice_moves_its_date(county: County) -> None:
    path = Path.register(county, at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC)).served()
    reviewed(path)
    path.at += timedelta(days=2)
    on_review(path, "admit_review", ask(path))
    path.at += timedelta(days=1)
    held = path.at + timedelta(days=9)
    hearing = path.act(
        "plan_hearing", "reviewer", reason="事实争议大，需要听证", planned=held, place="县政府会议室"
    )
    path.at = held + timedelta(hours=3)
    actions.close_hearing(
        hearing_id=hearing.id, held_at=held, minutes="双方到场，各自陈述并出示材料", by=county.who("reviewer", path.at),
        at=path.at, law=county.law,
    )  # fmt: skip
    before = owed(path)["review"]
    assert before.provisional
    org.keep_notice(notice=read_notice_csv(notice_2027()), by=SYSTEM, at=path.at)
    actions.redate(at=path.at, law=law())
    after = owed(path)["review"]
    assert after.target == before.target, "thirty days and the ten of the hearing"
    assert (after.target - after.starts_at).days >= 40
    assert not after.provisional
    assert any(step["kind"] == "pause" for step in after.reckoning["steps"])
    assert after.subject == path.matter.reviews.get(level=2).id


def test_what_a_review_owes_follows_the_notice_too(county: County) -> None:
    path = Path.register(county, at=datetime(2026, 12, 7, 2, 0, tzinfo=UTC)).served()
    ask(path)
    first = owed(path)["review"]
    assert first.provisional
    org.keep_notice(notice=read_notice_csv(notice_2027()), by=SYSTEM, at=path.at)
    actions.redate(at=path.at, law=law())
    moved = owed(path)["review"]
    assert not moved.provisional
    assert moved.target == first.target
