"""The law's path on the matter's page: who is offered what, what stands there, and what is refused with its sentence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.county import County, notice_2027
from zhuoluo.clock import read_notice_csv
from zhuoluo.matters import actions
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads.case import likely, offered
from zhuoluo.matters.tests.desk import Desk, said
from zhuoluo.matters.tests.law import OPINION, on_review, reviewed
from zhuoluo.matters.tests.path import Path
from zhuoluo.matters.tests.path_acts import asked, asked_above, decided, hearing, lapsed, second_asked
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM

pytestmark = pytest.mark.django_db
EVERYBODY = [
    "officer",
    "caller",
    "supervisor",
    "leader",
    "handler",
    "handler2",
    "head",
    "road",
    "road_head",
    "clerk",
    "town_head",
    "clerk2",
    "mediator",
    "auditor",
    "admin",
    "checker",
    "reviewer",
    "sealed",
]
ACTS = {
    "admit_review": (asked, {"reviewer"}),
    "decide_review": (decided, set()),
    "serve_review": (decided, {"reviewer"}),
    "close_hearing": (hearing, {"handler", "handler2", "head"}),
    "designate": (asked_above, {"officer"}),
    "finalize": (lapsed, {"officer", "supervisor", "checker", "leader"}),
    "withdraw_review": (asked, {"officer", "clerk", "town_head", "handler", "handler2", "head"}),
}


def test_a_review_is_taken_up_decided_and_served_from_the_page(desk: Desk) -> None:
    path = desk.path()
    asked(path)
    assert likely(desk.met("reviewer", path), offered(desk.met("reviewer", path))) == "admit_review"
    on_review(path, "admit_review", path.matter.reviews.get())
    assert likely(desk.met("reviewer", path), offered(desk.met("reviewer", path))) == "decide_review"
    on_review(path, "decide_review", path.matter.reviews.get(), outcome="upheld", **OPINION)
    assert likely(desk.met("reviewer", path), offered(desk.met("reviewer", path))) == "serve_review"


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_of_the_path_is_offered_to_the_right_roles_and_closed_with_a_sentence_to_others(
    desk: Desk, name: str
) -> None:
    prepare, right = ACTS[name]
    path = desk.path()
    prepare(path)
    desk.after(path)
    may = set()
    for who in EVERYBODY:
        answer = desk.open(who, path, name)
        if answer.status_code == 200:
            may.add(who)
        elif answer.status_code == 403:
            assert "act_closed" in [t.name.partition("/")[2][:10] for t in answer.templates if t.name]
        else:
            assert answer.status_code == 404
    assert may == right


def test_the_page_shows_the_four_steps_with_dates_organs_and_outcomes(desk: Desk) -> None:
    path = desk.path().served()
    reviewed(path)
    page = said(desk.page("officer", desk.after(path)))
    way = page[page.index("复查和复核") :]
    assert "维持" in way
    assert "县政府复查复核办公室" in way
    assert "诉求人可以向上一级人民政府信访事项复查复核机构申请复核，最晚：" in way
    assert "没有申请" in way[: way.index("诉求人可以")]


def test_the_window_is_provisional_while_the_year_is_unknown_and_follows_the_notice(
    desk: Desk, county: County
) -> None:
    path = desk.path(at=desk_day(county)).served()
    page = said(desk.page("officer", desk.after(path)))
    way = page[page.index("复查和复核") : page.index("经过")]
    assert "暂定" in way
    before = desk.met("officer", path).way
    org.keep_notice(notice=read_notice_csv(notice_2027()), by=SYSTEM, at=path.at)
    after = desk.met("officer", path).way
    assert before is not None
    assert after is not None
    assert before.until is not None
    assert after.until is not None
    assert before.until.provisional
    assert not after.until.provisional
    # thirty days end within the Spring Festival of the notice: rolled to the first working day after it
    assert after.until.legal > before.until.legal
    page = said(desk.page("officer", desk.after(path)))
    assert "暂定" not in page[page.index("复查和复核") : page.index("经过")]


def desk_day(county: County) -> datetime:

    return datetime(2027, 1, 6, 1, 0, tzinfo=UTC)


def test_a_hearing_says_whether_its_time_counts_and_why(desk: Desk) -> None:
    path = desk.path()
    hearing(path)
    page = said(desk.page("handler", desk.after(path)))
    assert "镇会议室" in page
    assert "听证不停期限" in page
    second = desk.path()
    second_asked(second)
    second.act(
        "plan_hearing",
        "reviewer",
        reason="事实争议大，需要听证",
        planned=second.at + timedelta(days=3),
        place="县政府会议室",
    )
    page = said(desk.page("reviewer", desk.after(second)))
    assert "复核中的听证时间不计入期限" in page


def test_a_dispute_its_designation_and_a_recusal_stand_on_the_page(desk: Desk) -> None:
    path = desk.path()
    asked_above(path)
    path.act("recuse", "head", person_id=path.county.users["handler"].id, reason="诉求人是其亲属")
    page = said(desk.page("officer", desk.after(path)))
    assert "等待指定" in page
    assert "诉求人是其亲属" in page
    assert offered(desk.met("handler", path)) == []
    closed = desk.open("handler", path, "note")
    assert closed.status_code == 403
    assert "您已回避" in said(closed)


def test_the_simplified_way_is_a_badge(desk: Desk) -> None:
    path = desk.path().handling()
    assert (
        "简易办理</"
        not in said(desk.page("handler", desk.after(path)))
        .partition("更多")[0][:20_000]
        .partition("actions-bar")[0]
    )
    path.act("simplify", "handler", ground="clear", likely_supported=True)
    head = said(desk.page("handler", desk.after(path))).partition("actions-bar")[0]
    assert "简易办理" in head


def test_no_more_is_declined_only_with_the_earlier_matter_seen(desk: Desk, county: County) -> None:
    first = Path.register(county).served()
    reviewed(first)
    reviewed(first)
    again = desk.after(Path.register(county, at=first.at))
    given = {"ground": "after_second_review", "reason": "同一盏灯，事实和理由没有变"}
    alone = desk.press("clerk", again, "decline", **given)
    assert alone.status_code == 422
    assert "不再受理要有已经复核并送达的同一事项" in said(alone)
    looked = desk.press("clerk", again, "decline", other=first.matter.number, **given)
    assert looked.status_code == 422
    assert "请对照下面两件事项" in said(looked)
    number = first.matter.number
    done = desk.press("clerk", again, "decline", other=number, seen=number, **given)
    assert done.status_code == 302, said(done)
    assert Matter.objects.get(pk=again.matter.pk).stage == "declined"


def test_the_earlier_matter_must_be_finally_reviewed_and_of_the_same_person(
    desk: Desk, county: County
) -> None:
    first = Path.register(county).served()
    again = desk.after(Path.register(county, at=first.at))
    number = first.matter.number
    refused = desk.press(
        "clerk",
        again,
        "decline",
        ground="after_second_review",
        reason="同一盏灯，没有变",
        other=number,
        seen=number,
    )
    assert refused.status_code == 409
    assert "不再受理要有已经复核并送达的同一事项" in said(refused)


def test_a_suggestion_is_adopted_or_not_and_a_claim_supported_or_not(desk: Desk) -> None:
    suggestion = desk.path(klass="suggestion").handling()
    form = said(desk.open("handler", desk.after(suggestion), "draft"))
    assert "部分采纳" in form
    assert "不予支持" not in form
    claim = desk.path().handling()
    form = said(desk.open("handler", desk.after(claim), "draft"))
    assert "部分采纳" not in form
    assert "不予支持" in form
    suggestion.act(
        "draft", "handler", content=actions.Drafted(outcome="adopted", opinion="采纳，列入明年计划")
    )
    suggestion.act("issue", "head", draft_version=1)
    assert "采纳" in said(desk.page("handler", desk.after(suggestion)))
    suggestion.act("serve", "handler", method="in_person")
    assert "复查和复核" not in said(desk.page("handler", desk.after(suggestion)))


def test_a_request_that_came_by_post_in_time_is_taken_with_its_postmark(desk: Desk) -> None:
    path = desk.path().served()
    path.at += timedelta(days=35)
    desk.after(path)
    late = desk.press("clerk", path, "request_review", text="来信说没有修好，请求复查")
    assert late.status_code == 409
    posted = (path.at - timedelta(days=10)).date().isoformat()
    done = desk.press("clerk", path, "request_review", text="来信说没有修好，请求复查", posted=posted)
    assert done.status_code == 302, said(done)


def test_the_reviewers_home_names_what_waits(desk: Desk) -> None:
    path = desk.path()
    asked(path)
    desk.after(path)
    home = said(desk.client("reviewer").get(reverse("desk:home")))
    assert path.matter.number in home
    assert "审查复查复核申请" in home
