"""A leader's case and the tasks of a joint meeting: duties with names and dates, beside the path."""

from datetime import timedelta
from typing import Any

import pytest

from tests.county import County, contact
from zhuoluo.kit.ids import uuid7
from zhuoluo.matters import reads
from zhuoluo.matters.models import Commitment, Link, Milestone, Party
from zhuoluo.matters.reads.visible import NotFound
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.actions import give_post
from zhuoluo.org.rules import SYSTEM, Forbidden
from zhuoluo.residents.reads import phone_changes

pytestmark = pytest.mark.django_db
PLAN = "摸清情况、讲清道理、协调资金、签好协议"


def soon(path: Path) -> Any:
    return (path.at + timedelta(days=30)).date()


def taken(path: Path, by: str = "leader", who: str = "leader") -> Path:
    path.act("take_case", by, person_id=path.county.users[who].id, plan=PLAN, until=soon(path))
    return path


def open_(path: Path, kind: str) -> list[Commitment]:
    return list(Commitment.objects.filter(matter=path.matter, kind=kind, closed_at__isnull=True))


def test_a_case_is_a_commitment_of_one_leader_and_moves_no_stage(county: County) -> None:
    path = taken(Path.register(county).handling())
    [row] = open_(path, "case")
    assert (row.person, row.unit) == (county.users["leader"], county.units["LD"])
    assert path.matter.stage == "handling"
    with pytest.raises(Refused, match="已有领导包案"):
        taken(path)


def test_only_somebody_who_leads_can_have_a_case(county: County) -> None:
    with pytest.raises(Refused, match="在岗的领导"):
        taken(Path.register(county), who="handler")
    with pytest.raises(Forbidden):
        taken(Path.register(county), by="clerk")


def test_the_one_complained_of_gets_no_case_and_no_task(county: County) -> None:
    about_leaders = Path.register(county, about_units=(county.units["LD"].id,))
    with pytest.raises((Refused, Forbidden)):
        taken(about_leaders, by="supervisor")
    about_roads = Path.register(county, about_units=(county.units["JT"].id,))
    with pytest.raises(Refused, match="被反映的单位"):
        about_roads.act(
            "joint_task", "leader", task_id=uuid7(), unit_id=about_roads.unit("JT"), what="请核实道路权属",
            until=soon(about_roads),
        )  # fmt: skip


def test_another_leader_does_not_write_visits_and_the_office_does_for_the_leader(county: County) -> None:
    path = taken(Path.register(county))
    other = county.users["town_head"]
    give_post(user=other, unit=county.units["LD"], title="副县长", role="leader", by=SYSTEM, at=path.at)
    given = {"day": path.at.date(), "met": "诉求人", "found": "路灯线缆被挖断，下周更换"}
    with pytest.raises(Forbidden, match="包案领导本人"):
        path.act("visit_case", "town_head", **given)
    path.act("visit_case", "leader", **given)
    path.act("visit_case", "officer", **given)


def test_the_leader_whose_case_it_is_never_certifies_it(county: County) -> None:
    path = Path.register(county).served()
    give_post(
        user=county.users["leader"],
        unit=county.units["DC"],
        title="督查",
        role="supervisor",
        by=SYSTEM,
        at=path.at,
    )
    taken(path, by="officer")
    path.act("end_case", "officer", reason="问题已经解决到位")
    with pytest.raises(Refused, match="承办人"):
        path.act("certify", "leader", evidence="到现场看过，三盏灯都亮了")
    path.act("certify", "checker", evidence="到现场看过，三盏灯都亮了")


def test_ending_a_case_says_nothing_of_the_matter(county: County) -> None:
    path = taken(Path.register(county).served())
    path.act("end_case", "leader", reason="换由分管领导包案")
    assert not open_(path, "case")
    assert not Milestone.objects.filter(matter=path.matter, kind="resolved").exists()
    assert not Party.objects.filter(matter=path.matter, role="case", until_at__isnull=True).exists()
    taken(path)


def test_a_meeting_gives_several_units_their_tasks_and_they_read_the_matter(county: County) -> None:
    path = Path.register(county).handling()
    tasks = {}
    for code in ("JT", "HB"):
        tasks[code] = uuid7()
        path.act(
            "joint_task", "leader", task_id=tasks[code], unit_id=path.unit(code), what="请核实并修复",
            until=soon(path),
        )  # fmt: skip
    assert len(open_(path, "joint")) == 2
    assert reads.by_number(county.who("road"), path.matter.number)
    with pytest.raises(NotFound):
        reads.by_number(county.who("clerk2"), path.matter.number)
    with pytest.raises(Refused, match="没有这项任务"):
        path.act("joint_done", "road", task_id=tasks["HB"], account="已经修复完毕")
    path.act("joint_done", "road", task_id=tasks["JT"], account="已经修复完毕")
    assert [row.unit for row in open_(path, "joint")] == [county.units["HB"]]


def test_a_supervised_unit_answers_in_writing_and_stays_supervised(county: County) -> None:
    path = Path.register(county).handling()
    path.act("supervise", "supervisor", reason="请抓紧办理", until=soon(path))
    path.act("answer_supervision", "handler", text="采纳建议，本周五前更换线缆")
    assert open_(path, "supervise")
    with pytest.raises(Forbidden):
        path.act("answer_supervision", "road", text="采纳建议，本周五前更换线缆")


def test_a_corrected_phone_is_found_again_and_the_old_one_kept(county: County) -> None:
    path = Path.register(county)
    path.act("correct_contact", "clerk", phone="138 9999 0000", reason="诉求人到窗口说换了号码")
    path.matter.raiser.refresh_from_db()
    assert path.matter.raiser.phone == "13899990000"
    assert [c.old for c in phone_changes([path.matter.raiser_id])] == ["138****0000"]
    with pytest.raises(Refused, match="和原来的一样"):
        path.act("correct_contact", "clerk", phone="13899990000", reason="诉求人到窗口说换了号码")


def test_a_repeat_reopens_the_first_without_erasing_its_close(county: County) -> None:
    first = Path.register(county).served()
    closed = Milestone.objects.get(matter=first.matter, kind="served").at
    later = Path.register(county, at=first.at + timedelta(days=5))
    first.at = later.at
    first.act("reopen", "checker", reason="同一个人又反映灯不亮", repeat_id=later.matter.id)
    assert first.matter.stage == "handling"
    assert Milestone.objects.get(matter=first.matter, kind="served").at == closed
    assert Link.objects.get().kind == "earlier"
    assert Link.objects.get().matter == later.matter


def test_somebody_elses_matter_is_no_repeat(county: County) -> None:
    first = Path.register(county).served()
    later = Path.register(county, at=first.at, contact=contact(name="李四", phone="13700001111"))
    with pytest.raises(Refused, match="不是同一个人"):
        first.act("reopen", "checker", reason="同一个人又反映灯不亮", repeat_id=later.matter.id)


def test_whoever_calls_back_is_told_of_a_phone_changed_after_the_service(county: County) -> None:
    plain, changed = Path.register(county).served(), Path.register(county).served()
    changed.act("correct_contact", "handler", phone="13899990000", reason="打不通，问了邻居")
    rows = reads.callbacks(county.who("caller", changed.at), now=changed.at).rows
    told = {row.owed.matter_id: row.new_phone for row in rows}
    assert told == {plain.matter.id: None, changed.matter.id: changed.at}
