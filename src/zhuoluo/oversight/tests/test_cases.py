"""Taking responsibility: the list, the four boxes, who certifies, the counts kept apart."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.county import County
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters.reads import NotFound
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.rules import Forbidden
from zhuoluo.oversight import actions, reads, tasks
from zhuoluo.oversight.models import Case, Listed
from zhuoluo.oversight.rules import BOXES, Box

pytestmark = pytest.mark.django_db
PLAN = "摸清情况、讲清道理、协调资金、签好协议"
FULL = [
    Box("solve", True, "路灯全部换新", "夜里去看过，三盏都亮"), Box("explain", False, "诉求合理，不需要"),
    Box("help", True, "联系了临时救助", "救助金发放单"), Box("lawful", False, "没有违法行为"),
]  # fmt: skip


def take(path: Path, by: str = "leader", **more: Any) -> Case:
    path.at += timedelta(hours=1)
    given = {
        "matter_id": path.matter.id, "leader_id": path.county.users["leader"].id, "plan": PLAN, "source": "list",
        "until": (path.at + timedelta(days=60)).date(),
    }  # fmt: skip
    return actions.take(by=path.county.who(by, path.at), at=path.at, law=path.county.law, **given | more)


def forwarded(path: Path) -> Case:
    case = take(path)
    by = path.county.who("leader", path.at)
    actions.fill_boxes(case_id=case.id, boxes=FULL, by=by, at=path.at)
    return actions.put_forward(case_id=case.id, by=by, at=path.at)


def certify(path: Path, case: Case, who: str) -> None:
    path.at += timedelta(hours=1)
    actions.certify(
        case_id=case.id, evidence="到现场看过，三盏灯都亮了", by=path.county.who(who, path.at), at=path.at,
        law=path.county.law,
    )  # fmt: skip


def test_a_list_is_put_up_once_however_often_it_is_sent(county: County) -> None:
    ids = [Path.register(county).matter.id for _ in range(3)]
    by, at = county.who("officer"), Path.register(county).at
    before = ledger.last()
    assert actions.list_cases(matter_ids=ids, source="2026年积案", by=by, at=at) == 3
    assert actions.list_cases(matter_ids=ids, source="2026年积案", by=by, at=at) == 0
    assert ledger.last() == before + 1
    with pytest.raises(Forbidden):
        actions.list_cases(matter_ids=ids, source="2026年积案", by=county.who("clerk"), at=at)


def test_taking_and_ending_write_one_entry_each(county: County) -> None:
    path = Path.register(county)
    before = ledger.last()
    case = take(path)
    assert ledger.last() == before + 1
    actions.end(
        case_id=case.id,
        reason="换分管领导来包",
        by=county.who("leader"),
        at=path.at + timedelta(hours=1),
        law=county.law,
    )
    assert ledger.last() == before + 2
    take(path)


def test_only_with_four_boxes_a_case_is_put_forward(county: County) -> None:
    path = Path.register(county).served()
    case = take(path)
    by = county.who("leader", path.at)
    with pytest.raises(Refused, match="还没有写"):
        actions.put_forward(case_id=case.id, by=by, at=path.at)
    actions.fill_boxes(case_id=case.id, boxes=FULL[:3], by=by, at=path.at)
    with pytest.raises(Refused, match="行为违法"):
        actions.put_forward(case_id=case.id, by=by, at=path.at)
    none = [Box(key, False, "这一项用不上") for key in BOXES]
    actions.fill_boxes(case_id=case.id, boxes=none, by=by, at=path.at)
    with pytest.raises(Refused, match="至少有一项"):
        actions.put_forward(case_id=case.id, by=by, at=path.at)


@pytest.mark.parametrize(
    "box", [Box("solve", True, "换新了"), Box("solve", True, "路灯全部换新"), Box("solve", False, "")]
)
def test_a_box_without_words_or_evidence_is_refused(county: County, box: Box) -> None:
    path = Path.register(county)
    case = take(path)
    with pytest.raises(Refused):
        actions.fill_boxes(case_id=case.id, boxes=[box], by=county.who("leader", path.at), at=path.at)


def test_certified_only_when_put_forward_and_by_somebody_apart(county: County) -> None:
    path = Path.register(county).served()
    case = take(path)
    with pytest.raises(Refused, match="提请认定"):
        certify(path, case, "checker")
    by = county.who("leader", path.at)
    actions.fill_boxes(case_id=case.id, boxes=FULL, by=by, at=path.at)
    actions.put_forward(case_id=case.id, by=by, at=path.at)
    for who in ("handler", "leader"):
        with pytest.raises((Refused, Forbidden)):
            certify(path, case, who)
    certify(path, case, "checker")
    assert "resolved" in reads.case_file(county.who("checker"), case.id, now=path.at).marks


def test_changing_a_box_takes_the_putting_forward_back(county: County) -> None:
    path = Path.register(county).served()
    case = forwarded(path)
    actions.fill_boxes(case_id=case.id, boxes=FULL[:1], by=county.who("leader", path.at), at=path.at)
    case.refresh_from_db()
    assert case.forward_at is None


def test_the_board_keeps_its_counts_apart(county: County) -> None:
    paths = [Path.register(county).served() for _ in range(5)]
    for path in paths[:2]:
        path.act(
            "settle", "handler", kind="settlement", text="修好路灯，双方不再争吵", free_will="当面念过全文",
            signed_on=path.at.date(), nothing_owed=True,
        )  # fmt: skip
    at = max(path.at for path in paths)
    actions.list_cases(
        matter_ids=[p.matter.id for p in paths], source="积案", by=county.who("officer", at), at=at
    )
    certify(paths[0], forwarded(paths[0]), "checker")
    forwarded(paths[2])
    take(paths[3])
    board = reads.board(county.who("leader"))
    assert (board.listed, board.held, board.forward, board.certified) == (5, 3, 1, 1)
    assert (board.settled, board.signed, board.free) == (2, 1, 2)
    assert board.share == "20.0%"
    for state, number in (
        ("all", 5),
        ("held", 3),
        ("forward", 1),
        ("certified", 1),
        ("signed", 1),
        ("free", 2),
    ):
        assert len(reads.listed(county.who("leader"), state, now=at).rows) == number, state


def test_who_is_complained_of_never_sees_the_case(county: County) -> None:
    path = Path.register(county, about_units=(county.units["DC"].id,)).handling()
    at = path.at
    actions.list_cases(matter_ids=[path.matter.id], source="积案", by=county.who("officer", at), at=at)
    case = take(path)
    dc = county.who("supervisor")
    assert not reads.listed(dc, "all", now=path.at).rows
    assert reads.board(dc).listed == 0
    assert not reads.cases_of(dc, None, now=path.at).rows
    with pytest.raises(NotFound):
        reads.case_file(dc, case.id, now=path.at)


def test_a_case_taken_at_a_reception_gets_its_file(county: County) -> None:
    path = Path.register(county)
    until = (path.at + timedelta(days=20)).date()
    path.act("take_case", "leader", person_id=county.users["leader"].id, plan=PLAN, until=until)
    while tasks.follow(now=path.at + timedelta(hours=2)):
        pass
    assert (Case.objects.get().until, Case.objects.get().source) == (until, "reception")
    path.act("end_case", "leader", reason="换分管领导来包")
    while tasks.follow(now=path.at + timedelta(hours=2)):
        pass
    assert Case.objects.get().ended_at == path.at


def test_struck_from_the_list_it_no_longer_counts(county: County) -> None:
    path = Path.register(county)
    by = county.who("officer", path.at)
    actions.list_cases(matter_ids=[path.matter.id], source="积案", by=by, at=path.at)
    actions.strike(listed_id=Listed.objects.get().id, reason="不是信访事项", by=by, at=path.at)
    assert reads.board(by).listed == 0
    assert actions.list_cases(matter_ids=[path.matter.id], source="积案", by=by, at=path.at) == 1


def test_whoever_keeps_the_list_strikes_a_wrong_row_on_its_page_with_the_reason(
    county: County, client: Client
) -> None:
    path = Path.register(county)
    by = county.who("officer", path.at)
    actions.list_cases(matter_ids=[path.matter.id], source="积案", by=by, at=path.at)
    row = Listed.objects.get()
    page = reverse("oversight:strike", args=[row.id])
    client.force_login(county.users["officer"], backend="django.contrib.auth.backends.ModelBackend")
    assert page in client.get(reverse("oversight:home")).content.decode()
    again = client.post(page, {"reason": "列错"})
    assert again.status_code == 409
    assert "请写明为什么不属于积案" in again.content.decode()
    assert client.post(page, {"reason": "这是咨询，不是积案"}).status_code == 302
    row.refresh_from_db()
    assert (row.reason, client.get(page).status_code) == ("这是咨询，不是积案", 404)
