"""Research: notes, findings that are matters, close-out by four things, spot checks that reopen, classes, reports."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from docx import Document

from tests.county import MONDAY, County, contact
from tests.fronts import OTHER, VILLAGE, book
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.matters.reads import standings, stood, task_states
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.rules import Forbidden
from zhuoluo.research import actions, reads
from zhuoluo.research.actions import FindingContent, TopicContent
from zhuoluo.research.models import Dissection, Finding, Met, Note, Rollout, Topic
from zhuoluo.research.reads import Sought
from zhuoluo.research.rules.errors import Refused
from zhuoluo.research.rules.sheet import PROBLEMS

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def topic(county: County, **more: Any) -> Topic:
    values = {
        "title": "农村养老怎么办", "lead_id": county.users["leader"].pk, "unit_id": county.units["XB"].pk,
        "from_day": MONDAY.date(), "until_day": MONDAY.date() + 30 * DAY,
    } | more  # fmt: skip
    return actions.save_topic(content=TopicContent(**values), by=county.who("coordinator"), at=MONDAY)


def visit(county: County, row: Topic, *notes: str) -> Any:
    return actions.record_visit(
        topic_id=row.pk, kind="talk", day=MONDAY.date(), place="江头村部", who="谢明", key=f"v{row.pk}", by=county.who("coordinator"),
        at=MONDAY, area=VILLAGE, met=[(contact(name="岑大爷"), "村民代表")], notes=notes or ("白天老人没人管", "小学空着三年了"),
    )  # fmt: skip


def content(county: County, **more: Any) -> FindingContent:
    values = {
        "text": "高龄老人白天没人照料", "measure": "闲置小学改成活动中心", "lead_id": county.users["leader"].pk,
        "unit_id": county.units["ZJ"].pk, "person": "王股长", "until": MONDAY.date() + 20 * DAY, "area": VILLAGE,
    } | more  # fmt: skip
    return FindingContent(**values)


def finding(county: County, row: Topic, key: str = "a", **more: Any) -> Finding:
    made = actions.raise_finding(
        topic_id=row.pk,
        content=content(county, **more),
        key=key,
        by=county.who("coordinator"),
        at=MONDAY,
        law=county.law,
    )
    return Finding.objects.get(matter_id=made.matter.pk)


def state(county: County, row: Finding, at: datetime) -> str:
    """How a problem stands, by both ways of reckoning, which must agree."""
    found = standings(county.who("supervisor", at), [row.matter_id], now=at)[row.matter_id].state
    assert stood(Finding.objects.filter(pk=row.pk)).get().standing == found
    return found


def test_a_finding_is_a_matter_and_its_measure_the_units_commitment(county: County) -> None:
    row = topic(county)
    seen = visit(county, row)
    met = Met.objects.get()
    notes = tuple(Note.objects.values_list("pk", flat=True))
    made = finding(county, row, visit_id=seen.pk, met_id=met.pk, notes=notes, external_id="HN-1")
    assert made.matter.channel == "research"
    assert made.matter.raiser_id != met.raiser_id  # the proposer's contact, kept with the filing of its own
    task = task_states([made.matter_id], [made.pk])[made.pk]
    assert (task.due - timedelta(microseconds=1)).date() == MONDAY.date() + 20 * DAY
    assert [n.number for n in reads.finding_file(county.who("coordinator"), made.pk, now=MONDAY).notes] == [
        1,
        2,
    ]
    assert (
        finding(county, row, visit_id=seen.pk, met_id=met.pk, notes=notes, external_id="HN-1").pk == made.pk
    )


def test_a_close_out_takes_evidence_answer_word_and_a_second_person(county: County) -> None:
    made = finding(county, topic(county))
    path = Path(county, made.matter, MONDAY)
    assert state(county, made, path.at) == "new"
    path.act("accept", "head")
    assert state(county, made, path.at) == "moving"
    path.act("partly_done", "handler", account="先修好了屋顶", next_day=MONDAY.date() + 10 * DAY)
    assert state(county, made, path.at) == "stage"
    path.act("add_evidence", "handler", files=[(made.pk, "after", "办好了")])
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="in_person")
    assert state(county, made, path.at) == "stage"
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    assert state(county, made, path.at) == "stage"  # whoever asked does not certify
    path.act("certify", "supervisor", evidence="到村里看过，老人天天来，问了三位都说好")
    assert state(county, made, path.at) == "closed"
    sought = Sought(first=MONDAY.date(), last=MONDAY.date())
    assert reads.by_standing(county.who("officer"), sought).by["closed"] == 1
    assert reads.week(county.who("officer"), MONDAY.date()).closed == 1


def closed(county: County, made: Finding) -> Path:
    path = Path(county, made.matter, MONDAY)
    path.act("accept", "head")
    path.act("add_evidence", "handler", files=[(made.pk, "after", "办好了")])
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="in_person")
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    path.act("certify", "supervisor", evidence="到村里看过，老人天天来，问了三位都说好")
    return path


def test_a_later_check_that_finds_it_back_has_it_done_anew(county: County) -> None:
    made = finding(county, topic(county))
    given = {"finding_id": made.pk, "day": MONDAY.date(), "found": "活动中心又锁上了", "law": county.law}
    with pytest.raises(Refused, match="还没有销号"):
        actions.spot_check(holds=False, by=county.who("checker"), at=MONDAY, **given)
    path = closed(county, made)
    at = path.at + 5 * DAY
    with pytest.raises(Forbidden):
        actions.spot_check(holds=False, by=county.who("handler", at), at=at, **given)
    actions.spot_check(holds=False, by=county.who("checker", at), at=at, **given)
    assert state(county, made, at) == "moving"
    assert [c.holds for c in reads.finding_file(county.who("officer"), made.pk, now=at).checks] == [False]


def test_topics_and_their_notes_show_to_their_own_people_only(county: County) -> None:
    row = topic(county)
    visit(county, row)
    assert reads.topics(county.who("clerk"))[0] == []
    with pytest.raises(reads.NotFound):
        reads.topic(county.who("clerk"), row.pk)
    assert reads.topics(county.who("leader"))[0][0].topic == row
    with pytest.raises(Forbidden):
        actions.add_note(visit_id=row.visits.get().pk, text="再记一条", by=county.who("clerk"), at=MONDAY)


def test_notes_are_numbered_within_their_topic_and_never_changed(county: County) -> None:
    row = topic(county)
    one = visit(county, row)
    made = actions.add_note(visit_id=one.pk, text="医务室没有医生", by=county.who("coordinator"), at=MONDAY)
    assert made.number == 3
    assert (
        actions.add_note(visit_id=one.pk, text="医务室没有医生", by=county.who("coordinator"), at=MONDAY).pk
        == made.pk
    )


def test_one_case_dissected_moves_the_class_and_is_rolled_out(county: County) -> None:
    row = topic(county)
    first, second = finding(county, row), finding(county, row, "b", text="老人看病要走十里路")
    by, law = county.who("coordinator"), county.law
    made = actions.dissect(
        finding_id=first.pk, title="老人没人照料", cause="年轻人外出，学校撤并", remedy="一村一处互助养老点",
        unit_id=county.units["ZJ"].pk, until=date(2026, 6, 1), by=by, at=MONDAY, law=law,
    )  # fmt: skip
    assert actions.gather(dissection_id=made.pk, finding_ids=[second.pk, first.pk], by=by, at=MONDAY) == 1
    pilot = {
        "dissection_id": made.pk,
        "area": VILLAGE,
        "day": MONDAY.date(),
        "by": by,
        "at": MONDAY,
        "law": law,
    }
    actions.open_site(name="江头试点", **pilot)
    with pytest.raises(Refused, match="试点已经有了"):
        actions.open_site(name="另一个", **pilot)
    shares = [(county.units["SQ"].pk, 2), (county.units["CG"].pk, 1)]
    assert (
        actions.roll_out(
            dissection_id=made.pk, shares=shares, until=date(2026, 5, 1), by=by, at=MONDAY, law=law
        )
        == 2
    )
    share = Rollout.objects.get(unit=county.units["SQ"])
    place = {"dissection_id": made.pk, "rollout_id": share.pk, "day": MONDAY.date(), "at": MONDAY, "law": law}
    with pytest.raises(Forbidden):
        actions.open_site(area=VILLAGE, name="石桥点", by=county.who("clerk2"), **place)
    with pytest.raises(Refused, match="不在本乡镇"):
        actions.open_site(area="431281100001", name="东门点", by=county.who("clerk"), **place)
    actions.open_site(area=VILLAGE, name="石桥点", by=county.who("clerk"), **place)
    assert task_states([made.matter_id], [share.pk])[share.pk].closed_at is None
    actions.open_site(area=OTHER, name="柳塘点", serves=40, by=county.who("clerk"), **place)
    assert task_states([made.matter_id], [share.pk])[share.pk].closed_at is not None
    with pytest.raises(Refused, match="都登记过了"):
        actions.open_site(area=OTHER, name="第三处", by=county.who("clerk"), **place)
    file = reads.class_file(county.who("officer"), made.pk, now=MONDAY)
    assert (file.count, file.planned, file.opened, file.serves) == (2, 3, 2, 40)


def test_a_statement_without_a_source_is_refused_and_the_report_names_its_sources(county: County) -> None:
    row = topic(county)
    visit(county, row)
    one = finding(county, row)
    by = county.who("coordinator")
    given = {"topic_id": row.pk, "heading": "问题", "by": by, "at": MONDAY}
    with pytest.raises(Refused, match="都要有依据"):
        actions.state(text="老人白天没人照料。", notes=[], findings=[], **given)
    notes = list(Note.objects.values_list("pk", flat=True))
    made = actions.state(text="老人白天没人照料。", notes=notes, findings=[one.pk], **given)
    assert [p.cited for p in reads.report(row.pk)] == ["[记1][记2][问1]"]
    words = "\n".join(
        p.text
        for p in Document(io.BytesIO(reads.report_docx(by, row, reads.report(row.pk), at=MONDAY))).paragraphs
    )
    assert "老人白天没人照料。[记1][记2][问1]" in words
    assert f"问1　{one.matter.number}" in words
    assert "岑大爷" not in words  # nobody who was met is named
    actions.drop_statement(topic_id=row.pk, statement_id=made.pk, by=by, at=MONDAY)
    assert reads.report(row.pk) == []


def test_the_provinces_list_comes_in_once_and_goes_out_with_its_ids(county: County) -> None:
    enterprise.save_chain(name="新能源链", by=county.who("coordinator"), at=MONDAY)
    rows = [
        [f"HN-{n}", "产业链调研", f"第{n}个问题，用电排队", "每月会商一次", "陈立新", "县住房和城乡建设局", "王股长", "2026-06-01",
         "持续推进", "石桥村", "新能源链", "葛经理", "13800001111", "2026-02-20", "", "", ""]
        for n in range(3)
    ]  # fmt: skip
    by = county.who("coordinator")
    data = book(PROBLEMS, *rows).read()
    taken = actions.import_findings(data=data, by=by, at=MONDAY, law=county.law)
    again = actions.import_findings(data=data, by=by, at=MONDAY, law=county.law)
    assert (taken.new, again.new, again.known) == (3, 0, 3)
    assert Topic.objects.get().lead == county.users["leader"]
    out = [line.finding.external_id for line in reads.whole_problems(by, Sought(), now=MONDAY)]
    assert sorted(x for x in out if x) == ["HN-0", "HN-1", "HN-2"]
    found = reads.board(by, 2026)
    assert [(bar.name, bar.all) for bar in found.chains] == [("新能源链", 3)]
    assert [(bar.name, bar.all) for bar in found.towns] == [("石桥镇", 3)]
    assert found.whole.all == 3


def test_dissections_are_one_a_problem(county: County) -> None:
    made = finding(county, topic(county))
    given = {
        "finding_id": made.pk, "title": "一类", "cause": "到处都有这个原因", "remedy": "一个管长远的办法", "at": MONDAY,
        "unit_id": county.units["ZJ"].pk, "until": date(2026, 6, 1), "by": county.who("coordinator"), "law": county.law,
    }  # fmt: skip
    one, two = actions.dissect(**given), actions.dissect(**given)
    assert one == two
    assert Dissection.objects.count() == 1
