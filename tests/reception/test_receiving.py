"""Batches at the desk, decisions, and that no clock ever stops for a reception."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.county import County
from zhuoluo.ledger.models import Entry
from zhuoluo.matters.models import Commitment, Matter, Text
from zhuoluo.matters.rules import KeyReused, Refused
from zhuoluo.matters.tests.path import Path
from zhuoluo.org import rules as org_rules
from zhuoluo.org.rules import Forbidden, Permission
from zhuoluo.reception import actions, reads
from zhuoluo.reception.models import Batch, Booking, Representative, Request
from zhuoluo.reception.reads import Sought
from zhuoluo.reception.tests.days import BEFORE, DAY, NINE, asks, booked, come, day, person
from zhuoluo.residents.models import Raiser, RefusedCopy, View

pytestmark = pytest.mark.django_db
SOON = DAY + timedelta(days=9)


def decide(county: County, request: Request, decision: str, who: str = "leader", **more: Any) -> Request:
    values: dict[str, Any] = {"said": "当面说明了政策和办法"} | more
    if decision in {"assigned", "joint"}:
        values = {"unit_id": county.units["ZJ"].pk, "until": SOON} | values
    at = NINE + timedelta(minutes=30)
    return actions.decide(
        request_id=request.pk, decision=decision, by=county.who(who, at), at=at, law=county.law, **values
    )


def open_dates(matter: Matter) -> dict[str, Any]:
    rows = Commitment.objects.filter(matter=matter, closed_at__isnull=True)
    return dict(rows.values_list("kind", "due"))


# --- the desk ---


def test_every_request_of_a_batch_becomes_a_matter_of_its_own(county: County) -> None:
    session = day(county)
    people = [person(), person(name="李四", phone="13900001111")]
    done = come(
        county, session, asks(), asks("自来水停了三天", klass="inquiry"), people=12, representatives=people
    )
    batch = done.batch
    assert (batch.sequence, batch.people) == (1, 12)
    matters = [Matter.objects.get(pk=r.matter_id) for r in batch.requests.order_by("place")]
    assert [m.channel for m in matters] == ["reception", "reception"]
    assert {m.raiser.kind for m in matters} == {"group"}
    assert {m.raiser.others for m in matters} == {11}
    assert Representative.objects.count() == 2
    assert {c.kind for c in Commitment.objects.filter(matter=matters[0])} == {"route"}
    verbs = list(Entry.objects.filter(seq__gt=0).order_by("-seq").values_list("verb", flat=True)[:3])
    assert verbs == ["reception.batch", "register", "register"]


def test_more_than_five_representatives_are_refused_with_the_article(county: County) -> None:
    people = [person(name=f"代表{n}", phone=f"1380000000{n}") for n in range(6)]
    with pytest.raises(Refused, match="第20条"):
        come(county, day(county), people=40, representatives=people)
    assert (
        come(county, day(county, "head", place="另一处"), people=40, representatives=people[:5]).batch.people
        == 40
    )


def test_everything_or_nothing(county: County) -> None:
    session = day(county)
    with pytest.raises(Refused):
        come(county, session, asks(), asks("", klass="claim"))
    with pytest.raises(Refused):
        come(county, session, asks(area="431281999999"))
    assert not Batch.objects.exists()
    assert not Matter.objects.exists()
    assert not Raiser.objects.exists()


def test_the_same_form_twice_is_one_batch_and_another_under_its_key_is_kept_beside(county: County) -> None:
    session = day(county)
    first = come(county, session, key="one")
    assert come(county, session, key="one").batch == first.batch
    with pytest.raises(KeyReused):
        come(county, session, asks("另外一件事，水渠堵了"), key="one")
    assert (Batch.objects.count(), Matter.objects.count()) == (1, 1)
    assert RefusedCopy.objects.get().subject_id == first.batch.pk


def test_an_earlier_matter_is_taken_up_again_without_a_second_one_and_no_date_moves(county: County) -> None:
    earlier = Path.register(county, at=BEFORE).handling().matter
    before = open_dates(earlier)
    done = come(county, day(county), requests=[], earlier=[earlier.pk])
    assert not Request.objects.get(batch=done.batch).fresh
    assert Matter.objects.count() == 1
    assert open_dates(earlier) == before
    assert "第1批再次来访" in Text.objects.get(matter=earlier, kind="hear").body


def test_a_matter_one_may_not_see_cannot_be_taken_up(county: County) -> None:
    hidden = Path.register(county, at=BEFORE, about_units=(county.units["XF"].pk,)).matter
    with pytest.raises(Refused, match="没有查看权限"):
        come(county, day(county), requests=[], earlier=[hidden.pk])


def test_visitors_are_registered_on_the_day_itself_and_by_those_who_receive(county: County) -> None:
    session = day(county)
    with pytest.raises(Refused, match="当天"):
        come(county, session, at=NINE + timedelta(days=1))
    with pytest.raises(Forbidden):
        come(county, session, who="handler")


def test_a_booking_becomes_a_batch_with_what_it_told(county: County) -> None:
    session = day(county)
    booking = booked(county, session, contact=person(address="")).booking
    with pytest.raises(Refused, match="住址"):
        come(county, session, representatives=[], booking_id=booking.pk)
    done = come(
        county,
        session,
        representatives=[person(name="", phone="", address="石桥镇石桥村9组")],
        booking_id=booking.pk,
    )
    booking.refresh_from_db()
    assert booking.state == "arrived"
    kept = Raiser.objects.get(pk=done.batch.representatives.get().raiser_id)
    assert (kept.name, kept.phone, kept.address) == ("张三丰", "13812340000", "石桥镇石桥村9组")
    with pytest.raises(Refused, match="已经登记过"):
        come(county, session, booking_id=booking.pk)


# --- decisions ---


def one(county: County, session: Any = None, **changes: Any) -> Request:
    batch = come(county, session or day(county), asks(**changes)).batch
    return Request.objects.get(batch=batch)


@pytest.mark.parametrize("decision", ["answered", "mediated", "joint", "assigned"])
@pytest.mark.parametrize("start", ["registered", "routed", "handling", "answered", "served"])
def test_no_decision_ever_stops_or_moves_a_statutory_date(county: County, decision: str, start: str) -> None:
    path = Path.register(county, at=BEFORE)
    if start != "registered":
        getattr(path, start)()
    batch = come(county, day(county), requests=[], earlier=[path.matter.pk]).batch
    before = open_dates(path.matter)
    decide(county, Request.objects.get(batch=batch), decision)
    after = open_dates(path.matter)
    moved = {kind: due for kind, due in after.items() if kind in before and due != before[kind]}
    gone = set(before) - set(after)
    assert moved == {}
    # A new matter sent on is the one step that fulfils a date: the routing, and the next one begins.
    sent = start == "registered" and decision in {"assigned", "joint"}
    assert gone == ({"route"} if sent else set())
    assert set(after) - set(before) <= {"accept", "report", "supervise"}


def test_an_inquiry_is_answered_at_once_and_a_claim_keeps_its_written_path(county: County) -> None:
    session = day(county)
    inquiry, claim = one(county, session, klass="inquiry"), one(county, session)
    decide(county, inquiry, "answered", said="低保按家庭人均收入核定，带户口本到镇里办")
    decide(county, claim, "answered", said="路灯下周修，另外书面答复您")
    assert Matter.objects.get(pk=inquiry.matter_id).stage == "served"
    kept = Matter.objects.get(pk=claim.matter_id)
    assert kept.stage == "registered"
    assert set(open_dates(kept)) == {"route"}
    assert Text.objects.get(matter=kept, kind="hear").to_raiser


def test_assigning_sends_a_new_matter_on_with_a_report_due_that_day(county: County) -> None:
    request = one(county)
    decide(county, request, "assigned", said="")
    matter = Matter.objects.get(pk=request.matter_id)
    assert (matter.stage, matter.lead_unit) == ("routed", county.units["ZJ"])
    report = Commitment.objects.get(matter=matter, kind="report")
    assert (report.due - timedelta(hours=1)).date() == SOON
    request.refresh_from_db()
    assert request.said == f"请{county.units['ZJ'].name}办理，{SOON:%Y-%m-%d}前报送结果。"


def test_assigning_what_is_under_way_supervises_whoever_holds_it(county: County) -> None:
    path = Path.register(county, at=BEFORE).handling()
    batch = come(county, day(county), requests=[], earlier=[path.matter.pk]).batch
    decide(county, Request.objects.get(batch=batch), "assigned")
    flag = Commitment.objects.get(matter=path.matter, kind="supervise")
    assert flag.unit == county.units["ZJ"]


def test_a_decision_is_one_entry_and_a_second_tap_is_none(county: County) -> None:
    request = one(county)
    before = Entry.objects.count()
    decide(county, request, "assigned")
    decide(county, request, "assigned")
    assert Entry.objects.count() == before + 1
    with pytest.raises(Refused, match="已经有处理意见"):
        decide(county, request, "answered")


def test_only_those_who_sit_and_the_desk_decide(county: County) -> None:
    request = one(county, day(county, "head"))
    with pytest.raises(Forbidden, match="当天接访"):
        decide(county, request, "answered")
    decide(county, request, "answered", who="officer")


def test_a_leader_never_meets_what_is_about_them(county: County) -> None:
    session = day(county)
    batch = come(county, session, asks(about_people=(county.users["leader"].pk,))).batch
    request = Request.objects.get(batch=batch)
    with pytest.raises(Forbidden, match="另行安排"):
        decide(county, request, "answered")
    page = reads.day_page(county.who("leader"), session.pk, now=NINE)
    assert page.batches[0].requests[0].line is None
    assert page.batches[0].people == []
    assert reads.day_page(county.who("officer"), session.pk, now=NINE).batches[0].people[0].name == "张**"


@pytest.mark.parametrize("decision", ["", "solved"])
def test_what_is_no_decision_is_refused(county: County, decision: str) -> None:
    with pytest.raises(Refused):
        decide(county, one(county), decision)


@pytest.mark.parametrize(
    ("decision", "given"),
    [
        ("answered", {"said": " "}),
        ("assigned", {"unit_id": None}),
        ("joint", {"until": DAY - timedelta(days=1)}),
    ],
)
def test_an_answer_needs_words_and_an_owner_a_unit_and_a_day(
    county: County, decision: str, given: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        decide(county, one(county), decision, **given)


# --- after the day ---


def test_a_day_is_closed_only_when_every_request_has_an_answer_or_an_owner(county: County) -> None:
    session = day(county)
    first, second = one(county, session), one(county, session)
    decide(county, first, "assigned")
    with pytest.raises(Refused, match="还有 1 项没有处理意见或者责任单位：2-1"):
        actions.hold(session_id=session.pk, by=county.who("officer"), at=NINE)
    decide(county, second, "mediated")
    actions.hold(session_id=session.pk, by=county.who("officer"), at=NINE)
    session.refresh_from_db()
    assert session.state == "held"
    with pytest.raises(Refused, match="已经结束"):
        come(county, session)


def test_the_register_is_masked_and_its_going_out_is_a_look_at_every_matter(county: County) -> None:
    request = one(county)
    decide(county, request, "assigned")
    sought = Sought(month=date(2026, 3, 1), leader=county.users["leader"].pk, form="fixed")
    [row] = actions.export(sought=sought, identity=False, why="", by=county.who("officer"), at=NINE)
    assert (row.names, row.address) == ("张**", "清溪县石桥镇****")
    assert row.text == "石桥村三组路灯坏了两个月，晚上老人摔倒。"
    assert row.unit == county.units["ZJ"].name
    assert row.result == "已转交"
    assert row.opinion.startswith("限期交办：")
    assert row.now == f"2026-03-04 第1批，陈立新（副县长）接待：限期交办，{SOON:%Y-%m-%d}前"
    look = View.objects.get(kind="exported")
    assert look.subject_id == request.matter_id
    assert "".join(row.values()).find("三丰") == -1
    nothing = Sought(month=date(2026, 4, 1))
    assert actions.export(sought=nothing, identity=False, why="", by=county.who("officer"), at=NINE) == []


def test_names_leave_only_with_their_own_permission_and_a_reason(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    one(county)
    with pytest.raises(Forbidden):
        actions.export(sought=Sought(), identity=True, why="归档需要", by=county.who("officer"), at=NINE)
    more = org_rules.ROLES["petition_officer"] | {Permission.EXPORT_IDENTITY}
    monkeypatch.setitem(org_rules.ROLES, "petition_officer", more)
    with pytest.raises(Refused, match="理由"):
        actions.export(sought=Sought(), identity=True, why="", by=county.who("officer"), at=NINE)
    [row] = actions.export(
        sought=Sought(), identity=True, why="按档案要求移交", by=county.who("officer"), at=NINE
    )
    assert (row.names, row.address) == ("张三丰", "清溪县石桥镇石桥村3组")


def test_earlier_matters_of_the_same_phone_stand_in_the_register(county: County) -> None:
    earlier = Path.register(county, at=BEFORE).matter
    one(county)
    [kept] = reads.register(county.who("officer"), Sought(), now=NINE).rows
    assert kept.row.before == f"{earlier.number} 已登记"


def test_the_register_is_read_in_pages_and_misses_nobody(county: County) -> None:
    session = day(county)
    for n in range(7):
        come(county, session, at=NINE + timedelta(minutes=n))
    seen, after = [], ""
    for _ in range(9):
        page = reads.register(county.who("officer"), Sought(), now=NINE, after=after, limit=3)
        seen += [row.sequence for row in page.rows]
        after = page.next
        if not after:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"decision": "answered"}, {"decision": "assigned", "decided_at": NINE}, {"decided_at": NINE}, {"place": None},
    ],
)  # fmt: skip
def test_the_database_refuses_requests_that_cannot_be(county: County, change: dict[str, Any]) -> None:
    request = one(county)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(**change)


def test_payloads_hold_no_word_of_a_visitor(county: County) -> None:
    session = day(county)
    booking = booked(county, session, contact=person(phone="13700009999")).booking
    come(county, session, booking_id=booking.pk)
    decide(county, Request.objects.get(), "answered", said="老张家的低保下月发")
    told = "".join(str(e.payload) for e in Entry.objects.all())
    for word in ("张三丰", "13700009999", "路灯", "低保", "3组"):
        assert word not in told
    assert Booking.objects.get().state == "arrived"
