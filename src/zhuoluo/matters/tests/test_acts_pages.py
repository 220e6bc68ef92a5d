"""Every act through its page: done, and refused with everything typed still there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from zhuoluo.kit.ids import uuid7
from zhuoluo.matters.models import Commitment, Matter, Obligation, Settlement
from zhuoluo.matters.tests.desk import Desk, photo, said, verbs
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.matters.tests.path_acts import PATH_HAPPY, PATH_REFUSED
from zhuoluo.matters.views.table import ACTS
from zhuoluo.org.rules import Permission

pytestmark = pytest.mark.django_db
Steps = Callable[[Path], Any]
Given = Callable[[Path], dict[str, Any]]


def _inquiry(path: Path) -> None:
    Matter.objects.filter(pk=path.matter.pk).update(klass="inquiry")


def _objected(path: Path) -> None:
    path.routed().act("object_to", "handler", reason="路灯归县交通运输局管，依据是2019年分工文件")


def _asked_to_help(path: Path) -> None:
    path.handling().act("invite", "handler", unit_id=path.unit("JT"), task="请提供移交记录")


def _assigned(path: Path) -> None:
    path.act("assign", "clerk", unit_id=path.unit("ZJ"), report_by=(path.at + timedelta(days=30)).date())
    path.act("take", "handler")
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)


def _unhappy(path: Path) -> None:
    path.served().act("call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied")


def _certified(path: Path) -> None:
    path.served().act("certify", "checker", evidence="到现场看过，三盏灯都亮，村民在场确认")


def _supervised(path: Path) -> None:
    path.act("supervise", "supervisor", reason="群众反映强烈", until=(path.at + timedelta(days=9)).date())


def _waiting(path: Path) -> None:
    path.handling().act("ask_extension", "handler", days=10, reason="材料采购需要时间")


def _draft(path: Path) -> None:
    path.handling().act("draft", "handler", content=DRAFT)


def _declined(path: Path) -> None:
    path.act("decline", "clerk", ground="in_progress", reason="县里已经在办")


def _merged(path: Path) -> None:
    other = Path.register(path.county, at=path.at)
    path.act("merge", "clerk", into_id=other.matter.id)


def _other(path: Path) -> str:
    return Path.register(path.county, at=path.at).matter.number


def _compared(path: Path) -> dict[str, Any]:
    number = _other(path)
    return {"other": number, "seen": number, "kind": "earlier", "note": "同一处路灯"}


def _unit(path: Path) -> dict[str, Any]:
    return {"unit": "交通运输局", "note": "请查看"}


def _day(path: Path, days: int = 20) -> str:
    return (path.at + timedelta(days=days)).date().isoformat()


def _nothing(path: Path) -> None:
    return None


def _settled(path: Path) -> None:
    path.handling()
    day = (path.at + timedelta(days=9)).date()
    path.act(
        "settle", "handler", kind="settlement", text="住建局修好三盏路灯，双方不再争吵", free_will="当面念过全文",
        signed_on=path.at.date(), obligations=[("unit", "修好三盏路灯", day)],
    )  # fmt: skip


def _owed(path: Path) -> str:
    return str(Obligation.objects.get(settlement__matter=path.matter).id)


def _tasked(path: Path) -> None:
    until = (path.at + timedelta(days=9)).date()
    path.act(
        "joint_task", "leader", task_id=uuid7(), unit_id=path.unit("JT"), what="核实道路权属", until=until
    )


def _owing(path: Path) -> None:
    path.act(
        "owe_response", "coordinator", kind="contact", unit_id=path.unit("ZJ"), right=Permission.ENTERPRISE
    )


def _task(path: Path) -> str:
    return str(Commitment.objects.get(matter=path.matter, kind="joint").subject)


def _handled_supervised(path: Path) -> None:
    path.handling()
    _supervised(path)


# name: (how it came there, who, what is typed, verb of the entry)
HAPPY: dict[str, tuple[Steps, str, Given, str]] = {
    "accept": (_nothing, "clerk", lambda p: {"note": "由综治办办理"}, "accept"),
    "take": (lambda p: p.routed(), "handler", lambda p: {}, "take"),
    "forward": (_nothing, "clerk", _unit, "forward"),
    "assign": (_nothing, "clerk", lambda p: _unit(p) | {"report_by": _day(p)}, "assign"),
    "answer_now": (_inquiry, "clerk", lambda p: {"outcome": "explained", "opinion": "可以申请"}, "answer_now"),
    "rule": (_objected, "clerk", lambda p: {"uphold": "yes", "ruling": "分工文件属实"}, "uphold_objection"),
    "object": (lambda p: p.routed(), "handler", lambda p: {"reason": "路灯归县交通运输局管，附分工文件"}, "object"),
    "draft": (lambda p: p.handling(), "handler", lambda p: {"opinion": "十日内修复", "draft_version": 0}, "draft"),
    "issue": (_draft, "head", lambda p: {"draft_version": 1}, "issue"),
    "serve": (lambda p: p.answered(), "handler", lambda p: {"method": "post", "proof": photo("签收.jpg")}, "serve"),
    "execute": (
        lambda p: p.served(), "handler", lambda p: {"account": "三盏路灯已经修好", "after": photo()}, "execute",
    ),
    "report_back": (_asked_to_help, "road", lambda p: {"report": "移交记录已附"}, "report_back"),
    "report_done": (_assigned, "handler", lambda p: {"report": "三盏路灯已经修好，答复已签发"}, "report_done"),
    "call_back": (lambda p: p.served(), "caller", lambda p: {"reached": "no"}, "call_back"),
    "reopen": (_unhappy, "checker", lambda p: {"reason": "确有四盏没修"}, "reopen"),
    "keep_answer": (_unhappy, "checker", lambda p: {"reason": "到现场看过，三盏灯都亮，答复属实"}, "keep_answer"),
    "certify": (lambda p: p.served(), "checker", lambda p: {"evidence": "到现场看过，三盏灯都亮"}, "certify"),
    "decide_extension": (_waiting, "head", lambda p: {"grant": "yes"}, "grant_extension"),
    "hand_over": (
        lambda p: p.handling(), "handler", lambda p: {"person": str(p.county.users["handler2"].id)}, "hand_over",
    ),
    "add_evidence": (
        lambda p: p.handling(), "handler",
        lambda p: {"before": photo("前.jpg"), "before_caption": "修之前", "after": [photo("后1.jpg"), photo("后2.jpg", "#999")]},
        "add_evidence",
    ),
    "ask_extension": (lambda p: p.handling(), "handler", lambda p: {"days": "10", "reason": "采购需要时间"}, "ask_extension"),
    "invite": (lambda p: p.handling(), "handler", lambda p: {"unit": "生态环境", "task": "请看看水质"}, "invite"),
    "recall": (lambda p: p.routed(), "clerk", lambda p: {"reason": "转错了"}, "recall"),
    "ask_more": (_nothing, "clerk", lambda p: {"question": "是哪几盏灯？"}, "ask_more"),
    "supplement": (_nothing, "clerk", lambda p: {"text": "来电说又坏了一盏", "given": photo()}, "supplement"),
    "merge": (_nothing, "clerk", _compared, "merge"),
    "redirect": (_nothing, "clerk", lambda p: {"door": "arbitration", "where": "县劳动仲裁委，朝阳路8号"}, "redirect"),
    "decline": (_nothing, "clerk", lambda p: {"ground": "in_progress", "reason": "县里已经在办"}, "decline"),
    "reinstate": (_declined, "clerk", lambda p: {"reason": "查错了"}, "reinstate"),
    "unmerge": (_merged, "clerk", lambda p: {"reason": "不是同一处"}, "unmerge"),
    "supervise": (_nothing, "supervisor", lambda p: {"until": _day(p), "reason": "群众反映强烈"}, "supervise"),
    "lift": (_supervised, "supervisor", lambda p: {"reason": "已经办好，看过了"}, "lift_supervision"),
    "uncertify": (_certified, "supervisor", lambda p: {"reason": "又坏了一盏"}, "uncertify"),
    "note": (_nothing, "clerk", lambda p: {"text": "已经联系村里"}, "note"),
    "link": (_nothing, "clerk", _compared, "link"),
    "correct": (
        _nothing, "clerk",
        lambda p: {"title": "路灯不亮", "klass": "claim", "area": "431281101001", "place": "三组"}, "correct",
    ),
    "new_code": (_nothing, "clerk", lambda p: {"reason": "本人到窗口说丢了"}, "new_code"),
    "mediate": (
        _nothing, "clerk",
        lambda p: {"consent_of_both": "on", "mediator": "石老根", "result": "agreed", "account": "两家当面谈妥"}, "mediate",
    ),
    "settle": (
        lambda p: p.handling(), "handler",
        lambda p: {
            "kind": "settlement", "text": "住建局修好三盏路灯，双方不再争吵", "signed_on": _day(p, 0),
            "free_will": "村委会当面念过全文", "side1": "unit", "what1": "修好路灯", "until1": _day(p), "sheet": photo(),
        },
        "settle",
    ),
    "perform": (_settled, "handler", lambda p: {"obligation": _owed(p), "account": "三盏灯都亮了"}, "perform"),
    "void_settlement": (
        _settled, "handler",
        lambda p: {"settlement": str(Settlement.objects.get(matter=p.matter).id), "reason": "当事人没有听懂"},
        "void_settlement",
    ),
    "joint_done": (_tasked, "road", lambda p: {"task": _task(p), "account": "道路权属已经核实"}, "joint_done"),
    "respond": (_owing, "handler", lambda p: {"kind": "contact", "words": "明天上午上门，先看缺口"}, "respond"),
    "answer_supervision": (
        _handled_supervised, "handler", lambda p: {"text": "采纳建议，本周五前更换线缆"}, "answer_supervision",
    ),
    "correct_contact": (
        _nothing, "clerk", lambda p: {"phone": "13899990000", "reason": "本人到窗口说换了号码"}, "correct_contact",
    ),
} | PATH_HAPPY  # fmt: skip


def test_every_act_of_the_table_is_tried_here() -> None:
    assert set(HAPPY) == set(ACTS)


@pytest.mark.parametrize("name", sorted(HAPPY))
def test_an_act_is_shown_and_done_through_its_page(desk: Desk, name: str) -> None:
    prepare, who, given, verb = HAPPY[name]
    path = desk.path()
    prepare(path)
    desk.after(path)
    before = verbs(path)
    form = desk.open(who, path, name)
    assert form.status_code == 200, said(form)
    done = desk.press(who, path, name, **given(path))
    assert done.status_code == (200 if name == "new_code" else 302), said(done)
    assert verbs(path) == [*before, verb]
    if done.status_code == 302:
        page = desk.client(who).get(done["Location"])
        assert page.status_code in {200, 404}  # whoever sends a matter on may lose sight of it
        if page.status_code == 200:
            assert str(ACTS[name].done) in said(page)


# name: (how it came there, who, what is typed, what is said)
REFUSED: dict[str, tuple[Steps, str, Given, str]] = {
    "accept": (lambda p: p.routed(), "clerk", lambda p: {"note": "已经写好的话"}, "不能这样办理"),
    "take": (_objected, "handler", lambda p: {"note": "已经写好的话"}, "退回异议还没有裁定"),
    "forward": (_nothing, "clerk", lambda p: {"unit": "没有这个局", "note": "已经写好的话"}, "没有找到"),
    "assign": (_nothing, "clerk", lambda p: {"unit": "交通运输局", "report_by": "2026-01-01", "note": "已经写好的话"}, "期限不能早于今天"),
    "answer_now": (_nothing, "clerk", lambda p: {"outcome": "explained", "opinion": "已经写好的话"}, "只有咨询求助"),
    "rule": (_objected, "clerk", lambda p: {"uphold": "no", "ruling": "短"}, "请写明裁定理由"),
    "object": (lambda p: p.routed(), "handler", lambda p: {"reason": "不归我们"}, "请详细写明"),
    "issue": (_draft, "head", lambda p: {"draft_version": 7}, "草稿刚被修改"),
    "serve": (
        lambda p: p.answered(), "handler",
        lambda p: {"method": "post", "served_at": "2026-01-01T08:00", "note": "已经写好的话"}, "送达时间应在签发之后",
    ),
    "execute": (lambda p: p.served(), "handler", lambda p: {"account": "好了"}, "请写明怎样落实的"),
    "report_back": (_asked_to_help, "road", lambda p: {"report": "无"}, "请写明协办情况"),
    "report_done": (_assigned, "handler", lambda p: {"report": "办好了"}, "请写明办理过程和结果"),
    "call_back": (lambda p: p.served(), "caller", lambda p: {"reached": "yes", "note": "已经写好的话"}, "请按原话选择是否解决"),
    "reopen": (_unhappy, "checker", lambda p: {"reason": "没修"}, "请写明重新办理的理由"),
    "keep_answer": (_unhappy, "checker", lambda p: {"reason": "属实"}, "请写明复核了什么"),
    "certify": (_unhappy, "checker", lambda p: {"evidence": "到现场看过，三盏灯都亮"}, "诉求人表示没有解决"),
    "hand_over": (
        lambda p: p.handling(), "handler",
        lambda p: {"person": str(p.county.users["road"].id), "note": "已经写好的话"}, "已经写好的话",
    ),
    "add_evidence": (lambda p: p.handling(), "handler", lambda p: {"note": "已经写好的话"}, "请选择要添加的材料"),
    "ask_extension": (lambda p: p.handling(), "handler", lambda p: {"days": "31", "reason": "已经写好的话"}, "已经写好的话"),
    "invite": (lambda p: p.handling(), "handler", lambda p: {"unit": "生态环境", "task": "看看"}, "请写明需要对方做什么"),
    "ask_more": (_nothing, "clerk", lambda p: {"question": "哪盏"}, "请写明需要补充什么"),
    "merge": (_nothing, "clerk", lambda p: {"other": "QX260302-0001-0", "note": "已经写好的话"}, "没有找到这件事项"),
    "link": (_nothing, "clerk", lambda p: {"other": p.matter.number, "kind": "related"}, "这就是现在这一件"),
    "redirect": (_nothing, "clerk", lambda p: {"door": "arbitration", "where": "那边"}, "请写明向哪个机关"),
    "decline": (_nothing, "clerk", lambda p: {"reason": "已经写好的话"}, "请选择法定的不予受理理由"),
    "supervise": (_nothing, "supervisor", lambda p: {"until": "2026-01-01", "reason": "已经写好的话很久"}, "期限不能早于今天"),
    "correct": (_nothing, "clerk", lambda p: {"title": p.matter.title, "klass": "claim", "area": "431281101001"}, "没有改动"),
    "new_code": (_nothing, "clerk", lambda p: {"reason": ""}, "请写明更换查询码的理由"),
} | PATH_REFUSED  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refused_act_changes_nothing_and_loses_nothing_typed(desk: Desk, name: str) -> None:
    prepare, who, given, sentence = REFUSED[name]
    path = desk.path()
    prepare(path)
    desk.after(path)
    before = verbs(path)
    data = given(path)
    answer = desk.press(who, path, name, **data)
    assert answer.status_code in {403, 409, 422}, answer.status_code
    assert sentence in said(answer)
    for value in data.values():
        assert str(value) in said(answer)
    assert verbs(path) == before
