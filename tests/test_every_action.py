"""Every action on matters writes exactly one entry, whoever calls it; a new action without a row here fails."""

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.county import MONDAY, County
from zhuoluo.kit.ids import uuid7
from zhuoluo.ledger.models import Entry
from zhuoluo.matters import actions
from zhuoluo.matters.models import (
    Commitment,
    Designation,
    Extension,
    Hearing,
    Objection,
    Obligation,
    Review,
    Settlement,
)  # fmt: skip
from zhuoluo.matters.tests import law
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.models import Unit
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import Permission

pytestmark = pytest.mark.django_db


def objected(county: County) -> Path:
    path = Path.register(county).routed()
    path.act("object_to", "handler", reason="这件事不属于本单位的职权，应由镇里办")
    return path


def extension_asked(county: County) -> Path:
    path = Path.register(county).handling()
    path.act("ask_extension", "handler", days=10, reason="需要等检测结果出来")
    return path


def helped(county: County) -> Path:
    path = Path.register(county).handling()
    path.act("invite", "handler", unit_id=path.unit("JT"), task="请核实道路权属")
    return path


def assigned(county: County) -> Path:
    path = Path.register(county)
    path.act("assign", "clerk", unit_id=path.unit("ZJ"), report_by=(path.at + timedelta(days=30)).date())
    path.act("take", "handler")
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    return path


def disputed(county: County) -> Path:
    path = Path.register(county).served()
    path.act("call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied")
    return path


def certified(county: County) -> Path:
    path = Path.register(county).served()
    path.act("certify", "checker", evidence="到现场看过，三盏灯都亮了")
    return path


def asked(county: County, *verbs: str) -> Path:
    """A review asked for and, as `verbs` say, admitted, decided."""
    path = Path.register(county).served()
    review = law.ask(path)
    if "admit" in verbs:
        law.on_review(path, "admit_review", review)
    if "decide" in verbs:
        law.on_review(path, "decide_review", review, outcome="upheld", **law.OPINION)
    return path


def review_of(path: Path) -> Any:
    return Review.objects.get(matter=path.matter).id


def heard(county: County) -> Path:
    path = Path.register(county).handling()
    path.act("plan_hearing", "handler", reason=LONG, planned=path.at + timedelta(days=3), place="镇会议室")
    return path


def hearing_of(path: Path) -> Any:
    return Hearing.objects.get(matter=path.matter).id


def overruled(county: County) -> Path:
    path = objected(county)
    objection = Objection.objects.get(matter=path.matter)
    path.at += timedelta(hours=1)
    actions.rule_on(
        objection_id=objection.id,
        uphold=False,
        ruling=LONG,
        by=county.who("clerk"),
        at=path.at,
        law=county.law,
    )
    return path


def contested(county: County) -> Path:
    path = overruled(county)
    path.act("ask_designation", "handler", reason=LONG)
    return path


def orphaned(county: County) -> Path:
    path = Path.register(county).handling()
    gone = path.at - timedelta(days=1)
    Unit.objects.filter(code="ZJ").update(until_date=gone.date(), successor=county.units["JT"])
    forget()
    return path


def simple(county: County) -> Path:
    path = Path.register(county).handling()
    path.act("simplify", "handler", ground="clear", likely_supported=True)
    return path


def final_soon(county: County) -> Path:
    """Answered so long ago that the window for a review has passed by the days the other ways are walked on."""
    path = Path.register(county, at=MONDAY - timedelta(days=45)).served()
    path.at += timedelta(days=40)
    return path


def after(verb: str, who: str, **given: Any) -> Callable[[County], Path]:
    def start(county: County) -> Path:
        path = Path.register(county)
        path.act(verb, who, **given)
        return path

    return start


def merged(county: County) -> Path:
    path = Path.register(county)
    path.act("merge", "clerk", into_id=Path.register(county).matter.id)
    return path


def supervised(county: County) -> Path:
    path = Path.register(county).handling()
    path.act("supervise", "supervisor", reason="请抓紧办理", until=(path.at + timedelta(days=3)).date())
    return path


def soon(path: Path) -> Any:
    return (path.at + timedelta(days=5)).date()


def settled(county: County) -> Path:
    path = Path.register(county).handling()
    path.act(
        "settle", "handler", kind="reconciliation", text=LONG, free_will=LONG, signed_on=path.at.date(),
        obligations=[("unit", "换好三盏路灯", soon(path))],
    )  # fmt: skip
    return path


def first_obligation(path: Path) -> Any:
    return Obligation.objects.get(settlement__matter=path.matter).id


def in_case(county: County) -> Path:
    path = Path.register(county)
    person = county.users["leader"].id
    path.act("take_case", "leader", person_id=person, plan=LONG, until=soon(path))
    return path


def tasked(county: County) -> Path:
    path = Path.register(county)
    path.act("joint_task", "leader", task_id=uuid7(), unit_id=path.unit("JT"), what=LONG, until=soon(path))
    return path


def owing(county: County) -> Path:
    path = Path.register(county)
    path.act(
        "owe_response", "coordinator", kind="contact", unit_id=path.unit("ZJ"), right=Permission.ENTERPRISE
    )
    return path


new = Path.register
LONG = "写得足够详细的一段说明文字"
# action → (how the matter got there, who acts, what is given; callables get the path)
TABLE: dict[str, tuple[Callable[[County], Path], str | None, dict[str, Any]]] = {
    "accept": (new, "clerk", {}),
    "add_evidence": (lambda c: new(c).handling(), "handler", {"files": lambda p: [(p.matter.id, "after", "修好了")]}),
    "answer_now": (lambda c: new(c, klass="inquiry"), "clerk", {"opinion": "可以在镇便民中心办理"}),
    "ask_extension": (lambda c: new(c).handling(), "handler", {"days": 5, "reason": LONG}),
    "ask_more": (new, "clerk", {"question": "请问是哪一盏灯"}),
    "assign": (new, "clerk", {"unit_id": lambda p: p.unit("ZJ"), "report_by": soon}),
    "call_back": (lambda c: new(c).served(), "caller", {"reached": True, "solved": "yes", "satisfaction": "satisfied"}),
    "certify": (lambda c: new(c).served(), "checker", {"evidence": LONG}),
    "correct": (new, "clerk", {"changes": {"title": "新的标题"}}),
    "decide_extension": (extension_asked, "head", {
        "extension_id": lambda p: Extension.objects.get(matter=p.matter).id, "grant": True, "remark": ""}),
    "decline": (new, "clerk", {"ground": "in_progress", "reason": LONG}),
    "draft": (lambda c: new(c).handling(), "handler", {"content": DRAFT}),
    "execute": (lambda c: new(c).served(), "handler", {"account": LONG}),
    "forward": (new, "clerk", {"unit_id": lambda p: p.unit("ZJ")}),
    "hand_over": (lambda c: new(c).handling(), "head", {"person_id": lambda p: p.county.users["handler2"].id}),
    "hear": (new, "clerk", {"said": "当面说明了修灯的安排", "decision": "answered"}),
    "invite": (lambda c: new(c).handling(), "handler", {"unit_id": lambda p: p.unit("JT"), "task": LONG}),
    "issue": (lambda c: _drafted(c), "head", {"draft_version": 1}),
    "keep_answer": (disputed, "checker", {"reason": LONG}),
    "lift_supervision": (supervised, "supervisor", {"reason": LONG}),
    "link": (new, "clerk", {"other_id": lambda p: new(p.county).matter.id, "kind": "related"}),
    "merge": (new, "clerk", {"into_id": lambda p: new(p.county).matter.id}),
    "new_code": (new, "clerk", {"reason": "回执丢失"}),
    "note": (new, "clerk", {"text": "已电话联系"}),
    "object_to": (lambda c: new(c).routed(), "handler", {"reason": LONG}),
    "rate": (lambda c: new(c).served(), None, {"solved": "yes", "satisfaction": "fairly"}),
    "recall": (lambda c: new(c).routed(), "clerk", {"reason": "转错了"}),
    "redirect": (new, "clerk", {"door": "arbitration", "where": "向县仲裁委员会申请仲裁"}),
    "reinstate": (after("decline", "clerk", ground="in_progress", reason=LONG), "clerk", {"reason": "理由有误"}),
    "reopen": (lambda c: new(c).served(), "checker", {"reason": LONG}),
    "report_back": (helped, "road", {"report": LONG}),
    "report_done": (assigned, "handler", {"report": LONG}),
    "rule_on": (objected, "clerk", {
        "objection_id": lambda p: Objection.objects.get(matter=p.matter).id, "uphold": True, "ruling": LONG}),
    "serve": (lambda c: new(c).answered(), "handler", {"method": "post"}),
    "supervise": (lambda c: new(c).handling(), "supervisor", {"reason": LONG, "until": soon}),
    "supplement": (new, None, {"text": "补充：还有一盏"}),
    "take": (lambda c: new(c).routed(), "handler", {}),
    "uncertify": (certified, "supervisor", {"reason": LONG}),
    "unmerge": (merged, "clerk", {"reason": "并错了"}),
    "withdraw": (new, None, {}),
    "admit_review": (asked, "reviewer", {"review_id": review_of}),
    "ask_designation": (overruled, "handler", {"reason": LONG}),
    "cancel_hearing": (heard, "handler", {"hearing_id": hearing_of, "reason": "双方和解"}),
    "close_hearing": (heard, "handler", {"hearing_id": hearing_of, "held_at": lambda p: p.at, "minutes": LONG}),
    "decide_review": (lambda c: asked(c, "admit"), "reviewer", {
        "review_id": review_of, "outcome": "upheld", **law.OPINION}),
    "designate": (contested, "officer", {
        "designation_id": lambda p: Designation.objects.get(matter=p.matter).id, "unit_id": lambda p: p.unit("JT"),
        "ruling": LONG}),
    "finalize": (final_soon, "supervisor", {"ground": "lapsed"}),
    "give_help": (new, "clerk", {"text": LONG}),
    "partly_done": (lambda c: new(c).handling(), "handler", {"account": LONG, "next_day": soon}),
    "plan_hearing": (lambda c: new(c).handling(), "handler", {
        "reason": LONG, "planned": lambda p: p.at + timedelta(days=3), "place": "镇会议室"}),
    "recuse": (lambda c: new(c).handling(), "head", {
        "person_id": lambda p: p.county.users["handler"].id, "reason": LONG}),
    "refuse_review": (asked, "reviewer", {"review_id": review_of, "ground": "not_party", "reason": LONG}),
    "request_review": (lambda c: new(c).served(), None, {"text": LONG}),
    "serve_review": (lambda c: asked(c, "admit", "decide"), "reviewer", {"review_id": review_of, "method": "post"}),
    "simplify": (lambda c: new(c).handling(), "handler", {"ground": "clear", "likely_supported": True}),
    "succeed": (orphaned, None, {}),
    "seal": (lambda county: Path.register(county).handling(), "clerk", {}),
    "to_ordinary": (simple, "handler", {"reason": LONG}),
    "withdraw_review": (asked, None, {"review_id": review_of}),
    "mediate": (new, "clerk", {"consent_of_both": True, "mediator": "石老根", "result": "agreed", "account": LONG}),
    "settle": (lambda c: new(c).handling(), "handler", {
        "kind": "reconciliation", "text": LONG, "free_will": LONG, "signed_on": lambda p: p.at.date(),
        "obligations": lambda p: [("unit", "换好三盏路灯", soon(p))]}),
    "perform": (settled, "handler", {"obligation_id": lambda p: first_obligation(p), "account": LONG}),
    "void_settlement": (settled, "handler", {
        "settlement_id": lambda p: Settlement.objects.get(matter=p.matter).id, "reason": LONG}),
    "take_case": (new, "leader", {"person_id": lambda p: p.county.users["leader"].id, "plan": LONG, "until": soon}),
    "visit_case": (in_case, "leader", {"day": lambda p: p.at.date(), "met": "诉求人和村干部", "found": LONG}),
    "end_case": (in_case, "leader", {"reason": LONG}),
    "joint_task": (new, "leader", {
        "task_id": lambda p: uuid7(), "unit_id": lambda p: p.unit("JT"), "what": LONG, "until": soon}),
    "joint_done": (tasked, "road", {
        "task_id": lambda p: Commitment.objects.get(matter=p.matter, kind="joint").subject, "account": LONG}),
    "owe_response": (new, "clerk", {
        "kind": "contact", "unit_id": lambda p: p.unit("SQ"), "right": Permission.ENTERPRISE}),
    "respond": (owing, "handler", {"kind": "contact", "words": LONG}),
    "tell_mediated": (new, "mediator", {"result": "again", "words": LONG}),
    "answer_supervision": (supervised, "handler", {"text": LONG}),
    "correct_contact": (new, "clerk", {"phone": "13899990000", "reason": LONG}),
}  # fmt: skip
# Proven elsewhere: registration (one entry a matter, test_path), importing (its own tests), re-dating (test_redate).
ELSEWHERE = {
    "register", "register_many", "redate", "import_histories", "set_categories", "finalize_lapsed", "succeed_all",
}  # fmt: skip


def _drafted(county: County) -> Path:
    path = Path.register(county).handling()
    path.act("draft", "handler", content=DRAFT)
    return path


def verbs() -> set[str]:
    """Every function of the actions' face that takes `at` is a write."""
    found = set()
    for name in actions.__all__:
        thing = getattr(actions, name)
        if inspect.isfunction(thing) and "at" in inspect.signature(thing).parameters:
            found.add(name)
    return found


def test_every_action_has_its_row() -> None:
    assert verbs() - ELSEWHERE == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_an_action_writes_exactly_one_entry(county: County, name: str) -> None:
    start, who, given = TABLE[name]
    path = start(county)
    values = {k: v(path) if callable(v) else v for k, v in given.items()}
    path.at += timedelta(hours=1)
    own_subject = "matter_id" in inspect.signature(getattr(actions, name)).parameters
    values |= {"at": path.at, "law": county.law} | ({"matter_id": path.matter.id} if own_subject else {})
    if who is not None:
        values["by"] = county.who(who, path.at)
    before = Entry.objects.count()
    getattr(actions, name)(**values)
    written = list(Entry.objects.order_by("seq")[before:])
    assert len(written) == 1
    assert written[0].subject_id == path.matter.id
    assert written[0].at == path.at


@pytest.mark.parametrize("name", sorted(TABLE))
def test_actions_take_keywords_only(name: str) -> None:
    kinds = {p.kind for p in inspect.signature(getattr(actions, name)).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
