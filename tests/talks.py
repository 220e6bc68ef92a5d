"""Lessons, orders, talks in every state and deliveries, for the tests that walk every page."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.county import contact
from zhuoluo.kit.workbook import workbook
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.outreach.programmes.tests.walk import clause
from zhuoluo.outreach.talks import actions
from zhuoluo.outreach.talks.actions import LessonContent, Plan, Wish
from zhuoluo.outreach.talks.models import Lesson, Order, Talk
from zhuoluo.outreach.talks.rules.sheet import DELIVERED, TALKS
from zhuoluo.residents.actions import Contact

if TYPE_CHECKING:
    from tests.scene import Browser, Scene

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def stand(made: "Scene") -> None:
    """Let there be a lesson, two orders, and a talk planned, published, begun, held."""
    at = made.now - 3 * DAY
    by = made.county.who("outreach", at)
    kept = made.talks
    one, two = (
        actions.list_lecturer(user_id=made.county.users[who].pk, by=by, at=at, title="宣讲员")
        for who in ("outreach", "clerk")
    )
    kept["lecturer"], kept["second"] = one.pk, two.pk
    kept["team"] = actions.form_team(
        name="轻骑兵小分队", unit_id=made.county.units["XC"].pk, lecturers=[one.pk, two.pk], by=by, at=at
    ).pk
    lesson = dish(made, "医保新政一课通", (one.pk,))
    kept["lesson"] = lesson.pk
    kept["order"] = ordered(made, lesson, "石桥村村委会", at).pk
    kept["planned"] = planned(made, made.now + 2 * DAY, "还没公布的一场", lecturers=(one.pk,)).pk
    coming = planned(
        made,
        made.now + DAY,
        "明天的一场",
        lecturers=(one.pk,),
        order=ordered(made, lesson, "柳塘村村委会", at),
        lesson=lesson,
    )
    begun = planned(made, made.now - HOUR, "正在讲的一场")
    held = planned(made, made.now - DAY, "昨天讲完的一场", lesson=lesson, lecturers=(two.pk,))
    actions.publish(talk_ids=[coming.pk, begun.pk, held.pk], by=by, at=at)
    record(made, held)
    kept |= {"coming": coming.pk, "begun": begun.pk, "held": held.pk}
    actions.deliver(
        kind="teach", day=made.now.astimezone(SHANGHAI).date(), unit_id=made.county.units["XC"].pk, group="柳塘村老党员",
        what="学习读本", count=3, by=by, at=made.now,
    )  # fmt: skip


def dish(made: "Scene", title: str, lecturers: tuple[Any, ...] = ()) -> Lesson:
    """A lesson on the menu, with a clause it explains."""
    content = LessonContent(
        title, "门诊怎么报、大病怎么报", "村民", 40, ("bench", "courtyard"), made.county.units["XC"].pk, lecturers=lecturers,
        clauses=(clause(),),
    )  # fmt: skip
    return actions.save_lesson(content=content, by=made.county.who("outreach", made.now), at=made.now)


def ordered(made: "Scene", lesson: Lesson, who: str, at: Any) -> Order:
    """A village orders a lesson."""
    day = made.now.astimezone(SHANGHAI).date()
    wish = Wish(lesson.pk, "village", who, "村部", day + DAY, day + 9 * DAY, area="431281101001", people=40)
    person = Contact(name="尤村长", phone=f"1375{Order.objects.count():07d}")
    return actions.order(wish=wish, contact=person, key=f"scene-{Order.objects.count()}", at=at).order


def planned(
    made: "Scene",
    starts: Any,
    title: str,
    *,
    lecturers: tuple[Any, ...] = (),
    order: Order | None = None,
    lesson: Lesson | None = None,
) -> Talk:
    """A talk of the outreach office, planned three days ago."""
    content = Plan(
        kind="bench", title=title, unit_id=made.county.units["XC"].pk, place=f"{title}的地点", starts_at=starts,
        ends_at=starts + HOUR, area="431281101001", lesson_id=lesson.pk if lesson else None, lecturers=lecturers,
    )  # fmt: skip
    at = made.now - 3 * DAY
    return actions.plan(
        content=content, order_id=order.pk if order else None, by=made.county.who("outreach", at), at=at
    )


def record(made: "Scene", talk: Talk) -> None:
    """It was held; one question was answered, one became a matter, one suggestion too; two phones rated it."""
    by, at, law = made.county.who("outreach", made.now), made.now, made.county.law
    actions.hold(talk_id=talk.pk, counting="counted", people=46, by=by, at=at)
    actions.answer_on_spot(
        talk_id=talk.pk,
        text="门诊一年最多报多少？",
        answer="按条款报。",
        clause_id=clause(),
        by=by,
        at=at,
    )
    person = contact(name="岑大姐")
    actions.raise_question(
        talk_id=talk.pk, text="外地看病怎么报？", contact=person, key=f"q-{talk.pk}", by=by, at=at, law=law
    )
    actions.suggest(
        talk_id=talk.pk, text="村卫生室周末也开门", contact=person, key=f"s-{talk.pk}", by=by, at=at, law=law
    )
    for mark in ("a", "b"):
        actions.rate(talk_id=talk.pk, mark=mark, value=3, at=at)


def grow(made: "Scene", lot: int) -> None:
    """One more of everything a page of talks can list."""
    lesson = dish(made, f"第{lot}课", (made.talks["lecturer"],))
    at = made.now - 2 * DAY
    ordered(made, Lesson.objects.get(pk=made.talks["lesson"]), f"第{lot}村", at)
    talk = planned(made, made.now - DAY - lot * HOUR, f"第{lot}场", lesson=lesson)
    coming = planned(made, made.now + DAY + lot * 2 * HOUR, f"后面第{lot}场", lesson=lesson)
    actions.publish(talk_ids=[talk.pk, coming.pk], by=made.county.who("outreach", made.now), at=made.now)
    record(made, talk)
    held = Talk.objects.get(pk=made.talks["held"])
    by = made.county.who("outreach", made.now)
    actions.answer_on_spot(
        talk_id=held.pk, text=f"第{lot}个问题", answer="答过了", clause_id=clause(), by=by, at=made.now
    )
    person = contact(name=f"第{lot}位")
    for deed in (actions.raise_question, actions.suggest):
        deed(
            talk_id=held.pk, text=f"再提一次{lot}", contact=person, key=f"g-{deed.__name__}-{lot}", by=by, at=made.now,
            law=made.county.law,
        )  # fmt: skip
    actions.list_lecturer(name=f"外请{lot}", agreed_on=made.now.date(), by=by, at=made.now)
    actions.deliver(
        kind="post", day=made.now.astimezone(SHANGHAI).date(), unit_id=made.county.units["XC"].pk, group=f"第{lot}批在外党员",
        by=by, at=made.now,
    )  # fmt: skip


def opened(made: "Scene") -> dict[str, str]:
    """Number and code of an order."""
    row = Order.objects.get(pk=made.talks["order"])
    return {"number": row.number, "code": actions.code_of(row)}


def own(made: "Scene") -> tuple["Browser", str]:
    """A browser that opened an order with number and code."""
    client = type(made.clients["visitor"])()
    client.post(reverse("talks:look"), opened(made))
    return client, reverse("talks:mine")


def at_page(page: str, name: str, key: str = "talk_id") -> Any:
    """The officer on a page about one thing."""

    def stand_there(made: "Scene") -> tuple["Browser", str]:
        return type(made.clients["outreach"]).like(made.clients["outreach"]), reverse(
            f"talks:{page}", kwargs={key: made.talks[name]}
        )

    return stand_there


def register(made: "Scene") -> SimpleUploadedFile:
    """A register of one talk."""
    line = [
        "春耕政策宣讲",
        "屋场会",
        "石桥镇",
        f"{made.now - DAY:%Y-%m-%d}",
        "",
        "",
        "",
        "石桥村晒谷坪",
        "外请老师",
        "",
        30,
        "",
        "",
        "",
    ]
    return SimpleUploadedFile("台账.xlsx", workbook("台账", [(n[0], 12) for n in TALKS.values()], [line]))


def delivered(made: "Scene") -> SimpleUploadedFile:
    """A list of one lot of deliveries."""
    line = ["送教送学", f"{made.now - DAY:%Y-%m-%d}", "石桥镇", "石桥村老党员", "读本", 5]
    return SimpleUploadedFile("送学.xlsx", workbook("送学", [(n[0], 12) for n in DELIVERED.values()], [line]))


ORDER = {
    "orderer": "village", "organisation": "石桥村村委会", "place": "村部会议室", "from_day": "2026-12-01", "until_day": "2026-12-20",
    "name": "尤村长", "phone": "13755558888",
}  # fmt: skip
