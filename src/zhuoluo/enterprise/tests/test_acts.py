"""Enterprises: one liaison, needs that are matters, first contact in two working days, projects step by step, sheets."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.county import MONDAY, County
from tests.fronts import VILLAGE, book, code
from zhuoluo.clock import BEIJING
from zhuoluo.enterprise import actions, reads
from zhuoluo.enterprise.actions import FirmContent
from zhuoluo.enterprise.models import Firm, Liaison, Need
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.sheet import FIRMS, NEEDS
from zhuoluo.kit.rows import BadRows
from zhuoluo.matters import actions as matters
from zhuoluo.matters.reads import standings
from zhuoluo.matters.tests.front import signed_in, stand_still, text
from zhuoluo.org.rules import Forbidden

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def firm(county: County, number: int = 1, **more: Any) -> Firm:
    values = {
        "code": code(number),
        "firm": f"第{number}公司",
        "area": VILLAGE,
        "phone": "13800001111",
        "name": "葛经理",
    } | more
    return actions.save_firm(content=FirmContent(**values), by=county.who("coordinator"), at=MONDAY)


def need(county: County, row: Firm, key: str = "a", at: datetime = MONDAY, who: str = "coordinator") -> Any:
    return actions.need(
        firm_id=row.pk, klass="claim", text="招不到熟练工，缺口六十人", key=key, by=county.who(who, at), at=at, law=county.law,
        unit_id=county.units["ZJ"].pk,
    )  # fmt: skip


def test_a_code_stands_in_the_register_once(county: County) -> None:
    firm(county)
    with pytest.raises(Refused, match="已经登记") as found:
        firm(county, firm="另一家")
    assert found.value.values == {"name": "第1公司"}


def test_a_firm_has_one_liaison_and_earlier_ones_keep_their_days(county: County) -> None:
    row = firm(county)
    by = county.who("coordinator")
    for n, name in enumerate(("handler", "handler2")):
        actions.set_liaison(firm_id=row.pk, user_id=county.users[name].pk, by=by, at=MONDAY + n * DAY)
    assert [(one.user.username, one.until_day) for one in reads.firm_file(by, row.pk, now=MONDAY).liaisons] == [
        ("handler2", None), ("handler", date(2026, 3, 3)),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Liaison.objects.create(firm=row, user=county.users["road"], from_day=date(2026, 3, 4))


def test_only_who_keeps_a_firm_records_for_it(county: County) -> None:
    row = firm(county)
    given = {"firm_id": row.pk, "kind": "visit", "day": MONDAY.date(), "heard": "缺工六十人", "at": MONDAY}
    with pytest.raises(Forbidden):
        actions.visit(key="a", by=county.who("handler"), **given)
    actions.set_liaison(
        firm_id=row.pk, user_id=county.users["handler"].pk, by=county.who("coordinator"), at=MONDAY
    )
    made = actions.visit(key="a", by=county.who("handler"), **given)
    assert actions.visit(key="a", by=county.who("handler"), **given) == made
    actions.visit(key="b", by=county.who("clerk"), **given)  # the township of its place
    with pytest.raises(Forbidden):
        actions.visit(key="c", by=county.who("clerk2"), **given)


def test_a_need_is_a_matter_and_the_unit_owes_a_contact_in_two_working_days(county: County) -> None:
    row = firm(county)
    friday = datetime(2026, 9, 24, 15, 0, tzinfo=BEIJING)  # Mid-Autumn comes between
    made = need(county, row, at=friday)
    by = county.who("coordinator", friday)
    found = standings(by, [made.matter.pk], now=friday)[made.matter.pk]
    assert found.owed["contact"].astimezone(BEIJING).date() == date(2026, 9, 30)  # 24:00 of the 29th
    assert (found.line.channel, found.line.unit, found.state) == ("enterprise", "县住房和城乡建设局", "new")
    matters.respond(
        matter_id=made.matter.pk, kind="contact", words="今天到企业见了负责人", by=county.who("handler", friday), at=friday + DAY,
        law=county.law,
    )  # fmt: skip
    assert "contact" not in standings(by, [made.matter.pk], now=friday + DAY)[made.matter.pk].owed
    assert need(county, row, at=friday).matter == made.matter  # the same form sent twice


def test_whoever_does_not_read_all_begins_at_their_own_desk(county: County) -> None:
    row = firm(county)
    made = need(county, row, who="clerk")
    assert made.matter.registered_by == county.units["SQ"]
    found = standings(county.who("clerk"), [made.matter.pk], now=MONDAY)[made.matter.pk]
    assert "contact" in found.owed
    assert not standings(county.who("clerk2"), [made.matter.pk], now=MONDAY)


def test_a_need_shows_to_nobody_whom_it_is_about(county: County) -> None:
    row = firm(county)
    made = need(county, row)
    sought = reads.Sought()
    assert [n.need.matter_id for n in reads.needs(county.who("officer"), sought, now=MONDAY).rows] == [
        made.matter.pk
    ]
    assert reads.by_standing(county.who("clerk2"), sought).all == 0
    assert reads.by_standing(county.who("officer"), sought).all == 1


def test_a_project_tells_where_each_of_its_23_days_went(county: County) -> None:
    """拿地到拿证 in 23 days, after the account of Wangcheng (seeds/000)."""
    row, law = firm(county), county.law
    first = datetime(2026, 3, 2, 1, tzinfo=MONDAY.tzinfo)
    by = county.who("coordinator")
    made = actions.begin_project(
        firm_id=row.pk, name="金山家苑", plan="land_certificate", first_day=first.date(), aim=23,
        unit_id=county.units["ZJ"].pk, key="p", by=by, at=first, law=law,
    )  # fmt: skip
    at = first
    for place, (name, unit, took) in enumerate(
        (("交地", "ZJ", 3), ("备图纸", None, 6), ("审图", "ZJ", 7), ("办施工许可", "ZJ", 6)), start=1
    ):
        same: dict[str, Any] = {
            "project_id": made.pk, "name": name, "since": at.date(), "unit_id": county.units[unit].pk if unit else None,
            "workdays": 5 if unit else None, "place": place, "by": by, "at": at, "law": law,
        }  # fmt: skip
        step = actions.begin_step(**same)
        assert actions.begin_step(**same).pk == step.pk
        if unit:
            with pytest.raises(Forbidden):  # the office that owes it says that it is done
                actions.end_step(
                    step_id=step.pk, until=at.date(), account="办好发证了", by=by, at=at, law=law
                )
        at += took * DAY
        who = county.who("handler", at) if unit else by
        actions.end_step(step_id=step.pk, until=at.date(), account="办好发证了", by=who, at=at, law=law)
    actions.finish_project(project_id=made.pk, last_day=at.date(), by=by, at=at)
    file = reads.project_file(by, made.pk, now=at, today=at.date(), law=law)
    assert (file.account.days, file.over, file.account.idle) == (23, 0, 0)
    assert {s.holder: s.days for s in file.account.shares} == {"县住房和城乡建设局": 17, "第1公司": 6}
    assert all(state.closed_at for state in file.states.values())


def test_two_who_begin_the_next_step_at_once_lose_nothing_and_begin_two(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_still(monkeypatch)
    made = actions.begin_project(
        firm_id=firm(county).pk, name="金山家苑", plan="land_certificate", first_day=MONDAY.date(), aim=23,
        unit_id=county.units["ZJ"].pk, key="p", by=county.who("coordinator"), at=MONDAY, law=county.law,
    )  # fmt: skip
    one, other = signed_in(county, "coordinator"), signed_in(county, "clerk")
    path = f"/desk/enterprises/projects/{made.pk}/step/"
    said = {"place": "1", "since": "2026-03-02", "workdays": "", "unit": ""}
    assert one.post(path, said | {"name": "交地"}).status_code == 302
    late = other.post(path, said | {"name": "备图纸"})
    assert "刚有人记了第 1 步“交地”" in text(late)
    [place, name] = [late.context["form"][key].value() for key in ("place", "name")]
    assert (place, name) == ("2", "备图纸")
    assert other.post(path, said | {"name": name, "place": place}).status_code == 302
    assert list(made.steps.order_by("place").values_list("name", flat=True)) == ["交地", "备图纸"]


def test_a_project_with_a_running_step_is_not_finished(county: County) -> None:
    row, by = firm(county), county.who("coordinator")
    made = actions.begin_project(
        firm_id=row.pk, name="二期", plan="other", first_day=MONDAY.date(), aim=9, unit_id=county.units["ZJ"].pk, key="p", by=by,
        at=MONDAY, law=county.law,
    )  # fmt: skip
    with pytest.raises(Refused, match="还没有记一步"):
        actions.finish_project(project_id=made.pk, last_day=MONDAY.date(), by=by, at=MONDAY)
    actions.begin_step(project_id=made.pk, name="施工", since=MONDAY.date(), by=by, at=MONDAY, law=county.law)
    with pytest.raises(Refused, match="还没有办好"):
        actions.finish_project(project_id=made.pk, last_day=MONDAY.date(), by=by, at=MONDAY)


def test_a_register_is_taken_in_whole_or_not_at_all_and_known_codes_stay(county: County) -> None:
    firm(county)
    by = county.who("coordinator")
    good = ["新公司", code(2), "规模以上", "石桥村", "", "", "", "吴", "13800002222", "王建国"]
    wrong = ["错公司", code(3)[:-1] + "0", *[""] * 8]
    with pytest.raises(BadRows) as found:
        actions.import_firms(data=book(FIRMS, good, wrong).read(), by=by, at=MONDAY)
    assert [w.place for w in found.value.wrong] == [4]
    assert Firm.objects.count() == 1
    known = ["第1公司改名", code(1), *[""] * 8]
    taken = actions.import_firms(data=book(FIRMS, good, known).read(), by=by, at=MONDAY)
    assert (taken.new, taken.known) == (1, 1)
    assert Firm.objects.get(code=code(1)).name == "第1公司"
    assert Liaison.objects.get(firm__code=code(2)).user == county.users["handler"]


def test_needs_of_a_sheet_become_matters_once(county: County) -> None:
    firm(county)
    by = county.who("coordinator")
    row = [code(1), "", "厂房扩建卡在环评", "县生态环境局", "2026-02-02", "", "", "", "", ""]
    data = book(NEEDS, row).read()
    taken = actions.import_needs(data=data, by=by, at=MONDAY, law=county.law)
    again = actions.import_needs(data=data, by=by, at=MONDAY, law=county.law)
    assert (taken.new, again.new, again.known) == (1, 0, 1)
    one = Need.objects.get()
    found = standings(by, [one.matter_id], now=MONDAY)[one.matter_id]
    assert "contact" not in found.owed  # raised a month ago: nobody pretends a first contact is still to come


def test_projects_go_out_as_a_sheet_and_on_paper_with_how_many_days_they_are_over(county: County) -> None:
    row = firm(county)
    actions.begin_project(
        firm_id=row.pk, name="二期厂房", plan="other", first_day=(MONDAY - 20 * DAY).date(), aim=9, unit_id=county.units["ZJ"].pk,
        key="p", by=county.who("coordinator"), at=MONDAY, law=county.law,
    )  # fmt: skip
    [line] = reads.whole_projects(today=MONDAY.date())
    assert (line.days, line.late) == (21, True)
    client = signed_in(county, "coordinator")
    assert client.get("/desk/enterprises/projects/sheet/").content[:2] == b"PK"
    assert "二期厂房" in text(client.get("/desk/enterprises/projects/print/"))
