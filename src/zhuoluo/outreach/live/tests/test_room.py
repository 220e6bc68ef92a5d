"""A live room from the first question to its end."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.county import MONDAY, County
from zhuoluo.matters.reads import raised
from zhuoluo.outreach.live import actions, reads
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.outreach.live.rules.asking import Refused
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
