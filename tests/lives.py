"""A live room with a question in every state, for the tests that walk every page."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from zhuoluo.outreach.live import actions
from zhuoluo.outreach.live.actions import Given
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.live.views.shown import COOKIE, digest_of, new_mark
from zhuoluo.outreach.programmes.tests.walk import clause
from zhuoluo.outreach.talks import actions as talks
from zhuoluo.outreach.talks.actions import Plan
from zhuoluo.outreach.talks.models import Talk

if TYPE_CHECKING:
    from tests.scene import Browser, Scene

HOUR = timedelta(hours=1)


def stand(made: "Scene") -> None:
    """Let there be a live talk without a room, and one with an open room and a question in each state."""
    kept = made.lives
    kept["talk"] = planned(made, 3).pk
    room = opened_room(made, 0)
    kept["room"] = room.pk
    by, at = made.county.who("outreach", made.now), made.now
    rows = {name: asked(made, room, name) for name in ("new", "shown", "answered", "handed", "hidden")}
    for name in ("shown", "answered", "handed"):
        actions.let_through(question_id=rows[name].pk, by=by, at=at)
    actions.answer(
        question_id=rows["answered"].pk,
        text="按条款，缴满十五年可以领。",
        given=Given(clauses=[clause()]),
        by=by,
        at=at,
    )
    actions.hand_over(
        question_id=rows["handed"].pk, unit_id=made.county.units["JT"].pk, by=by, at=at, law=made.county.law
    )
    actions.hide(question_id=rows["hidden"].pk, reason="not_question", by=by, at=at)
    kept |= {name: row.pk for name, row in rows.items()}


def planned(made: "Scene", lot: int) -> Talk:
    """A live talk of the outreach office."""
    starts = made.now - HOUR / 2 + lot * 3 * HOUR
    content = Plan(
        kind="live_roaming", title=f"直播进村第{lot}场", unit_id=made.county.units["XC"].pk, place=f"第{lot}个直播点",
        starts_at=starts, ends_at=starts + HOUR, area="431281101001",
    )  # fmt: skip
    at = made.now - timedelta(days=2)
    talk = talks.plan(content=content, by=made.county.who("outreach", at), at=at)
    talks.publish(talk_ids=[talk.pk], by=made.county.who("outreach", at), at=at)
    return talk


def opened_room(made: "Scene", lot: int) -> Room:
    """An open room."""
    by, at = made.county.who("outreach", made.now), made.now - HOUR / 4
    room = actions.make_room(talk_id=planned(made, lot).pk, by=by, at=at)
    return actions.begin(room_id=room.pk, by=by, at=at)


def asked(made: "Scene", room: Room, name: str) -> Question:
    """Somebody asks from a phone of their own."""
    number = Question.objects.count()
    return actions.ask(
        room_id=room.pk, text=f"养老金缴满十五年一个月领多少？第{name}{number}问", phone=f"1366{number:07d}",
        digest=digest_of(new_mark()), key=f"scene-{number}", at=made.now,
    ).question  # fmt: skip


def grow(made: "Scene", lot: int) -> None:
    """One more of everything a page of the live room can list."""
    room = Room.objects.get(pk=made.lives["room"])
    by, at = made.county.who("outreach", made.now), made.now
    asked(made, room, f"等着{lot}")
    actions.let_through(question_id=asked(made, room, f"上墙{lot}").pk, by=by, at=at)
    row = asked(made, room, f"答复{lot}")
    actions.answer(
        question_id=row.pk, text="答复过的，按条款。", given=Given(clauses=[clause()]), by=by, at=at
    )
    handed = asked(made, room, f"转办{lot}")
    actions.hand_over(
        question_id=handed.pk, unit_id=made.county.units["HB"].pk, by=by, at=at, law=made.county.law
    )
    opened_room(made, 10 * lot)
    planned(made, 10 * lot + 1)


def opened(made: "Scene") -> dict[str, str]:
    """Number and code of a question."""
    row = Question.objects.get(pk=made.lives["handed"])
    return {"number": row.number, "code": actions.code_of(row)}


def phone(page: str) -> Any:
    """A phone with its mark on a page of the open room."""

    def stand_there(made: "Scene") -> tuple["Browser", str]:
        client = type(made.clients["visitor"])()
        client.cookies[COOKIE] = new_mark()
        return client, reverse(f"live:{page}", args=[Room.objects.get(pk=made.lives["room"]).code])

    return stand_there
