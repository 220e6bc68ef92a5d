"""Papers of a matter: only those its facts allow, filled from what it holds; who may open them; what the raiser gets."""

from datetime import timedelta
from pathlib import Path as Folder
from typing import Any

import pytest
from django.test import Client

from tests.county import MONDAY, PASSWORD, County, build, contact
from zhuoluo.matters import actions
from zhuoluo.matters.actions import papers
from zhuoluo.matters.models import Extension
from zhuoluo.matters.reads.page import page
from zhuoluo.matters.reads.papers import NOT_YET, bases
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.tests import law
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Forbidden
from zhuoluo.papers.models import Paper
from zhuoluo.papers.rules import KINDS, from_json
from zhuoluo.residents.reads import who_saw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(tmp_path: Folder, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def made(path: Path, kind: str, who: str = "handler", **given: Any) -> Paper:
    path.at += timedelta(hours=1)
    by = path.county.who(who, path.at)
    return papers.make_paper(
        matter_id=path.matter.id, kind=kind, by=by, at=path.at, law=path.county.law, **given
    )


def words(paper: Paper) -> str:
    content = from_json(paper.content)
    rows = [word for block in content.blocks for row in block.rows for word in row]
    return "\n".join([content.organ, content.addressee, content.text, content.remedy, *rows])


def settled(path: Path, kind: str) -> Path:
    path.act(
        "settle", "handler", kind=kind, text="甲方十日内修好路灯，乙方不再提出同一请求。", signed_on=path.at.date(),
        free_will="当面读给本人听，本人说听懂了", obligations=[("unit", "修好三盏路灯", path.at.date() + timedelta(days=10))],
    )  # fmt: skip
    return path


def test_no_acceptance_before_acceptance(county: County) -> None:
    path = Path.register(county).routed()
    with pytest.raises(Refused, match="还没有受理"):
        made(path, "acceptance")
    path.act("take", "handler")
    paper = made(path, "acceptance")
    said = words(paper)
    assert "张三丰" in said
    assert path.matter.number in said
    assert "2026年3月2日" in said
    assert "2026年5月1日" in said or "2026年5月" in said  # the sixty days, as the clock reckons them


@pytest.mark.parametrize("kind", sorted(NOT_YET))
def test_what_has_not_happened_is_refused_with_its_reason(county: County, kind: str) -> None:
    path = Path.register(county)
    with pytest.raises(Refused) as refused:
        made(path, kind, "clerk")
    assert str(refused.value) == NOT_YET[kind]
    assert not Paper.objects.exists()


def walked(county: County) -> dict[str, tuple[Path, str]]:
    """A matter on which each kind of paper can be made, and who makes it."""
    found: dict[str, tuple[Path, str]] = {"receipt": (Path.register(county), "clerk")}
    path = Path.register(county)
    path.act("redirect", "clerk", door="litigation", where="请向清溪县人民法院提起诉讼")
    found["redirection"] = (path, "clerk")
    earlier = law.twice_reviewed(county)
    path = Path.register(county, at=earlier.at)
    path.act("decline", "clerk", ground="in_progress", reason="同一事项正在办理期限内")
    found["declining"] = (path, "clerk")
    path = Path.register(county, at=earlier.at)
    path.act(
        "decline", "clerk", ground="after_second_review", reason="已经复核并送达", earlier=earlier.matter.id
    )
    found["no_more"] = (path, "clerk")
    found["forwarding"] = (Path.register(county).routed(), "clerk")
    path = Path.register(county)
    path.act("assign", "clerk", unit_id=path.unit("ZJ"), report_by=(path.at + timedelta(days=30)).date())
    found["assignment"] = (path, "clerk")
    path = Path.register(county).routed()
    path.act("object_to", "handler", reason="这件事不属于本单位的职权，应由镇里办")
    found["objection"] = (path, "handler")
    path = Path.register(county).handling()
    path.act("ask_extension", "handler", days=10, reason="需要等检测结果出来")
    row = Extension.objects.get(matter=path.matter)
    path.at += timedelta(hours=1)
    actions.decide_extension(
        extension_id=row.id,
        grant=True,
        remark="同意",
        by=county.who("head", path.at),
        at=path.at,
        law=county.law,
    )
    found["extension"] = (path, "head")
    path = Path.register(county).handling()
    path.act(
        "plan_hearing",
        "handler",
        reason="重大复杂疑难，各方说法不一",
        planned=path.at + timedelta(days=3),
        place="镇会议室",
    )
    found["hearing"] = (path, "handler")
    for kind in ("mediation", "reconciliation", "settlement"):
        found[kind] = (settled(Path.register(county).handling(), kind), "handler")
    found["opinion"] = found["service"] = (Path.register(county).served(), "head")
    found["acceptance"] = (Path.register(county).handling(), "handler")
    path = Path.register(county)
    path.act("assign", "clerk", unit_id=path.unit("ZJ"), report_by=(path.at + timedelta(days=30)).date())
    path.act("take", "handler")
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("report_done", "handler", report="已经现场修复三盏路灯，拍照留存")
    found["completion"] = (path, "handler")
    for kind in (
        "review_request",
        "review_acceptance",
        "review_opinion",
        "second_request",
        "second_acceptance",
        "second_opinion",
    ):
        found[kind] = (earlier, "reviewer")
    path = Path.register(county).served()
    law.on_review(path, "refuse_review", law.ask(path), ground="not_party", reason="申请人不是原信访人")
    found["review_refusal"] = (path, "reviewer")
    path = Path.register(county).served()
    law.reviewed(path)
    law.on_review(path, "refuse_review", law.ask(path), ground="not_party", reason="申请人不是原信访人")
    found["second_refusal"] = (path, "reviewer")
    path = Path.register(county).handling()
    path.act(
        "supervise", "supervisor", reason="请抓紧办理，按期答复", until=(path.at + timedelta(days=3)).date()
    )
    found["supervision"] = (path, "supervisor")
    path = Path.register(county).served()
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied", note="灯亮了")
    found["callback"] = (path, "caller")
    return found


def test_every_kind_is_made_from_the_facts_and_can_be_issued(county: County) -> None:
    found = walked(county)
    assert set(found) | {"designation", "reception"} == set(KINDS)
    for kind, (path, who) in found.items():
        paper = made(path, kind, who)
        said = words(paper)
        assert path.matter.number in said, kind
        assert "None" not in said, kind
        if KINDS[kind].to_raiser:
            assert "张三丰" in said, kind
        path.at += timedelta(hours=1)
        done = papers.issue_paper(
            matter_id=path.matter.id, paper_id=paper.id, by=county.who(who, path.at), at=path.at
        )
        assert done.state == "issued", kind


def test_the_opinion_has_its_four_parts_and_the_remedy(county: County) -> None:
    path = Path.register(county).served()
    paper = made(path, "opinion", "head")
    said = words(paper)
    for part in (
        "投诉请求",
        "事实和理由",
        "处理意见",
        "法律法规依据",
        "现场看过，三盏路灯不亮",
        "十日内修复",
        "城市照明管理规定",
    ):
        assert part in said
    assert "30日内，向县政府复查复核办公室" in said


def test_making_is_one_entry_and_a_recorded_look_at_identity(county: County) -> None:
    path = Path.register(county).handling()
    paper = made(path, "acceptance")
    assert made(path, "acceptance").id == paper.id
    looks, _more = who_saw(path.matter.id)
    assert any(look.kind == "unmasked" and "受理告知书" in look.reason for look in looks)


def test_only_who_takes_part_and_may_see_identity(county: County) -> None:
    path = Path.register(county).handling()
    for who in ("road", "clerk2", "leader", "auditor"):
        with pytest.raises(Forbidden):
            made(path, "acceptance", who)
    about = Path.register(county, about_units=(county.units["ZJ"].id,))
    with pytest.raises(Forbidden):
        made(about, "receipt", "head")


def test_a_paper_whose_fact_is_gone_is_not_issued(county: County) -> None:
    path = Path.register(county)
    path.act("redirect", "clerk", door="litigation", where="请向清溪县人民法院提起诉讼")
    paper = made(path, "redirection", "town_head")
    path.act("reinstate", "clerk", reason="告知错了")
    with pytest.raises(Refused, match="事实已经变了"):
        papers.issue_paper(
            matter_id=path.matter.id, paper_id=paper.id, by=county.who("town_head", path.at), at=path.at
        )


def test_what_is_due_goes_when_it_is_made_and_comes_back_when_void(county: County) -> None:
    path = Path.register(county).handling()
    assert {"acceptance", "receipt", "forwarding"} == {b.kind for b in bases(page(path.matter, now=path.at))}


@pytest.fixture
def desk(db: None, client: Client) -> tuple[County, Path, Client]:
    county = build(PASSWORD)
    path = Path.register(county, contact=contact(name="张䶮㛃")).handling()
    client.force_login(county.users["handler"], backend="django.contrib.auth.backends.ModelBackend")
    return county, path, client


def test_the_pages_make_change_issue_serve_and_hand_out_marked_copies(
    desk: tuple[County, Path, Client],
) -> None:
    _county, path, client = desk
    base = f"/desk/m/{path.matter.number}/papers/"
    assert "信访事项受理告知书" in client.get(base).content.decode()
    answer = client.post(f"{base}make/", {"kind": "acceptance"})
    assert answer.status_code == 302
    url = answer.headers["Location"]
    assert "张䶮㛃" in client.get(url).content.decode()
    assert client.post(url, {"part": "text", "text": "请带身份证来。", "version": "1"}).status_code == 302
    assert client.post(url, {"part": "issue", "version": "1"}).status_code == 409  # changed meanwhile
    assert client.post(url, {"part": "issue", "version": "2"}).status_code == 302
    paper = Paper.objects.get()
    assert paper.number
    pdf = client.get(f"{url}pdf/")
    assert pdf.content[:5] == b"%PDF-"
    assert client.get(f"{url}docx/").content[:2] == b"PK"
    day = paper.issued_at.astimezone(SHANGHAI).date().isoformat() if paper.issued_at else ""
    given = {"part": "serve", "method": "post", "recipient": "raiser", "on": day}
    assert client.post(url, {**given, "method": ""}).status_code == 422
    assert client.post(url, given).status_code == 302
    assert client.post(url, {"part": "void", "reason": ""}).status_code == 422
    refused = client.post(f"{base}make/", {"kind": "opinion"})
    assert refused.status_code == 409
    assert "还没有签发" in refused.content.decode()


def test_nobody_without_a_part_finds_a_paper(desk: tuple[County, Path, Client]) -> None:
    county, path, client = desk
    paper = made(path, "acceptance")
    url = f"/desk/m/{path.matter.number}/papers/{paper.id}/"
    for who, status in (("road", 404), ("auditor", 403), ("leader", 403), ("handler", 200)):
        client.force_login(county.users[who], backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(url).status_code == status, who
        assert client.get(f"{url}pdf/").status_code == status, who
    other = Path.register(county, at=MONDAY).handling()
    client.force_login(county.users["handler"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/desk/m/{other.matter.number}/papers/{paper.id}/").status_code == 404
