"""Money out and back, lists of it, and what adds up."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.county import County
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.kit.rows import BadRows, Unreadable
from zhuoluo.kit.workbook import workbook
from zhuoluo.ledger.reads import last
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.programmes import actions
from zhuoluo.outreach.programmes.models import Application, Award, Payment, Programme
from zhuoluo.outreach.programmes.reads import applications, payments, programmes
from zhuoluo.outreach.programmes.reads.rules import reckoned
from zhuoluo.outreach.programmes.rules.errors import NotFound, Refused
from zhuoluo.outreach.programmes.rules.money import decimal
from zhuoluo.outreach.programmes.tests.walk import (
    AFTER,
    GRADES,
    SHARE,
    applied,
    approved,
    award,
    noticed,
    pay,
    person,
    programme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


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
    with pytest.raises(Unreadable):
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


def test_a_figure_opens_to_the_rows_it_counts(county: County) -> None:
    row, by = programme(county), county.who("finance")
    programme(county, announce=False)
    applied(county, row, contact=person(1))
    kept = {approved(county, row, contact=person(2)).pk, noticed(county, row, contact=person(3)).pk}
    lines, _next = applications.page(by, applications.Sought(state=applications.GRANTED, year=2026))
    assert {line.row.pk for line in lines} == kept
    assert sum(line.awarded for line in lines) == payments.figures(by, 2026).approved_sum
    assert [r.programme for r in programmes.page(by, year=2026, state=programmes.PUBLIC)[0]] == [row]


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
