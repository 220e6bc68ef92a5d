"""The path of an application and of its money."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.county import County
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.ledger.reads import last, verbs
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.actions import Asked, Decided, TooMany
from zhuoluo.outreach.programmes.models import Objection
from zhuoluo.outreach.programmes.reads import applications, programmes
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused
from zhuoluo.outreach.programmes.tests import walk
from zhuoluo.outreach.programmes.tests.walk import (
    AFTER,
    DAY,
    FIRM,
    FIXED,
    PERSON,
    applied,
    approved,
    award,
    checked,
    clause,
    noticed,
    pay,
    person,
    programme,
)
from zhuoluo.residents.actions import contact_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


# --- drawing up ---


def test_a_programme_is_announced_with_items_that_rest_on_clauses_in_force(county: County) -> None:
    row = programme(county, announce=False)
    by = county.who("outreach")
    future = clause("第九十九条", since=date(2027, 1, 1))
    with pytest.raises(Refused, match="没有施行"):
        actions.add_item(programme_id=row.pk, item=actions.NewItem("将来", future, FIXED), by=by, at=DAY)
    before = last()
    actions.announce(programme_id=row.pk, by=by, at=DAY)
    assert last() == before + 1
    with pytest.raises(Refused, match="已公布"):
        actions.change_programme(programme_id=row.pk, content=walk.content(county), by=by, at=DAY)
    with pytest.raises(Refused, match="已公布"):
        actions.drop_item(item_id=row.items.get().pk, by=by, at=DAY)


def test_a_programme_without_items_is_not_announced(county: County) -> None:
    row = actions.make_programme(content=walk.content(county), key="empty", by=county.who("outreach"), at=DAY)
    with pytest.raises(Refused, match="先加一项"):
        actions.announce(programme_id=row.pk, by=county.who("outreach"), at=DAY)


def test_the_same_form_twice_is_one_programme(county: County) -> None:
    by = county.who("outreach")
    first, second = (
        actions.make_programme(content=walk.content(county), key="k", by=by, at=DAY) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("who", ["clerk", "handler", "finance", "road_head", "leader"])
def test_others_than_its_units_do_not_work_on_a_programme(county: County, who: str) -> None:
    row = programme(county)
    with pytest.raises(Forbidden):
        actions.close(programme_id=row.pk, by=county.who(who), at=DAY)


# --- applying ---


def test_an_enterprise_gives_a_right_credit_code_and_is_shown_in_full_a_person_masked(county: County) -> None:
    row = programme(county)
    with pytest.raises(Refused, match="统一社会信用代码"):
        applied(county, row, kind="enterprise", contact=PERSON)
    firm = applied(county, row, kind="enterprise", contact=FIRM).application
    one = applied(county, row).application
    shown = {line.row.id: line.who.name for line in applications.lines_of([firm, one])}
    assert shown == {firm.id: FIRM.name, one.id: "张**"}


def test_a_programme_for_enterprises_refuses_persons(county: County) -> None:
    with pytest.raises(Refused, match="只接受企业"):
        applied(county, programme(county, audience="enterprise"))


def test_one_applicant_has_one_live_application_in_a_programme(county: County) -> None:
    row = programme(county)
    first = applied(county, row).application
    with pytest.raises(Refused, match="已经申请过"):
        applied(county, row, key="other")
    actions.withdraw(application_id=first.pk, at=DAY)
    assert applied(county, row, key="again").application.number != first.number


def test_the_same_form_twice_is_one_application_with_one_code(county: County) -> None:
    row = programme(county)
    first, second = applied(county, row, key="k"), applied(county, row, key="k")
    assert (first.application, first.code, second.fresh) == (second.application, second.code, False)
    with pytest.raises(Refused, match="已经交了"):
        applied(county, row, key="k", words="另外一种情况，别的话")


def test_applications_are_taken_within_the_window_only(county: County) -> None:
    row = programme(county)
    for moment in (DAY - timedelta(days=5), DAY + timedelta(days=200)):
        with pytest.raises(Refused):
            applied(county, row, at=moment)
    with pytest.raises(NotFound):
        applied(county, programme(county, announce=False))


@pytest.mark.parametrize("change", [{"asks": []}, {"words": "好"}, {"contact": walk.Contact(name="", phone="13812340000")},
    {"contact": walk.Contact(name="张三", phone="12")}])  # fmt: skip
def test_what_is_missing_is_said(county: County, change: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        applied(county, programme(county), **change)


def test_an_item_of_another_programme_cannot_be_asked_for(county: County) -> None:
    other = programme(county).items.get()
    with pytest.raises(Refused, match="列出的"):
        applied(county, programme(county), asks=[Asked(other.pk)])


def test_number_and_code_open_an_application_and_guessing_ends(county: County) -> None:
    made = applied(county, programme(county))
    given_ = {"number": made.application.number, "address": "198.51.100.7", "at": DAY}
    assert actions.unlock(code=made.code, **given_) == made.application
    for _ in range(10):
        assert actions.unlock(code="AAAAAAAA", **given_) is None
    with pytest.raises(TooMany):
        actions.unlock(code=made.code, **given_)


def test_files_are_kept_with_an_application_or_not_at_all(county: County) -> None:
    row = programme(county)
    photo = SimpleUploadedFile("证.jpg", jpeg())
    made = applied(county, row, uploads=[photo]).application
    assert made.papers.count() == 1
    with pytest.raises(Refused, match="已经申请过"):
        applied(county, row, key="x", uploads=[SimpleUploadedFile("证.jpg", jpeg())])
    assert made.papers.model.objects.count() == 1


def test_what_is_missing_is_asked_for_added_and_checked_again(county: County) -> None:
    made = applied(county, programme(county)).application
    by = county.who("outreach")
    with pytest.raises(Refused, match="晚于今天"):
        actions.ask_more(application_id=made.pk, what="请补社保证明", until=DAY.date(), by=by, at=DAY)
    actions.ask_more(
        application_id=made.pk, what="请补社保证明", until=(DAY + timedelta(days=9)).date(), by=by, at=DAY
    )
    with pytest.raises(Refused, match="待补材料"):
        actions.check(application_id=made.pk, by=by, at=DAY)
    actions.complete(application_id=made.pk, words="补交了社保证明", at=DAY)
    made = actions.check(application_id=made.pk, by=by, at=DAY)
    assert made.state == "checked"
    assert "补交了社保证明" in made.words
    assert verbs(made.id) == {f"programmes.{v}" for v in ("apply", "ask_more", "complete", "check")}


# --- deciding ---


def test_who_checked_does_not_approve_and_only_the_unit_in_charge_does(county: County) -> None:
    row = programme(county)
    made = applied(county, row).application
    actions.check(application_id=made.pk, by=county.who("head"), at=DAY)
    awards = [Decided(ask.pk, 30_000_00) for ask in made.asks.all()]
    with pytest.raises(Refused, match="要由别人批准"):
        actions.approve(application_id=made.pk, awards=awards, by=county.who("head"), at=DAY)
    for who in ("outreach", "town_head", "finance"):
        with pytest.raises(Forbidden):
            actions.approve(application_id=made.pk, awards=awards, by=county.who(who), at=DAY)


def test_an_award_never_passes_the_rule_and_says_why_when_it_is_less(county: County) -> None:
    made = checked(county, programme(county))
    ask = made.asks.get()
    for amount, why in ((30_000_01, ""), (29_999_99, ""), (0, "不给也要有理由")):
        with pytest.raises(Refused):
            actions.approve(
                application_id=made.pk, awards=[Decided(ask.pk, amount, why)], by=county.who("head"), at=DAY
            )
    actions.approve(
        application_id=made.pk,
        awards=[Decided(ask.pk, 20_000_00, "只在职八个月")],
        by=county.who("head"),
        at=DAY,
    )
    found = award(made)
    assert (found.amount, found.basis) == (20_000_00, "《海创园人才三十六条》第17条（2024年1月1日起施行）")


def test_the_budget_is_never_passed(county: County) -> None:
    row = programme(county, budget=50_000_00)
    approved(county, row)
    made = checked(county, row, contact=person(2))
    with pytest.raises(Refused, match=r"预算还剩 20,000\.00 元"):
        actions.approve(
            application_id=made.pk,
            awards=[Decided(made.asks.get().pk, 30_000_00)],
            by=county.who("head"),
            at=DAY,
        )
    assert programmes.row_of(row).money.left == 20_000_00


def test_a_refusal_carries_reason_and_clause_and_becomes_a_matter_when_the_applicant_disagrees(
    county: County,
) -> None:
    made = applied(county, programme(county)).application
    refused = actions.refuse(
        application_id=made.pk, why="工作不满一年", clause_id=clause(), by=county.who("outreach"), at=DAY
    )
    assert "第十七条" in refused.refused_by_rule
    filed = actions.appeal(
        application_id=made.pk, text="我的合同是去年一月签的", key="a1", at=DAY, law=county.law
    )
    again = actions.appeal(
        application_id=made.pk, text="我的合同是去年一月签的", key="a1", at=DAY, law=county.law
    )
    assert (filed.matter, again.fresh) == (again.matter, False)
    assert made.number in filed.matter.text
    assert contact_of(filed.matter.raiser_id).phone == PERSON.phone
    assert Objection.objects.get().matter_id == filed.matter.pk


# --- publishing, objecting ---


def test_awards_are_published_for_working_days_and_paid_after_them(county: County) -> None:
    made = noticed(county, programme(county))
    assert made.notice is not None
    assert made.notice.until_day == date(2026, 3, 9)  # five working days after Monday
    with pytest.raises(Refused, match="公示到"):
        pay(county, made, 1, "V0", day=date(2026, 3, 9), at=AFTER)
    pay(county, made, 30_000_00, "V1")
    made.refresh_from_db()
    assert made.state == "paid"


def test_an_objection_is_a_matter_and_holds_the_money_until_it_is_ruled_on(county: County) -> None:
    row = programme(county)
    made = noticed(county, row)
    filed = actions.object_to(
        application_id=made.pk, contact=person(5), text="他没有在本县工作过", key="o1", at=DAY, law=county.law
    )
    assert Objection.objects.get().matter_id == filed.matter.pk
    with pytest.raises(Refused, match="收到异议"):
        pay(county, made, 30_000_00, "V1")
    objection = Objection.objects.get()
    with pytest.raises(Forbidden):
        actions.rule_on(
            objection_id=objection.pk,
            ruling="dismissed",
            why="查了社保记录",
            by=county.who("outreach"),
            at=DAY,
        )
    actions.rule_on(
        objection_id=objection.pk, ruling="dismissed", why="查了社保记录", by=county.who("head"), at=DAY
    )
    assert pay(county, made, 30_000_00, "V1").amount == 30_000_00


def test_an_objection_upheld_revokes_the_award_and_frees_the_budget(county: County) -> None:
    row = programme(county)
    made = noticed(county, row)
    actions.object_to(
        application_id=made.pk, contact=person(5), text="他没有在本县工作过", key="o1", at=DAY, law=county.law
    )
    actions.rule_on(
        objection_id=Objection.objects.get().pk, ruling="upheld", why="情况属实，社保在外县", by=county.who("head"), at=DAY
    )  # fmt: skip
    with pytest.raises(Refused, match="批准已撤销"):
        pay(county, made, 1, "V1")
    assert programmes.row_of(row).money.bound == 0


def test_after_the_notice_nobody_objects_to_it(county: County) -> None:
    made = noticed(county, programme(county))
    with pytest.raises(Refused, match="公示已经结束"):
        actions.object_to(
            application_id=made.pk, contact=PERSON, text="晚了一些时候", key="o", at=AFTER, law=county.law
        )


def test_without_approval_there_is_nothing_to_publish(county: County) -> None:
    row = programme(county)
    made = checked(county, row)
    with pytest.raises(Refused, match="待审批"):
        actions.publish(
            programme_id=row.pk, application_ids=[made.pk], by=county.who("outreach"), at=DAY, law=county.law
        )
