"""Old registers: each act on its own day, nothing made up, a handful of queries for hundreds of rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.county import MONDAY, County, contact
from zhuoluo.ledger.models import Entry
from zhuoluo.matters import actions
from zhuoluo.matters.actions import Answered, Filing, History
from zhuoluo.matters.models import Answer, Commitment, Matter, Milestone, Text
from zhuoluo.matters.reads import owed
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import RESIDENT, SYSTEM, Forbidden
from zhuoluo.residents.models import Raiser

pytestmark = pytest.mark.django_db
RAISED = datetime(2019, 4, 25, 1, 32, tzinfo=UTC)
DAY = timedelta(days=1)


def history(number: int = 1, answer: Answered | None = None, note: str = "", **changes: Any) -> History:
    filing = Filing(
        klass="claim", text=f"小区物业管理有问题，第 {number} 次反映。", contact=contact(), channel="web", raised_at=RAISED,
        origin="2019年台账", external_id=str(number), complete=False,
    )  # fmt: skip
    return History(replace(filing, **changes), note, answer)


def answered(**changes: Any) -> Answered:
    return replace(Answered("已责成物业公司整改。", RAISED + 15 * DAY), **changes)


def take(county: County, *histories: History, who: str = "clerk") -> list[Matter]:
    return actions.import_histories(histories=histories, by=county.who(who), at=MONDAY, law=county.law)


def test_what_was_raised_in_2019_is_registered_on_its_day_and_still_owed(county: County) -> None:
    [matter] = take(county, history())
    assert (matter.registered_at, matter.raised_at, matter.stage) == (RAISED, RAISED, "registered")
    assert matter.number.startswith("QX190425-")
    route = Commitment.objects.get(matter=matter)
    assert (route.kind, route.closed_at) == ("route", None)
    assert owed(county.who("clerk"), now=MONDAY).rows[0].number == matter.number


def test_an_answered_row_is_answered_and_served_on_its_own_days(county: County) -> None:
    served = RAISED + 20 * DAY
    [matter] = take(county, history(answer=answered(served_at=served, unit_id=county.units["ZJ"].id)))
    reached = dict(Milestone.objects.filter(matter=matter).values_list("kind", "at"))
    assert reached == {"registered": RAISED, "answered": RAISED + 15 * DAY, "served": served}
    assert matter.stage == "served"
    assert matter.lead_unit_id == county.units["ZJ"].id
    answer = Answer.objects.get(matter=matter)
    assert (answer.issued_at, answer.served_at, answer.issued_by) == (RAISED + 15 * DAY, served, None)


def test_nothing_stays_owed_for_an_answered_row_and_no_call_back_is_opened(county: County) -> None:
    [matter] = take(county, history(answer=answered()))
    closings = dict(Commitment.objects.filter(matter=matter).values_list("kind", "closing"))
    assert closings == {"route": "replaced", "answer": "done", "serve": "done"}


def test_the_answer_is_measured_by_the_rules_of_its_day(county: County) -> None:
    [matter] = take(county, history(answer=answered()))
    row = Commitment.objects.get(matter=matter, kind="answer")
    assert row.starts_at == RAISED
    assert row.due == datetime(2019, 6, 24, 16, tzinfo=UTC)  # 60 days under the Regulations of 2005
    assert "2005" in str(row.reckoning) or row.term == "xf.answer"


def test_entries_stand_on_the_day_of_the_act_and_were_recorded_now(county: County) -> None:
    [matter] = take(county, history(answer=answered(), note="经办人：老周"))
    told = [(e.verb, e.at, e.recorded_at) for e in Entry.objects.filter(subject_id=matter.id).order_by("seq")]
    late = RAISED + 15 * DAY
    assert told == [("register", RAISED, MONDAY), ("issue", late, MONDAY), ("serve", late, MONDAY)]
    assert all(e.payload["imported"] for e in Entry.objects.filter(subject_id=matter.id))


def test_the_ledger_holds_no_word_of_the_register(county: County) -> None:
    [matter] = take(county, history(answer=answered(), note="经办人：老周"))
    written = "".join(str(e.payload) for e in Entry.objects.filter(subject_id=matter.id))
    for words in ("物业", "老周", "整改", "张三丰", "2019年台账"):
        assert words not in written
    assert Text.objects.get(matter=matter).body == "经办人：老周"


def test_what_an_old_register_lacks_stays_visibly_missing(county: County) -> None:
    [matter] = take(county, history(contact=contact(name="", phone="", address="")))
    assert Raiser.objects.get(pk=matter.raiser_id).name == ""


def test_five_hundred_rows_take_few_queries_however_many_days_they_span(county: County) -> None:
    rows = [
        history(n, answer=answered(at=RAISED + n * DAY + DAY), raised_at=RAISED + n * DAY) for n in range(500)
    ]
    with CaptureQueriesContext(connection) as queries:
        take(county, *rows)
    assert Matter.objects.count() == 500
    assert (
        len(queries) <= 130
    )  # SQLite takes a thousand values a statement; PostgreSQL needs a dozen statements


def test_numbers_of_a_day_go_on_after_those_given_out_before(county: County) -> None:
    first = take(county, history(1), history(2))
    second = take(county, history(3), history(4, raised_at=RAISED + DAY))
    assert [m.number[:13] for m in (*first, *second)] == [
        "QX190425-0001", "QX190425-0002", "QX190425-0003", "QX190426-0001",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        answered(at=RAISED - DAY),
        answered(served_at=RAISED + DAY),
        answered(at=MONDAY + DAY),
        answered(text=" "),
        answered(outcome="solved"),
    ],
)
def test_what_cannot_have_been_is_refused_and_nothing_is_kept(county: County, wrong: Answered) -> None:
    with pytest.raises(Refused):
        take(county, history(1), history(2, answer=wrong))
    assert not Matter.objects.exists()


def test_an_accusation_cannot_come_in_at_all_and_a_court_case_not_as_answered(county: County) -> None:
    with pytest.raises(Refused, match="类别"):
        take(county, history(klass="accusation"))
    with pytest.raises(Refused, match="涉法涉诉"):
        take(county, history(klass="litigation", answer=answered()))


def test_a_row_cannot_be_answered_by_the_unit_complained_of(county: County) -> None:
    accused = county.units["SQ"].id
    answer = answered(unit_id=county.units["SQC"].id)  # the village under it
    with pytest.raises(Refused, match="被反映的单位"):
        take(county, history(about_units=(accused,), answer=answer))


def test_the_same_number_of_a_source_cannot_come_in_twice(county: County) -> None:
    take(county, history())
    with pytest.raises(Exception, match=r"matter_external_once|origin"):
        take(county, history())


def test_an_inquiry_older_than_the_simplified_way_is_routed_as_all_others_were(county: County) -> None:
    early = datetime(2010, 5, 4, 2, tzinfo=UTC)
    [matter] = take(county, history(klass="inquiry", raised_at=early))
    assert Commitment.objects.get(matter=matter).term == "xf.route"


@pytest.mark.parametrize("who", ["handler", "head", "mediator", "leader", "admin"])
def test_only_those_with_the_right_import(county: County, who: str) -> None:
    with pytest.raises(Forbidden):
        take(county, history(), who=who)


def test_residents_never_import_and_the_system_does(county: County) -> None:
    with pytest.raises(Forbidden):
        actions.import_histories(histories=[history()], by=RESIDENT, at=MONDAY, law=county.law)
    assert len(actions.import_histories(histories=[history()], by=SYSTEM, at=MONDAY, law=county.law)) == 1
