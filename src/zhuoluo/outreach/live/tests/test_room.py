"""A live room from the first question to its end."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.county import MONDAY, County
from zhuoluo.matters.reads import raised
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.live import actions, reads
from zhuoluo.outreach.live.actions import Given, TooMany
from zhuoluo.outreach.live.middleware import Polls
from zhuoluo.outreach.live.models import Phone, Question, Room
from zhuoluo.outreach.live.rules.asking import Refused
from zhuoluo.outreach.live.views.shown import COOKIE, new_mark
from zhuoluo.outreach.talks.models import Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(county: County) -> Room:
    talk = Talk.objects.create(
        kind="live_roaming",
        title="养老政策进石桥村",
        unit=county.units["SQ"],
        day=MONDAY.date(),
        starts_at=MONDAY,
        ends_at=MONDAY + timedelta(hours=2),
        place="石桥村",
        live=True,
        made_at=MONDAY,
    )
    made = actions.make_room(talk_id=talk.pk, by=county.who("outreach"), at=MONDAY)
    return actions.begin(room_id=made.pk, by=county.who("outreach"), at=MONDAY)


def ask(
    room: Room,
    text: str = "养老金交满十五年一个月能领多少",
    key: str = "k1",
    phone: str = "",
    digest: str = "a" * 32,
) -> Question:
    return actions.ask(room_id=room.pk, text=text, phone=phone, digest=digest, key=key, at=MONDAY).question


def test_the_same_form_sent_twice_is_one_question(room: Room) -> None:
    first = ask(room)
    assert ask(room).pk == first.pk
    assert Question.objects.count() == 1


def test_a_new_question_is_seen_by_nobody_until_it_is_let_through(county: County, room: Room) -> None:
    question = ask(room)
    assert reads.shown(room.pk) == []
    actions.let_through(question_id=question.pk, by=county.who("outreach"), at=MONDAY)
    assert [q.pk for q in reads.shown(room.pk)] == [question.pk]


def test_a_phone_supports_a_question_once(county: County, room: Room) -> None:
    question = ask(room)
    actions.let_through(question_id=question.pk, by=county.who("outreach"), at=MONDAY)
    assert actions.support(question_id=question.pk, digest="b" * 32, at=MONDAY)
    assert not actions.support(question_id=question.pk, digest="b" * 32, at=MONDAY)
    question.refresh_from_db()
    assert question.votes == 1


def test_closing_names_what_is_open_and_hands_it_over_with_a_date(county: County, room: Room) -> None:
    question = ask(room, phone="13812340000")
    by, law = county.who("outreach"), county.law
    with pytest.raises(Refused, match=question.number):
        actions.close(room_id=room.pk, by=by, at=MONDAY, law=law)
    actions.close(room_id=room.pk, unit_id=county.units["ZJ"].pk, by=by, at=MONDAY, law=law)
    question.refresh_from_db()
    matter = raised(question.matter_id)
    assert (question.state, matter.channel, matter.registered_by_id) == (
        "handed",
        "live",
        county.units["ZJ"].pk,
    )
    assert matter.commitments.filter(kind="route").exists()
    assert reads.shown(room.pk) == []


def test_what_was_asked_before_is_found_when_it_is_asked_again(county: County, room: Room) -> None:
    question = ask(room)
    actions.answer(question_id=question.pk, text="按缴费年限和档次算", by=county.who("outreach"), at=MONDAY)
    assert [q.pk for q in reads.similar("交满15年养老金一个月领多少钱")] == [question.pk]
    assert reads.similar("村口的路灯坏了没人修") == []


def test_the_page_and_its_piece_open_from_the_qr_code(county: County, room: Room) -> None:
    client = Client()
    page = client.get(f"/live/{room.code}/")
    assert page.status_code == 200
    assert "养老政策进石桥村" in page.content.decode()
    assert client.get(f"/live/{room.code}/ask/").status_code == 200
    question = ask(room)
    actions.let_through(question_id=question.pk, by=county.who("outreach"), at=MONDAY)
    client.force_login(county.users["outreach"], backend="django.contrib.auth.backends.ModelBackend")
    for address in (
        "",
        f"room/{room.pk}/",
        f"room/{room.pk}/wall/",
        f"question/{question.pk}/",
        "search/?q=养老",
    ):
        assert client.get(f"/desk/live/{address}").status_code == 200, address


# --- what a moderator does ---


def test_a_question_kept_off_the_wall_has_its_reason_and_its_asker_reads_it(
    county: County, room: Room
) -> None:
    question, by = ask(room), county.who("outreach")
    with pytest.raises(Refused, match="理由"):
        actions.hide(question_id=question.pk, reason="", by=by, at=MONDAY)
    with pytest.raises(Refused, match="写明"):
        actions.hide(question_id=question.pk, reason="other", words="嗯", by=by, at=MONDAY)
    actions.hide(question_id=question.pk, reason="named", by=by, at=MONDAY)
    question.refresh_from_db()
    assert (question.state, "别人的名字" in question.reason) == ("hidden", True)
    assert reads.shown(room.pk) == []
    actions.let_through(question_id=question.pk, by=by, at=MONDAY)
    question.refresh_from_db()
    assert (question.state, question.reason) == ("shown", "")


def test_an_accusation_never_reaches_the_wall_and_its_asker_is_shown_the_sealed_way(
    county: County, room: Room
) -> None:
    question = ask(room, text="某某局长收了开发商的钱", digest="c" * 32)
    actions.hide(question_id=question.pk, reason="accusation", by=county.who("outreach"), at=MONDAY)
    client = Client()
    client.post("/live/question/", {"number": question.number, "code": actions.code_of(question)})
    page = client.get(f"/live/question/{question.number}/").content.decode()
    assert "检举控告" in page
    assert "某某局长" not in client.get(f"/live/{room.code}/").content.decode()


def test_the_same_question_is_joined_and_its_asker_gets_the_answer(county: County, room: Room) -> None:
    by = county.who("outreach")
    first, second, third = (ask(room, key=f"k{n}", digest=letter * 32) for n, letter in enumerate("abc"))
    with pytest.raises(Refused, match="已经上墙"):
        actions.merge(question_id=second.pk, into=first.pk, by=by, at=MONDAY)
    actions.let_through(question_id=first.pk, by=by, at=MONDAY)
    with pytest.raises(Refused, match="自己"):
        actions.merge(question_id=first.pk, into=first.pk, by=by, at=MONDAY)
    actions.merge(question_id=second.pk, into=first.pk, by=by, at=MONDAY)
    actions.answer(question_id=first.pk, text="按缴费年限和档次算", by=by, at=MONDAY)
    client = Client()
    client.post("/live/question/", {"number": second.number, "code": actions.code_of(second)})
    assert "按缴费年限和档次算" in client.get(f"/live/question/{second.number}/").content.decode()
    assert client.get(f"/live/question/{third.number}/").status_code == 302  # nobody else's


def test_pinned_questions_stand_first_and_one_is_answered_at_a_time(county: County, room: Room) -> None:
    by = county.who("outreach")
    rows = [ask(room, key=f"k{n}", digest=letter * 32) for n, letter in enumerate("abc")]
    for row in rows:
        actions.let_through(question_id=row.pk, by=by, at=MONDAY)
    actions.support(question_id=rows[1].pk, digest="d" * 32, at=MONDAY)
    assert reads.shown(room.pk)[0].pk == rows[1].pk
    actions.pin(question_id=rows[2].pk, pinned=True, by=by, at=MONDAY)
    assert [q.pk for q in reads.shown(room.pk)] == [rows[2].pk, rows[1].pk, rows[0].pk]
    for row in rows[:2]:
        actions.take_up(question_id=row.pk, by=by, at=MONDAY)
    assert [q.answering for q in Question.objects.order_by("number")] == [False, True, False]


def test_only_the_unit_of_a_talk_runs_its_room(county: County, room: Room) -> None:
    question = ask(room)
    with pytest.raises(Forbidden, match="本单位"):
        actions.let_through(question_id=question.pk, by=county.who("clerk2"), at=MONDAY)
    actions.let_through(question_id=question.pk, by=county.who("clerk"), at=MONDAY)


def test_an_answer_carries_its_calculation_as_it_was_reckoned_that_day(county: County, room: Room) -> None:
    question = ask(room)
    given = Given(calculator="resident-pension", values={"years": "15", "yearly": "500"})
    done = actions.answer(
        question_id=question.pk, text="算给大家看", given=given, by=county.who("outreach"), at=MONDAY
    )
    assert done.calculation["steps"]
    doubted = [step for step in done.calculation["steps"] if step["doubt"]]
    assert doubted  # the sample county's numbers say that they are no real ones
    assert all(step["citation"] for step in doubted)
    assert "÷ 139" in str(done.calculation["steps"])


def test_codes_cannot_be_tried_through(room: Room) -> None:
    question = ask(room)
    given: dict[str, Any] = {"number": question.number, "address": "198.51.100.7", "at": MONDAY}
    for _ in range(10):
        assert actions.unlock(code="WRONGONE", **given) is None
    with pytest.raises(TooMany):
        actions.unlock(code=actions.code_of(question), **given)


def test_the_page_that_asks_for_a_code_closes_after_ten_wrong_ones(room: Room) -> None:
    question = ask(room)
    client = Client(REMOTE_ADDR="198.51.100.8")
    given = {"number": question.number, "code": "WRONGONE"}
    assert [client.post("/live/question/", given).status_code for _ in range(11)] == [200] * 10 + [429]
    right = client.post("/live/question/", given | {"code": actions.code_of(question)})
    assert right.status_code == 429


def test_nobody_asks_faster_than_anybody_reads(room: Room) -> None:
    for n in range(6):
        ask(room, key=f"fast{n}")
    with pytest.raises(Refused, match="太快"):
        ask(room, key="fast6")
    ask(room, key="other", digest="b" * 32)


# --- the fast way for polls ---


class Told:
    """What a WSGI application answered."""

    def __init__(self) -> None:
        self.status, self.heads = "", dict[str, str]()

    def __call__(self, status: str, heads: list[tuple[str, str]]) -> None:
        self.status, self.heads = status, dict(heads)


def poll(polls: Polls, room: Room, mark: str = "", cookie: str = "") -> tuple[Told, bytes]:
    told = Told()
    environ = {
        "PATH_INFO": f"/live/{room.code}/now/list/zh/",
        "REQUEST_METHOD": "GET",
        "HTTP_IF_NONE_MATCH": mark,
    }
    body = b"".join(polls(environ | ({"HTTP_COOKIE": f"{COOKIE}={cookie}"} if cookie else {}), told))
    return told, body


def test_a_poll_is_answered_from_memory_and_a_change_is_seen_within_half_a_second(
    county: County, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhuoluo.outreach.live.middleware.close_old_connections", lambda: None)
    now = [1000.0]
    monkeypatch.setattr("zhuoluo.outreach.live.reads.pieces.time.monotonic", lambda: now[0])
    polls = Polls(lambda environ, start: [b"beyond"])
    told, body = poll(polls, room)
    assert (told.status, "还没有上墙的问题" in body.decode()) == ("200 OK", True)
    with connection.execute_wrapper(_forbidden):  # nothing changed: no query, no body
        same, nothing = poll(polls, room, told.heads["ETag"])
    assert (same.status, nothing) == ("304 Not Modified", b"")
    question = ask(room)
    actions.let_through(question_id=question.pk, by=county.who("outreach"), at=MONDAY)
    now[0] += 0.6
    fresh, body = poll(polls, room, told.heads["ETag"])
    assert (fresh.status, question.text in body.decode()) == ("200 OK", True)


def _forbidden(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise AssertionError(sql)


def test_phones_are_counted_once_each_and_are_no_attendance(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhuoluo.outreach.live.middleware.close_old_connections", lambda: None)
    now = [1000.0]
    monkeypatch.setattr("zhuoluo.outreach.live.middleware.time.monotonic", lambda: now[0])
    polls = Polls(lambda environ, start: [b"beyond"])
    marks = [new_mark() for _ in range(3)]
    for mark in [*marks, *marks, "made up"]:
        poll(polls, room, cookie=mark)
    now[0] += 6
    poll(polls, room, cookie=marks[0])
    room.refresh_from_db()
    assert (Phone.objects.count(), room.phones, room.peak) == (3, 3, 3)
    assert Talk.objects.get().people is None  # how many came is told by people, never taken from phones


def test_another_address_goes_on_to_the_application() -> None:
    polls = Polls(lambda environ, start: [b"beyond"])
    assert polls({"PATH_INFO": "/live/abcdef/", "REQUEST_METHOD": "GET"}, Told()) == [b"beyond"]


def test_a_picture_may_come_from_the_named_origin_only(county: County, room: Room) -> None:
    by = county.who("outreach")
    for wrong in ("javascript:alert(1)", "ftp://a/b.m3u8", "a.m3u8"):
        with pytest.raises(Refused, match="http"):
            actions.set_stream(room_id=room.pk, hls=wrong, by=by, at=MONDAY)
    actions.set_stream(room_id=room.pk, hls="https://live.example.org/x/a.m3u8", by=by, at=MONDAY)
    answer = Client().get(f"/live/{room.code}/")
    assert '<source src="https://live.example.org/x/a.m3u8"' in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "https://live.example.org" in next(p for p in policy.split(";") if "media-src" in p)
