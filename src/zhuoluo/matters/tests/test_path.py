from datetime import timedelta

import pytest

from tests.county import MONDAY, County, contact
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import actions, reads
from zhuoluo.matters.models import Answer, Commitment, Matter, Milestone, Party
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.path import Path, filing
from zhuoluo.org.rules import RESIDENT, Forbidden

pytestmark = pytest.mark.django_db


def live(path: Path) -> dict[str, Commitment]:
    return {c.kind: c for c in Commitment.objects.filter(matter=path.matter, closed_at__isnull=True)}


def facts(path: Path) -> set[str]:
    rows = Milestone.objects.filter(matter=path.matter, undone_at__isnull=True)
    return set(rows.values_list("kind", flat=True))


def test_a_claim_goes_all_the_way_and_every_fact_stays_apart(county: County) -> None:
    path = Path.register(county).served()
    assert facts(path) == {"registered", "routed", "accepted", "answered", "served"}
    assert set(live(path)) == {"execute", "callback"}
    path.act("execute", "handler", account="三盏路灯已经修好")
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    assert "resolved" not in facts(path)
    path.act("certify", "checker", evidence="到现场看过，三盏灯都亮，村民石某在场确认")
    assert facts(path) >= {"executed", "rated", "resolved"}
    assert live(path) == {}


def test_the_town_of_the_place_owes_the_routing_within_fifteen_days(county: County) -> None:
    path = Path.register(county)
    route = live(path)["route"]
    assert route.unit == county.units["SQ"]
    assert route.term == "xf.route"
    assert route.target == MONDAY.replace(day=17, hour=16)


def test_every_act_leaves_exactly_one_entry(county: County) -> None:
    path = Path.register(county).served()
    verbs = [entry.verb for entry in ledger.story(path.matter.id)]
    assert verbs == ["register", "forward", "take", "draft", "issue", "serve"]


def test_an_entry_keeps_name_and_post_but_no_personal_text(county: County) -> None:
    path = Path.register(county, by=county.who("clerk"), text="我叫张三丰，电话13812340000", channel="phone")
    [entry] = ledger.story(path.matter.id)
    assert (entry.actor_name, entry.actor_post, entry.unit_name) == ("李梅", "综治办干部", "石桥镇")
    assert "张三丰" not in str(entry.payload)
    assert "13812340000" not in str(entry.payload)


def test_a_bounce_returns_the_matter_and_never_stops_the_clock(county: County) -> None:
    path = Path.register(county)
    first = live(path)["route"].due
    path.routed()
    objection = path.act("object_to", "handler", reason="村内道路照明由镇政府负责，不属于住建局职权")
    assert "accept" in live(path)
    with pytest.raises(Refused, match="还没有裁定"):
        path.act("take", "handler")
    actions.rule_on(
        objection_id=objection.id, uphold=True, ruling="同意退回，由镇里办理", by=county.who("clerk"),
        at=path.at + timedelta(days=2), law=county.law,
    )  # fmt: skip
    path.matter.refresh_from_db()
    assert (path.matter.stage, path.matter.bounces) == ("registered", 1)
    assert live(path)["route"].due == first
    assert not reads.visible(county.who("handler")).filter(pk=path.matter.pk).exists()


def test_a_rejected_objection_must_be_taken_and_cannot_be_repeated(county: County) -> None:
    path = Path.register(county).routed()
    objection = path.act("object_to", "handler", reason="村内道路照明由镇政府负责，不属于住建局职权")
    actions.rule_on(
        objection_id=objection.id, uphold=False, ruling="三定规定由住建局负责", by=county.who("clerk"), at=path.at,
        law=county.law,
    )  # fmt: skip
    with pytest.raises(Refused, match="已经提出过异议"):
        path.act("object_to", "handler", reason="村内道路照明由镇政府负责，不属于住建局职权")
    path.act("take", "handler")
    assert path.matter.stage == "handling"


def test_only_the_sender_rules_on_an_objection(county: County) -> None:
    path = Path.register(county).routed()
    objection = path.act("object_to", "handler", reason="村内道路照明由镇政府负责，不属于住建局职权")
    for name in ("head", "clerk2"):
        with pytest.raises((Forbidden, Refused)):
            actions.rule_on(
                objection_id=objection.id, uphold=True, ruling="同意退回", by=county.who(name), at=path.at,
                law=county.law,
            )  # fmt: skip


def test_an_objection_after_five_working_days_is_refused_with_the_article(county: County) -> None:
    path = Path.register(county).routed()
    path.at += timedelta(days=8)
    with pytest.raises(Refused, match="第23条"):
        path.act("object_to", "handler", reason="村内道路照明由镇政府负责，不属于住建局职权")


def test_the_one_extension_is_decided_by_the_head_and_told_to_the_raiser(county: County) -> None:
    path = Path.register(county).handling()
    before = live(path)["answer"].target
    asked = path.act("ask_extension", "handler", days=30, reason="需要省厅检测结果")
    with pytest.raises(Forbidden):
        actions.decide_extension(
            extension_id=asked.id,
            grant=True,
            remark="",
            by=county.who("handler2"),
            at=path.at,
            law=county.law,
        )
    actions.decide_extension(
        extension_id=asked.id, grant=True, remark="", by=county.who("head"), at=path.at, law=county.law
    )
    assert live(path)["answer"].target == before + timedelta(days=30)
    told = reads.follow(path.matter, now=path.at, law=county.law)
    assert any("省厅检测" in text.body for entry in told.story for text in entry.texts)
    with pytest.raises(Refused, match="一次"):
        path.act("ask_extension", "handler", days=10, reason="还需要十天时间")


def test_an_extension_after_expiry_is_refused(county: County) -> None:
    path = Path.register(county).handling()
    path.at += timedelta(days=70)
    with pytest.raises(Refused, match="届满"):
        path.act("ask_extension", "handler", days=10, reason="还需要十天时间")


def test_an_answer_without_what_the_law_wants_cannot_be_issued(county: County) -> None:
    path = Path.register(county).handling()
    path.act("draft", "handler", content=actions.Drafted(outcome="supported", opinion="修"))
    with pytest.raises(Refused, match="法律法规依据"):
        path.act("issue", "head", draft_version=1)


def test_the_second_of_two_writers_sees_both_texts(county: County) -> None:
    path = Path.register(county).handling()
    path.act("draft", "handler", content=actions.Drafted(opinion="先写的"))
    with pytest.raises(actions.DraftConflict) as caught:
        path.act("draft", "handler2", content=actions.Drafted(opinion="后写的"))
    assert caught.value.theirs.opinion == "先写的"
    assert caught.value.mine.opinion == "后写的"
    assert Answer.objects.get(matter=path.matter).opinion == "先写的"


def test_the_head_issues_what_was_read_and_nothing_newer(county: County) -> None:
    path = Path.register(county).handling()
    path.act("draft", "handler", content=actions.Drafted(opinion="一稿"))
    path.act("draft", "handler", content=actions.Drafted(opinion="二稿"), draft_version=1)
    with pytest.raises(Exception, match="草稿刚被修改"):
        path.act("issue", "head", draft_version=1)


@pytest.mark.parametrize("who", ["handler", "handler2", "head"])
def test_nobody_who_handled_calls_back_or_certifies(county: County, who: str) -> None:
    path = Path.register(county).served()
    with pytest.raises((Forbidden, Refused)):
        path.act("call_back", who, reached=True, solved="yes", satisfaction="satisfied")
    with pytest.raises((Forbidden, Refused)):
        path.act("certify", who, evidence="我自己看过，已经全部解决")


def test_who_called_back_does_not_certify(county: County) -> None:
    path = Path.register(county).served()
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    with pytest.raises(Refused):
        path.act("certify", "caller", evidence="电话里说已经解决，照片为证")


def test_three_calls_that_reach_nobody_end_as_not_reached_and_never_as_satisfied(county: County) -> None:
    path = Path.register(county).served()
    for _ in range(3):
        path.act("call_back", "caller", reached=False)
    closed = Commitment.objects.get(matter=path.matter, kind="callback")
    assert closed.closing == "not_reached"
    assert "rated" not in facts(path)


def test_a_raiser_who_says_no_opens_a_recheck_by_somebody_else(county: County) -> None:
    path = Path.register(county).served()
    actions.rate(
        matter_id=path.matter.id, solved="no", satisfaction="dissatisfied", at=path.at, law=county.law
    )
    assert live(path)["recheck"].unit == county.units["XF"]
    with pytest.raises(Refused, match="没有解决"):
        path.act("certify", "checker", evidence="看过现场照片，认为已经解决")
    path.act("reopen", "checker", reason="现场灯仍不亮，重新办理")
    assert path.matter.stage == "handling"
    assert "answered" not in facts(path)
    first = Milestone.objects.get(matter=path.matter, kind="answered")
    assert first.undone_at is not None
    path.act("draft", "handler", content=actions.Drafted(**{**vars(Path_draft()), "opinion": "更换线路"}))
    path.act("issue", "head", draft_version=1)
    assert Answer.objects.filter(matter=path.matter).count() == 2


def Path_draft() -> actions.Drafted:  # noqa: N802 - reads as the thing it makes
    from zhuoluo.matters.tests.path import DRAFT

    return DRAFT


def test_the_unit_complained_of_never_sees_the_matter_nor_gets_it(county: County) -> None:
    path = Path.register(county, about_units=(county.units["ZJ"].id,))
    assert live(path)["route"].unit == county.units["SQ"]
    with pytest.raises(Refused, match="被反映的单位"):
        path.act("forward", "clerk", unit_id=path.unit("ZJ"))
    path.act("forward", "clerk", unit_id=path.unit("JT"))
    for name in ("handler", "head"):
        assert not reads.visible(county.who(name)).filter(pk=path.matter.pk).exists()


def test_a_township_complained_of_is_passed_over_at_registration(county: County) -> None:
    path = Path.register(county, about_units=(county.units["SQ"].id,))
    assert live(path)["route"].unit == county.units["XF"]
    assert not reads.visible(county.who("clerk")).filter(pk=path.matter.pk).exists()


def test_a_person_complained_of_is_blind_to_the_matter_while_colleagues_are_not(county: County) -> None:
    path = Path.register(county, about_people=(county.users["clerk"].id,))
    assert not reads.visible(county.who("clerk")).filter(pk=path.matter.pk).exists()
    with pytest.raises(Forbidden):
        path.act("accept", "clerk")
    assert reads.visible(county.who("town_head")).filter(pk=path.matter.pk).exists()


def test_an_accusation_is_no_class_of_a_matter(county: County) -> None:
    with pytest.raises(Refused, match="类别"):
        Path.register(county, klass="accusation")
    assert not Matter.objects.exists()


def test_a_matter_that_was_sealed_is_seen_by_nobody_and_owes_nothing(county: County) -> None:
    path = Path.register(county).handling()
    taken = path.act("seal", "clerk")
    assert "路灯" in taken.text
    assert (path.matter.stage, path.matter.text, live(path)) == ("sealed", "", {})
    for name in county.users:
        assert not reads.visible(county.who(name)).filter(pk=path.matter.pk).exists()


def test_a_matter_others_were_merged_into_is_not_sealed_with_them(county: County) -> None:
    first, second = Path.register(county), Path.register(county)
    second.act("merge", "clerk", into_id=first.matter.id)
    for path in (first, second):
        with pytest.raises(Refused):
            path.act("seal", "clerk")


def test_a_merge_keeps_both_and_can_be_undone_by_a_new_entry(county: County) -> None:
    first, second = Path.register(county), Path.register(county)
    second.act("merge", "clerk", into_id=first.matter.id)
    assert (second.matter.stage, live(second)) == ("merged", {})
    second.act("unmerge", "clerk", reason="不是同一处")
    assert second.matter.stage == "registered"
    assert Milestone.objects.get(matter=second.matter, kind="merged").undone_at is not None


def test_whom_a_merged_matter_is_about_never_reads_or_handles_the_one_that_answers_it(county: County) -> None:
    leader, roads = county.users["leader"].id, county.units["JT"].id
    first, third = Path.register(county), Path.register(county)
    second = Path.register(county, about_people=(leader,), about_units=(roads,))
    second.act("merge", "clerk", into_id=first.matter.id)
    first.act("merge", "clerk", into_id=third.matter.id)
    for path in (first, third):
        assert not reads.visible(county.who("leader")).filter(pk=path.matter.pk).exists()
    with pytest.raises(Refused):
        third.act("forward", "clerk", unit_id=roads)
    first.act("unmerge", "clerk", reason="不是同一处")
    assert reads.visible(county.who("leader")).filter(pk=third.matter.pk).exists()
    assert not reads.visible(county.who("leader")).filter(pk=first.matter.pk).exists()
    second.act("unmerge", "clerk", reason="不是同一处")
    assert reads.visible(county.who("leader")).filter(pk=first.matter.pk).exists()
    assert not reads.visible(county.who("leader")).filter(pk=second.matter.pk).exists()


def test_declining_needs_a_lawful_ground(county: County) -> None:
    path = Path.register(county)
    with pytest.raises(Refused):
        path.act("decline", "clerk", ground="not_ours", reason="不归我们管这件事")
    path.act("decline", "clerk", ground="in_progress", reason="同一事项已由县住建局受理")
    assert path.matter.stage == "declined"
    path.act("reinstate", "clerk", reason="原事项并不相同")
    assert path.matter.stage == "registered"


def test_an_inquiry_is_answered_on_the_spot_but_a_claim_is_not(county: County) -> None:
    asked = Path.register(county, klass="inquiry", text="医保报销比例是多少")
    asked.act("answer_now", "clerk", opinion="镇卫生院报销百分之七十")
    assert asked.matter.stage == "served"
    claimed = Path.register(county)
    with pytest.raises(Refused, match="第32条"):
        claimed.act("answer_now", "clerk", opinion="已经处理")


def test_co_handlers_report_to_the_lead_who_stays_responsible(county: County) -> None:
    path = Path.register(county).handling()
    path.act("invite", "handler", unit_id=path.unit("JT"), task="请核实道路权属")
    assert reads.visible(county.who("road")).filter(pk=path.matter.pk).exists()
    path.act("report_back", "road", report="该路为村道，权属石桥村")
    assert path.matter.lead_unit == county.units["ZJ"]
    assert "cohandle" not in live(path)


def test_the_raiser_adds_withdraws_and_only_before_the_answer_is_served(county: County) -> None:
    path = Path.register(county)
    path.act("ask_more", "clerk", question="请问是哪几盏灯？")
    assert "supplement" in live(path)
    actions.supplement(matter_id=path.matter.id, text="三组路口三盏", at=path.at, law=county.law)
    assert "supplement" not in live(path)
    actions.withdraw(matter_id=path.matter.id, at=path.at, law=county.law)
    assert live(path) == {}
    served = Path.register(county).served()
    with pytest.raises(Refused):
        actions.withdraw(matter_id=served.matter.id, at=served.at, law=county.law)


def test_supervision_is_a_parallel_duty_with_a_date(county: County) -> None:
    path = Path.register(county).handling()
    path.act(
        "supervise", "supervisor", reason="群众多次反映，请抓紧", until=(path.at + timedelta(days=5)).date()
    )
    assert path.matter.stage == "handling"
    assert live(path)["supervise"].unit == county.units["ZJ"]
    path.act("lift_supervision", "supervisor", reason="已经开工，现场看过")
    assert "supervise" not in live(path)


def test_an_assignment_wants_a_report_by_its_date(county: County) -> None:
    path = Path.register(county)
    path.act("assign", "clerk", unit_id=path.unit("ZJ"), report_by=(path.at + timedelta(days=40)).date())
    path.act("take", "handler")
    path.act("draft", "handler", content=Path_draft())
    path.act("issue", "head", draft_version=1)
    path.act("report_done", "handler", report="已经修复并回访，附照片说明")
    assert "report" not in live(path)


def test_the_same_key_gives_the_first_matter_again_and_another_body_is_kept(county: County) -> None:
    from zhuoluo.matters.rules import KeyReused
    from zhuoluo.residents.reads import refused_copies

    once = actions.register(filing=filing(), by=RESIDENT, at=MONDAY, law=county.law, key="k1")
    again = actions.register(
        filing=filing(), by=RESIDENT, at=MONDAY + timedelta(days=1), law=county.law, key="k1"
    )
    assert (again.matter.number, again.code, again.fresh) == (once.matter.number, once.code, False)
    with pytest.raises(KeyReused, match=once.matter.number):
        actions.register(filing=filing(text="另一件事"), by=RESIDENT, at=MONDAY, law=county.law, key="k1")
    assert refused_copies(once.matter.id)[0].body["text"] == "另一件事"


def test_a_petition_needs_name_and_address_and_an_inquiry_only_a_contact(county: County) -> None:
    with pytest.raises(Refused, match="第19条"):
        Path.register(county, contact=contact(address=""))
    Path.register(county, klass="inquiry", contact=contact(name="", address=""))
    Path.register(county, contact=contact(kind="anonymous", phone="", address=""))


def test_number_and_code_open_the_matter_and_a_new_code_shuts_the_old_one(county: County) -> None:
    done = actions.register(filing=filing(), by=RESIDENT, at=MONDAY, law=county.law)
    assert reads.find(done.matter.number.lower().replace("-", " "), done.code.lower()) == done.matter
    assert reads.find(done.matter.number, "WRONGONE") is None
    path = Path(county, done.matter, MONDAY)
    path.act("new_code", "clerk", reason="回执丢失")
    assert reads.find(done.matter.number, done.code) is None


def test_a_substitute_does_what_the_absent_one_may(county: County) -> None:
    from zhuoluo.org import actions as org
    from zhuoluo.org.rules import SYSTEM

    org.substitute(
        absent=county.users["head"], substitute=county.users["road_head"], from_date=MONDAY.date(),
        until_date=MONDAY.date(), by=SYSTEM, at=MONDAY,
    )  # fmt: skip
    from zhuoluo.org.reads import forget

    forget()
    path = Path.register(county).handling()
    path.act("draft", "handler", content=Path_draft())
    path.act("issue", "road_head", draft_version=1)
    assert path.matter.stage == "answered"


def test_who_no_longer_takes_part_no_longer_reads(county: County) -> None:
    path = Path.register(county).routed()
    path.act("recall", "clerk", reason="转错了单位")
    assert Party.objects.get(matter=path.matter, unit=county.units["ZJ"]).until_at is not None
    assert not reads.visible(county.who("handler")).filter(pk=path.matter.pk).exists()
