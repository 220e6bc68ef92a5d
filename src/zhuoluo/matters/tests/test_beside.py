"""Hearings, the simplified way, designation, successors, recusal, stages: what stands beside the straight path."""

from datetime import timedelta

import pytest

from tests.county import County, contact
from zhuoluo.matters import actions
from zhuoluo.matters.models import Commitment, Designation, Hearing
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.law import OPINION, ask, facts, on_review, owed, reviewed
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import Forbidden

pytestmark = pytest.mark.django_db
MINUTES = "双方到场，各自陈述并出示材料，听证员提出意见"


def hear(path: Path, who: str, days: int = 10) -> Hearing:
    planned = path.at + timedelta(days=days)
    return path.act("plan_hearing", who, reason="事实争议大，需要听证", planned=planned, place="镇会议室")


def close(path: Path, hearing: Hearing, who: str, days: int = 10) -> None:
    path.at += timedelta(days=days)
    by = path.county.who(who, path.at)
    held = path.at - timedelta(hours=2)
    actions.close_hearing(
        hearing_id=hearing.id, held_at=held, minutes=MINUTES, by=by, at=path.at, law=path.county.law
    )


def in_second_review(county: County) -> Path:
    path = Path.register(county).served()
    reviewed(path)
    on_review(path, "admit_review", ask(path))
    return path


def test_a_hearing_in_the_handling_stops_no_clock(county: County) -> None:
    path = Path.register(county).handling()
    before = owed(path)["answer"].due
    close(path, hear(path, "handler"), "handler")
    assert owed(path)["answer"].due == before


def test_a_hearing_in_a_first_review_stops_no_clock(county: County) -> None:
    path = Path.register(county).served()
    on_review(path, "admit_review", ask(path))
    before = owed(path)["review"].due
    close(path, hear(path, "reviewer"), "reviewer")
    assert owed(path)["review"].due == before


def test_only_in_a_second_review_the_time_of_a_hearing_does_not_count(county: County) -> None:
    path = in_second_review(county)
    path.at += timedelta(days=3)
    before = owed(path)["review"].target
    hearing = hear(path, "reviewer", days=10)
    assert owed(path)["review"].target == before + timedelta(days=11)
    close(path, hearing, "reviewer", days=14)
    assert owed(path)["review"].target == before + timedelta(days=15)
    assert "听证" in str(owed(path)["review"].reckoning)


def test_a_cancelled_hearing_gives_its_days_back(county: County) -> None:
    path = in_second_review(county)
    before = owed(path)["review"].target
    hearing = hear(path, "reviewer")
    path.at += timedelta(hours=1)
    actions.cancel_hearing(
        hearing_id=hearing.id, reason="双方和解", by=county.who("reviewer"), at=path.at, law=county.law
    )
    assert owed(path)["review"].target == before


def test_no_opinion_is_given_before_the_hearing_ends(county: County) -> None:
    path = Path.register(county).served()
    review = ask(path)
    on_review(path, "admit_review", review)
    hear(path, "reviewer")
    with pytest.raises(Refused, match="听证还没有结束"):
        on_review(path, "decide_review", review, outcome="upheld", **OPINION)


def test_two_hearings_at_once_are_refused(county: County) -> None:
    path = Path.register(county).handling()
    hear(path, "handler")
    with pytest.raises(Refused):
        hear(path, "handler")


def test_a_hearing_without_minutes_does_not_end(county: County) -> None:
    path = Path.register(county).handling()
    hearing = hear(path, "handler")
    with pytest.raises(Refused, match="笔录"):
        actions.close_hearing(
            hearing_id=hearing.id, held_at=path.at, minutes="开了", by=county.who("handler"),
            at=path.at + timedelta(days=1), law=county.law,
        )  # fmt: skip


def test_the_simplified_way_shortens_the_answer_to_ten_working_days_from_acceptance(county: County) -> None:
    path = Path.register(county).handling()
    accepted = owed(path)["answer"].starts_at
    path.act("simplify", "handler", ground="clear", likely_supported=True)
    short = owed(path)["answer"]
    assert (short.term, short.starts_at) == ("xf.simple.answer", accepted)
    assert path.matter.simple
    path.act("to_ordinary", "handler", reason="现场发现涉及产权争议")
    assert owed(path)["answer"].term == "xf.answer"
    assert owed(path)["answer"].starts_at == accepted


def test_the_simplified_way_is_closed_to_what_the_rule_excludes(county: County) -> None:
    group = Path.register(county, contact=contact(kind="group", others=12)).handling()
    with pytest.raises(Refused, match="集体联名"):
        group.act("simplify", "handler", ground="clear", likely_supported=True)
    plain = Path.register(county).handling()
    with pytest.raises(Refused, match="可能不予支持"):
        plain.act("simplify", "handler", ground="clear", likely_supported=False)
    with pytest.raises(Refused, match="复杂"):
        plain.act("simplify", "handler", ground="clear", likely_supported=True, major=True)
    assigned = Path.register(county)
    assigned.act(
        "assign", "clerk", unit_id=assigned.unit("ZJ"), report_by=(assigned.at + timedelta(days=30)).date()
    )
    assigned.act("take", "handler")
    with pytest.raises(Refused, match="上级交办"):
        assigned.act("simplify", "handler", ground="clear", likely_supported=True)
    helped = Path.register(county).handling()
    helped.act("invite", "handler", unit_id=helped.unit("JT"), task="请核实道路权属")
    with pytest.raises(Refused, match="多个责任主体"):
        helped.act("simplify", "handler", ground="clear", likely_supported=True)


def test_the_simplified_way_knows_no_extension(county: County) -> None:
    path = Path.register(county).handling()
    path.act("simplify", "handler", ground="clear", likely_supported=True)
    with pytest.raises(Refused, match="转为普通程序"):
        path.act("ask_extension", "handler", days=10, reason="需要等检测结果出来")
    asked = Path.register(county).handling()
    asked.act("ask_extension", "handler", days=10, reason="需要等检测结果出来")
    with pytest.raises(Refused, match="延期"):
        asked.act("simplify", "handler", ground="clear", likely_supported=True)


def disputed(county: County) -> Path:
    path = Path.register(county).routed()
    objection = path.act("object_to", "handler", reason="村内道路照明由镇政府负责，不属于住建局职权")
    actions.rule_on(
        objection_id=objection.id, uphold=False, ruling="三定规定由住建局负责", by=county.who("clerk"), at=path.at,
        law=county.law,
    )  # fmt: skip
    return path


def asked_above(county: County) -> Path:
    path = disputed(county)
    path.act("ask_designation", "handler", reason="住建局与石桥镇协商不成，请指定")
    return path


def name_unit(path: Path, code: str, who: str = "officer") -> None:
    row = Designation.objects.get(matter=path.matter, decided_at__isnull=True)
    path.at += timedelta(hours=1)
    actions.designate(
        designation_id=row.id, unit_id=path.unit(code), ruling="按三定规定由其承办", by=path.county.who(who, path.at),
        at=path.at, law=path.county.law,
    )  # fmt: skip
    path.matter.refresh_from_db()


def test_a_dispute_goes_to_the_common_superior_only_after_a_ruling(county: County) -> None:
    path = Path.register(county).routed()
    with pytest.raises(Refused, match="先提出异议"):
        path.act("ask_designation", "handler", reason="住建局与石桥镇协商不成，请指定")
    path = asked_above(county)
    assert owed(path)["designate"].unit == county.units["XF"]
    assert owed(path)["accept"].unit == county.units["ZJ"]


def test_while_the_superior_decides_nobody_takes_it(county: County) -> None:
    path = asked_above(county)
    with pytest.raises(Refused, match="等待决定"):
        path.act("take", "handler")


def test_the_designated_unit_cannot_send_it_back(county: County) -> None:
    path = asked_above(county)
    name_unit(path, "JT")
    assert path.matter.lead_unit == county.units["JT"]
    with pytest.raises(Refused, match="不能再退回"):
        path.act("object_to", "road", reason="道路照明不属于交通局职权，请退回")
    path.act("take", "road")
    assert path.matter.stage == "handling"


def test_only_the_superior_designates(county: County) -> None:
    path = asked_above(county)
    for who in ("handler", "clerk", "supervisor"):
        with pytest.raises((Forbidden, Refused)):
            name_unit(path, "JT", who)


def test_the_successor_of_a_dissolved_unit_carries_on_under_the_same_dates(county: County) -> None:
    path = Path.register(county).handling()
    before = owed(path)["answer"].due
    Unit.objects.filter(code="ZJ").update(until_date=path.at.date(), successor=county.units["JT"])
    forget()
    later = path.at + timedelta(days=2)
    assert actions.succeed_all(at=later, law=county.law) == 1
    path.matter.refresh_from_db()
    answer = owed(path)["answer"]
    assert (path.matter.lead_unit, answer.unit, answer.due) == (
        county.units["JT"],
        county.units["JT"],
        before,
    )
    assert actions.succeed_all(at=later, law=county.law) == 0


def test_a_dissolved_unit_without_successor_is_told_apart(county: County) -> None:
    path = Path.register(county).handling()
    Unit.objects.filter(code="ZJ").update(until_date=path.at.date())
    forget()
    with pytest.raises(Refused, match="继受单位"):
        actions.succeed(matter_id=path.matter.id, at=path.at + timedelta(days=2), law=county.law)


def test_whoever_stands_back_does_nothing_more_and_is_offered_nothing(county: County) -> None:
    path = Path.register(county).handling()
    assert path.matter.lead_person == county.users["handler"]
    path.act("recuse", "handler", person_id=county.users["handler"].id, reason="诉求人是本人亲属")
    assert path.matter.lead_person is None
    assert owed(path)["answer"].person is None
    with pytest.raises(Forbidden, match="回避"):
        path.act("add_evidence", "handler", files=[(path.matter.id, "after", "修好了")])
    with pytest.raises(Refused, match="回避"):
        path.act("hand_over", "head", person_id=county.users["handler"].id)
    path.act("hand_over", "head", person_id=county.users["handler2"].id)


def test_a_handler_does_not_order_another_to_stand_back(county: County) -> None:
    path = Path.register(county).handling()
    with pytest.raises(Forbidden):
        path.act("recuse", "handler2", person_id=county.users["handler"].id, reason="是亲属")
    path.act("recuse", "head", person_id=county.users["handler"].id, reason="是亲属")


def test_a_stage_done_names_the_next_day_and_stays_its_own_fact(county: County) -> None:
    path = Path.register(county).handling()
    answer = owed(path)["answer"].due
    path.act(
        "partly_done",
        "handler",
        account="先修好了两盏，第三盏等材料",
        next_day=(path.at + timedelta(days=20)).date(),
    )
    assert {"partly"} == facts(path) - {"registered", "routed", "accepted"}
    assert owed(path)["answer"].due == answer
    assert owed(path)["next"].unit == county.units["ZJ"]
    assert Commitment.objects.filter(matter=path.matter, kind="next").count() == 1
