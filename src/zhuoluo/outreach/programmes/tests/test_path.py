"""The path of an application and of its money."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.county import County
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.ledger.reads import last, verbs
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.actions import Asked, BadRows, Decided, TooMany
from zhuoluo.outreach.programmes.models import Application, Award, Objection, Payment, Programme
from zhuoluo.outreach.programmes.reads import applications, payments, programmes
from zhuoluo.outreach.programmes.reads.rules import reckoned
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused
from zhuoluo.outreach.programmes.rules.money import decimal
from zhuoluo.outreach.programmes.rules.workbook import workbook
from zhuoluo.outreach.programmes.tests import walk
from zhuoluo.outreach.programmes.tests.walk import (
    AFTER,
    DAY,
    FIRM,
    FIXED,
    GRADES,
    PERSON,
    SHARE,
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


# --- paying ---


def test_who_checked_or_approved_does_not_pay_whatever_post_they_hold(county: County) -> None:
    made = noticed(county, programme(county))
    for column in ("checked_by", "approved_by"):
        kept = getattr(made, column)
        Application.objects.filter(pk=made.pk).update(**{column: county.users["finance"].pk})
        with pytest.raises(Refused, match="要由别人兑现"):
            pay(county, made, 30_000_00, f"V-{column}")
        Application.objects.filter(pk=made.pk).update(**{column: kept})
    for who in ("outreach", "head", "officer"):
        with pytest.raises(Forbidden):
            pay(county, made, 30_000_00, "V1", by=county.who(who))


def test_parts_add_up_and_never_pass_what_was_approved(county: County) -> None:
    made = noticed(county, programme(county))
    pay(county, made, 10_000_00, "V1")
    with pytest.raises(Refused, match=r"只剩 20,000\.00 元"):
        pay(county, made, 20_000_01, "V2")
    pay(county, made, 20_000_00, "V2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award(made).pk).update(paid=F("paid") + 1)


def test_a_voucher_pays_once_and_a_form_sent_twice_is_one_payment(county: County) -> None:
    row = programme(county)
    one, two = noticed(county, row), noticed(county, row, contact=person(2))
    first = pay(county, one, 10_000_00, "V1")
    before = last()
    assert pay(county, one, 10_000_00, " v1 ", key="pay-V1") == first
    assert last() == before
    with pytest.raises(Refused, match="已经用过"):
        pay(county, two, 10_000_00, "Ｖ1", key="other")
    with pytest.raises(Refused, match="不能再用来"):
        pay(county, two, 10_000_00, "V9", key="pay-V1")


def test_money_that_comes_back_is_a_row_of_its_own_returned_may_be_paid_again_clawed_may_not(
    county: County,
) -> None:
    made = noticed(county, programme(county))
    pay(county, made, 30_000_00, "V1")
    back = {"award_id": award(made).pk, "day": AFTER.date(), "by": county.who("finance", AFTER), "at": AFTER}
    with pytest.raises(Refused, match="理由"):
        actions.give_back(kind="returned", amount=1, voucher="R0", why="", key="r0", **back)
    actions.give_back(kind="returned", amount=30_000_00, voucher="R1", why="账号写错被退回", key="r1", **back)
    made.refresh_from_db()
    assert made.state == "noticed"
    pay(county, made, 30_000_00, "V2")
    actions.give_back(
        kind="clawed", amount=10_000_00, voucher="R2", why="提前离职，按约追回", key="r2", **back
    )
    with pytest.raises(Refused, match=r"只剩 0\.00 元"):
        pay(county, made, 1, "V3")
    with pytest.raises(Refused, match="不能超过"):
        actions.give_back(kind="clawed", amount=20_000_01, voucher="R3", why="多追回一分钱", key="r3", **back)
    rows, _next = payments.register(county.who("finance"), payments.Sought())
    assert [r.payment.amount for r in rows] == [-10_000_00, 30_000_00, -30_000_00, 30_000_00]


def test_the_database_keeps_payments_as_they_are(county: County) -> None:
    made = pay(county, noticed(county, programme(county)), 30_000_00, "V1")
    for change in (lambda: Payment.objects.filter(pk=made.pk).update(amount=1), lambda: made.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["paid", "returned", "clawed"]), st.integers(1, 20_000_00)), max_size=8
    )
)
def test_totals_are_the_sum_of_the_rows_whatever_happens(
    county: County, tries: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        made = noticed(county, programme(county))
        one = award(made)
        for number, (kind, amount) in enumerate(tries):
            given_ = {
                "award_id": one.pk, "amount": amount, "day": AFTER.date(), "voucher": f"V{number}", "key": f"k{number}",
                "by": county.who("finance", AFTER), "at": AFTER,
            }  # fmt: skip
            try:
                if kind == "paid":
                    actions.pay(**given_)
                else:
                    actions.give_back(kind=kind, why="按规定退回追回", **given_)
            except Refused:
                continue
        one.refresh_from_db()
        rows = list(Payment.objects.filter(award=one))
        out = sum(r.amount for r in rows)
        found = payments.totals(county.who("finance"), payments.Sought())
        groups = (found.programmes, found.clauses, found.units, found.months)
        assert one.paid == out == found.total == found.paid + found.back
        assert {sum(t.total for t in group) for group in groups} == {out}
        assert one.barred == -sum(r.amount for r in rows if r.kind == "clawed")
        assert 0 <= one.paid <= one.amount - one.barred
        transaction.set_rollback(True)


# --- sheets ---

HEADS = [("申请编号", 20), ("奖补事项", 20), ("金额（元）", 12), ("兑现日期", 12), ("凭证号", 12)]


def sheet(*rows: tuple[Any, ...]) -> bytes:
    return workbook("清单", HEADS, rows)


def test_a_payment_list_is_taken_whole_and_a_second_time_adds_nothing(county: County) -> None:
    row = programme(county)
    made = [noticed(county, row, contact=person(n)) for n in (1, 2)]
    data = sheet(*((a.number, "安家补贴", decimal(30_000_00), "2026-03-10", f"V{a.number}") for a in made))
    by = county.who("finance", AFTER)
    with pytest.raises(Refused, match=r"合计与明细不符.*相差 0\.01 元"):
        actions.import_payments(data=data, control=60_000_01, by=by, at=AFTER)
    before = last()
    taken = actions.import_payments(data=data, control=60_000_00, by=by, at=AFTER)
    assert (taken.new, taken.known, taken.total, last() - before) == (2, 0, 60_000_00, 2)
    again = actions.import_payments(data=data, control=60_000_00, by=by, at=AFTER)
    assert (again.new, again.known, last() - before) == (0, 2, 2)
    assert Payment.objects.aggregate(t=Sum("amount"))["t"] == 60_000_00


def test_one_bad_row_stops_a_whole_list_and_every_bad_row_is_named(county: County) -> None:
    row = programme(county)
    made = noticed(county, row)
    data = sheet(
        (made.number, "安家补贴", decimal(10_000_00), "2026-03-10", "V1"),
        (made.number, "没有这一项", decimal(1_00), "2026-03-10", "V2"),
        ("JB260302-9999-9", "", decimal(1_00), "2026-03-10", "V3"),
        (made.number, "", decimal(20_000_01), "2026-03-10", "V4"),
    )
    with pytest.raises(BadRows) as caught:
        actions.import_payments(data=data, control=30_002_01, by=county.who("finance", AFTER), at=AFTER)
    assert [w.place for w in caught.value.wrong] == [4, 5, 6]
    assert not Payment.objects.exists()
    assert award(made).paid == 0


@pytest.mark.parametrize("data", [b"", b"not a sheet", jpeg()])
def test_what_is_no_workbook_is_refused(county: County, data: bytes) -> None:
    with pytest.raises(Refused):
        actions.import_payments(data=data, control=1, by=county.who("finance"), at=AFTER)


def test_a_table_and_a_share_are_awarded_by_their_rules(county: County) -> None:
    row = programme(county, ("设备补助", SHARE), ("人才分级补贴", GRADES))
    made = approved(county, row, base=333_33, grade="B类")
    assert [(a.item.title, a.amount) for a in made.awards.order_by("item__place")] == [
        ("设备补助", 41_67),
        ("人才分级补贴", 50_000_00),
    ]
    assert [reckoned(ask.item, ask.base, ask.grade).fen for ask in made.asks.order_by("item__place")] == [
        41_67,
        50_000_00,
    ]


def test_a_programme_is_settled_when_every_application_has_its_end(county: County) -> None:
    row = programme(county)
    made = noticed(county, row)
    by = county.who("outreach", AFTER)
    actions.close(programme_id=row.pk, by=by, at=AFTER)
    with pytest.raises(Refused, match="还有 1 份"):
        actions.settle(programme_id=row.pk, by=by, at=AFTER)
    pay(county, made, 30_000_00, "V1")
    assert actions.settle(programme_id=row.pk, by=by, at=AFTER).state == "settled"


def test_counts_and_sums_of_a_year_stand_apart(county: County) -> None:
    row = programme(county)
    applied(county, row, contact=person(1))
    approved(county, row, contact=person(2))
    pay(county, noticed(county, row, contact=person(3)), 10_000_00, "V1")
    found = payments.figures(county.who("finance"), 2026)
    assert (found.announced, found.applied, found.approved, found.approved_sum, found.paid, found.paid_sum) == (
        1, 3, 2, 60_000_00, 1, 10_000_00,
    )  # fmt: skip


def test_another_units_people_see_nothing_of_it(county: County) -> None:
    row = programme(county)
    made = noticed(county, row)
    pay(county, made, 1_00, "V1")
    stranger = county.who("road_head")
    assert programmes.page(stranger)[0] == []
    assert payments.register(stranger, payments.Sought())[0] == []
    with pytest.raises(NotFound):
        applications.find(stranger, made.pk)
    assert Programme.objects.count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}
