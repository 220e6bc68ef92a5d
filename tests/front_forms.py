"""What is typed into the forms of the fronts, and where those stand that the scene alone does not show."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.fronts import COMPANY, HOUR, SHEETS, VILLAGE, ZJ, code, day, finding, who
from tests.scene import BACKEND, Browser, Scene
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.enterprise.models import Step
from zhuoluo.matters import actions as matters
from zhuoluo.onsite import actions as onsite
from zhuoluo.onsite.actions import Decided
from zhuoluo.onsite.models import Item
from zhuoluo.research.models import Note
from zhuoluo.village import actions as village

TODAY, LATER = "2026-03-05", "2026-04-20"
Says = Callable[[Scene], dict[str, Any]]


def _said(**given: Any) -> Says:
    return lambda made: given


def _file(key: str) -> Says:
    return lambda made: {"file": SHEETS[key]()}


FORMS: dict[str, Says] = {
    **{key: _file(key) for key in SHEETS},
    "enterprise:new": lambda made: {"firm": "澳优乳业公司", "code": code(901), "area": "石桥村", "name": "吴经理", "phone": "13800002222"},
    "enterprise:change": _said(makes="改成做乳品", code=code(1)),
    "enterprise:liaison": _said(user="刘芳"),
    "enterprise:chains": _said(name="文旅产业链", head="陈立新"),
    "enterprise:visit": _said(day=TODAY),
    "enterprise:need": _said(unit="县交通运输局", phone="13800009999"),
    "enterprise:project-new": _said(name="二期厂房", unit=ZJ, aim="30", first_day="2026-03-02", phone="13800009999"),
    "enterprise:step": _said(name="办消防验收", unit="县交通运输局", workdays="3", since=TODAY),
    "enterprise:step-end": _said(until=TODAY),
    "enterprise:finish": _said(last_day=TODAY),
    "research:new": _said(title="夜经济怎么办", lead="陈立新", unit="石桥镇", from_day="2026-03-02", until_day=LATER),
    "research:change": _said(title="农村养老，再看一遍"),
    "research:visit-new": _said(day=TODAY, who="谢明", area="柳塘村", place="村部", note="老人多"),
    "research:finding-new": _said(unit=ZJ, lead="陈立新", person="王股长", until=LATER),
    "research:reword": _said(measure="改成每村一处，先修屋顶"),
    "research:check": _said(day=TODAY, holds="no"),
    "research:dissect": _said(unit=ZJ, until=LATER, title="老人没人照料"),
    "research:gather": lambda made: {"findings": [str(finding(made, "form").pk)]},
    "research:roll-out": lambda made: {"until": LATER, f"n_{made.county.units['YL'].pk.hex}": "2"},
    "research:site-new": _said(area="石桥村", name="石桥养老点", day=TODAY, serves="20"),
    "research:statement-new": lambda made: {"heading": "办法", "sources": [_note(made)]},
    "research:statement": lambda made: {"text": "改了一句，依据不变。", "sources": [_note(made)]},
    "onsite:series": _said(name="现场办公会", lists="four"),
    "onsite:series-change": _said(name="企业家日（改）", lists="results"),
    "onsite:new": lambda made: {
        "series": str(made.fronts["series"]), "day": LATER, "starts": "09:00", "ends": "11:00", "chair": "陈立新", "unit": "县委办公室",
        "place": "先导公司", "area": "石桥镇", "number": "",
    },
    "onsite:change": _said(place="换个地方", starts="09:00", ends="11:00"),
    "onsite:agenda": lambda made: {"numbers": made.matters["other"].number},
    "onsite:spot": _said(unit=ZJ, who="先导公司", phone="13800001111", address="石桥工业园"),
    "onsite:decide": lambda made: {
        **{f"{name}{n}": "" for name in ("what", "until") for n in (2, 3, 4)}, "unit1": "县交通运输局", "what1": "一周内把路修好",
        "person1": "何平", "until1": LATER, "agreed1": "吴局长",
    },
    "duty:rule-new": lambda made: {
        "name": "云岭乡夜宿", "unit": str(made.county.units["YL"].pk), "people": [str(made.county.users["leader"].pk)],
        "seats": "1", "place": "云岭值班室",
    },
    "duty:rule": lambda made: {"name": "改名", "people": [str(made.county.users["leader"].pk)]},
    "duty:change": lambda made: {"people": [str(made.county.users["town_head"].pk)], "reason": "去县里开会"},
    "duty:cancel": _said(reason="当晚有汛情，人都在堤上"),
    "duty:hand-over": _said(taken_by="白班李梅"),
    "duty:identity": _said(why="电话问清楚位置"),
    "enterprise:identity": _said(why="约上门时间"),
    "research:identity": _said(why="再问一句"),
    "onsite:cancel": _said(reason="改到下周"),
    "village:back": _said(reason="是我家亲戚"),
    "duty:plan": _said(month="2026-04"),
    "duty:household": _said(name="周大娘", area="石桥村", address="3组"),
    "duty:raise": _said(name="周大娘", address="石桥村3组", household=""),
    "village:list": _said(user="石老根", area="柳塘村", consented_on="2026-03-02", agreed="on"),
    "village:give": lambda made: {"number": made.matters["own"].number, "mediator": "石老根"},
    "village:begin": _said(text="两家为宅基地吵", name="周大娘", address="石桥村3组"),
    "village:quarrel": _said(said="又谈了一次", result="again"),
}  # fmt: skip


def _note(made: Scene) -> str:
    return str(Note.objects.filter(topic_id=made.fronts["topic"]).earliest("number").pk)


def _browser(made: Scene, name: str) -> Browser:
    client = Browser()
    client.force_login(made.county.users[name], backend=BACKEND)
    client.get("/staff/password/")
    return client


def _finishing(made: Scene) -> tuple[Browser, str]:
    """A project whose steps are all done."""
    firm, at, law = made.fronts["firm"], made.now - 5 * HOUR, made.county.law
    by = who(made, "coordinator")
    row = enterprise.begin_project(
        firm_id=firm, name="三期", plan="other", first_day=made.now.date(), aim=9, unit_id=made.county.units["ZJ"].pk,
        key="finishing", by=by, at=made.now, law=law,
    )  # fmt: skip
    step = enterprise.begin_step(
        project_id=row.pk, name="备案", since=made.now.date(), by=by, at=made.now, law=law
    )
    enterprise.end_step(
        step_id=step.pk, until=made.now.date(), account="立项备案已经办好", by=by, at=made.now, law=law
    )
    assert Step.objects.filter(project=row, until__isnull=False).count() == 1
    assert at < made.now
    return _browser(made, "coordinator"), reverse("enterprise:finish", args=[row.pk])


def _place(made: Scene) -> tuple[Browser, str]:
    """A township's share of the fix."""
    url = reverse("research:site-new", args=[made.fronts["dissection"]])
    return _browser(made, "clerk"), f"{url}?of={made.fronts['rollout']}"


def _closing(made: Scene) -> tuple[Browser, str]:
    """A day whose only matter was withdrawn: nothing is left to be done."""
    row = day(made, made.now - timedelta(days=1), 77)
    by, at, law = who(made, "coordinator"), made.now - 20 * HOUR, made.county.law
    raised = onsite.raise_item(
        day_id=row.pk, klass="claim", text="自己撤回的一件事", contact=COMPANY, unit_id=made.county.units["ZJ"].pk, key="closing",
        by=by, at=at, law=law,
    )  # fmt: skip
    one = Decided(made.county.units["ZJ"].pk, "一周内看一看", "王股长", made.now.date(), "孙局长")
    onsite.decide(
        item_id=Item.objects.get(matter_id=raised.matter.pk).pk, decided=[one], by=by, at=at, law=law
    )
    matters.withdraw(matter_id=raised.matter.pk, at=made.now - HOUR, law=law)
    return _browser(made, "coordinator"), reverse("onsite:day", args=[row.pk])


def _dissecting(made: Scene) -> tuple[Browser, str]:
    """A problem nobody dissected yet."""
    row = finding(made, "dissecting", area=VILLAGE)
    return _browser(made, "coordinator"), reverse("research:dissect", args=[row.pk])


def _at(name: str, page: str, *kept: str, query: str = "") -> Callable[[Scene], tuple[Browser, str]]:
    return lambda made: (
        _browser(made, name), reverse(page, args=[made.fronts[one] for one in kept]) + query
    )  # fmt: skip


def _idle(made: Scene) -> tuple[Browser, str]:
    """The mediator has nothing in hand any more."""
    for key in ("quarrel", "given"):
        village.give_back(
            quarrel_id=made.fronts[key], reason="身体不好", by=who(made, "mediator"), at=made.now
        )
    return _browser(made, "clerk"), reverse("village:home")


ASKED: dict[str, Callable[[Scene], tuple[Browser, str]]] = {
    "enterprise:finish": _finishing,
    "research:site-new": _place,
    "research:dissect": _dissecting,
    "onsite:close": _closing,
    "onsite:drop": _at("coordinator", "onsite:day", "coming"),
    "duty:publish": _at("coordinator", "duty:roster", query="?month=2026-03"),
    "duty:plan": _at("coordinator", "duty:roster", query="?month=2026-04"),
    "duty:swap-answer": _at("clerk", "duty:roster"),
    "duty:swap": _at("clerk", "duty:swap"),
    "village:take": _at("mediator", "village:quarrel", "given"),
    "village:end": _idle,
}
