"""The fronts pressed many times at once: each form is one thing, each number is drawn once, nothing ends in a fault."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.county import MONDAY, County, build, contact
from tests.together import together
from zhuoluo.clock import local_day
from zhuoluo.duty import actions as duty
from zhuoluo.duty.models import Household, Night, Raised, Seat, Swap
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.enterprise.models import Need, Project, Step
from zhuoluo.enterprise.models import Visit as FirmVisit
from zhuoluo.enterprise.tests.test_acts import firm, need
from zhuoluo.onsite import actions as onsite
from zhuoluo.onsite.models import Day, Decision, Item
from zhuoluo.onsite.tests.test_acts import day, decide, item, one
from zhuoluo.research import actions as research
from zhuoluo.research.models import Finding, Note, Topic
from zhuoluo.research.models import Visit as ResearchVisit
from zhuoluo.research.tests.test_acts import content, finding, topic, visit
from zhuoluo.village import actions as village
from zhuoluo.village.models import Quarrel, Record
from zhuoluo.village.rules.errors import Refused as NotGiven
from zhuoluo.village.tests.test_acts import given, listed, quarrel, record

pytestmark = pytest.mark.django_db(transaction=True)
HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)
Job = Callable[[], Any]
TEN = 10


@pytest.fixture
def county() -> County:
    return build()


def night(county: County, days: int = 0, who: str = "leader") -> Night:
    row = Night.objects.create(
        unit=county.units["SQ"], day=local_day(MONDAY) + days * ONE_DAY, place="江头村部", made_at=MONDAY, state="published",
        published_at=MONDAY,
    )  # fmt: skip
    Seat.objects.create(night=row, place=1, planned=county.users[who])
    return row


def project(county: County, key: str = "p") -> Job:
    row, by = firm(county), county.who("coordinator")
    return lambda: enterprise.begin_project(
        firm_id=row.pk, name="金山家苑", plan="land_certificate", first_day=local_day(MONDAY), aim=23,
        unit_id=county.units["ZJ"].pk, key=key, by=by, at=MONDAY, law=county.law,
    )  # fmt: skip


def _step(county: County) -> Job:
    made, by = project(county)(), county.who("coordinator")
    return lambda: enterprise.begin_step(
        project_id=made.pk, name="交地", since=local_day(MONDAY), unit_id=county.units["ZJ"].pk, workdays=3, place=1, by=by,
        at=MONDAY, law=county.law,
    )  # fmt: skip


def _firm_visit(county: County) -> Job:
    row, by = firm(county), county.who("coordinator")
    return lambda: enterprise.visit(
        firm_id=row.pk, kind="visit", day=local_day(MONDAY), heard="缺工六十人", key="v", by=by, at=MONDAY
    )


def _need(county: County) -> Job:
    row = firm(county)
    return lambda: need(county, row)


def _topic(county: County) -> Job:
    by, said = county.who("coordinator"), topic(county)
    made = research.TopicContent("另一个课题", said.lead_id, said.unit_id, said.from_day, said.until_day)
    return lambda: research.save_topic(content=made, by=by, at=MONDAY, key="t")


def _research_visit(county: County) -> Job:
    row = topic(county)
    return lambda: visit(county, row)


def _finding(county: County) -> Job:
    row = topic(county)
    return lambda: finding(county, row)


def _onsite_day(county: County) -> Job:
    series, by = day(county).series_id, county.who("coordinator")
    plan = onsite.DayContent(
        MONDAY, MONDAY + HOUR, "先导公司", county.users["leader"].pk, county.units["XB"].pk
    )
    return lambda: onsite.plan_day(series_id=series, content=plan, by=by, at=MONDAY - ONE_DAY, key="d")


def _item(county: County) -> Job:
    row = day(county)
    return lambda: item(county, row)


def _decision(county: County) -> Job:
    made, said = item(county, day(county)), one(county)
    return lambda: decide(county, made, said)


def _household(county: County) -> Job:
    row, by = night(county), county.who("clerk")
    return lambda: duty.visit(
        night_id=row.pk, contact=contact(name="岑大爷"), key="h", by=by, at=MONDAY + 6 * HOUR
    )


def _raised(county: County) -> Job:
    row, by = night(county), county.who("clerk")
    return lambda: duty.raise_matter(
        night_id=row.pk, klass="claim", text="门口的电线杆歪了，线快碰到头", contact=contact(name="伍大爷"), key="r", by=by,
        at=MONDAY + 6 * HOUR, law=county.law,
    )  # fmt: skip


def _begun(county: County) -> Job:
    listed(county)
    by = county.who("mediator")
    return lambda: village.begin(
        text="两家为菜地的水沟吵了半年", contact=contact(), key="b", by=by, at=MONDAY, law=county.law
    )


def _record(county: County) -> Job:
    row = given(county)
    return lambda: record(county, row)


def _swap(county: County) -> Job:
    mine, theirs = (Seat.objects.get(night=night(county, n, w)) for n, w in ((3, "leader"), (5, "clerk")))
    asked = duty.ask_swap(mine_id=mine.pk, theirs_id=theirs.pk, by=county.who("leader"), at=MONDAY)
    by = county.who("clerk")
    return lambda: duty.answer_swap(swap_id=asked.pk, agreed=True, by=by, at=MONDAY)


PRESSED: list[tuple[Callable[[County], Job], Any, int]] = [
    (project, Project, 1), (_step, Step, 1), (_firm_visit, FirmVisit, 1), (_need, Need, 1), (_topic, Topic, 2),
    (_research_visit, ResearchVisit, 1), (_finding, Finding, 1), (_onsite_day, Day, 2), (_item, Item, 1),
    (_decision, Decision, 1), (_household, Household, 1), (_raised, Raised, 1), (_begun, Quarrel, 1), (_record, Record, 1),
    (_swap, Swap, 1),
]  # fmt: skip


@pytest.mark.parametrize(("given_by", "model", "count"), PRESSED, ids=[p[0].__name__ for p in PRESSED])
def test_one_form_pressed_ten_times_at_once_is_one_thing(
    county: County, given_by: Callable[[County], Job], model: Any, count: int
) -> None:
    job = given_by(county)
    done = together([job] * TEN)
    assert not [d for d in done if isinstance(d, Exception)], done
    assert model.objects.count() == count


def test_findings_notes_and_days_written_at_once_each_draw_a_number_of_their_own(county: County) -> None:
    row, by, law = topic(county), county.who("coordinator"), county.law
    seen = visit(county, row)
    series = day(county).series_id
    plan = onsite.DayContent(
        MONDAY, MONDAY + HOUR, "先导公司", county.users["leader"].pk, county.units["XB"].pk
    )

    def of(n: int) -> list[Job]:
        text = f"第{n}个问题：老人白天没人照料"
        return [
            lambda: research.add_note(visit_id=seen.pk, text=f"第{n}条听到的", by=by, at=MONDAY),
            lambda: research.raise_finding(
                topic_id=row.pk, content=content(county, text=text), key=str(n), by=by, at=MONDAY, law=law
            ),
            lambda: onsite.plan_day(series_id=series, content=plan, by=by, at=MONDAY - ONE_DAY, key=str(n)),
        ]

    done = together([job for n in range(TEN) for job in of(n)])
    assert not [d for d in done if isinstance(d, Exception)], done
    assert sorted(Note.objects.values_list("number", flat=True)) == list(range(1, TEN + 3))
    assert sorted(Finding.objects.values_list("number", flat=True)) == list(range(1, TEN + 1))
    assert sorted(Day.objects.values_list("number", flat=True)) == list(range(31, 31 + TEN + 1))


def test_a_quarrel_given_to_two_at_once_is_with_one(county: County) -> None:
    matter = quarrel(county)
    listed(county)
    done = together([lambda: given(county, matter)] * 5)
    assert sorted(type(d).__name__ for d in done) == ["Quarrel", *["Refused"] * 4], done
    assert {type(d) for d in done} == {Quarrel, NotGiven}
