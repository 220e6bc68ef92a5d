"""What a raiser does on the page of their matter: a word, more words, taking back; each counts once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.county import County
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.reads.follow import INSIDE, TOLD
from zhuoluo.matters.rules import KINDS
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.rules import Permission
from zhuoluo.portal.reads.following import _deeds as deeds
from zhuoluo.portal.reads.story import _told as sentences
from zhuoluo.portal.tests.follow import opened, served, text

pytestmark = pytest.mark.django_db


def key_of(page: Any) -> str:
    return str(page.context["form"]["form_key"].value())


def test_the_raisers_word_counts_once_however_often_it_is_pressed(county: County) -> None:
    path = served(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    data = {"solved": "yes", "satisfaction": "fairly", "note": "修好了", "form_key": key_of(client.get(url))}
    for _ in range(3):
        assert client.post(f"{url}rate/", data)["Location"] == url
    page = reads.page(path.matter, now=timezone.now())
    assert [(w.solved, w.satisfaction, w.source) for w in page.words] == [("yes", "fairly", "raiser")]
    assert "已解决，基本满意" in client.get(url).content.decode()


def test_a_changed_word_replaces_the_first(county: County) -> None:
    path = served(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    for satisfaction in ("satisfied", "dissatisfied"):
        key = key_of(client.get(url))
        client.post(f"{url}rate/", {"solved": "partly", "satisfaction": satisfaction, "form_key": key})
    page = reads.page(path.matter, now=timezone.now())
    assert page.word is not None
    assert page.word.satisfaction == "dissatisfied"
    assert len(page.words) == 2


def test_not_solved_opens_a_recheck_by_somebody_else(county: County) -> None:
    path = served(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    data = {
        "solved": "no",
        "satisfaction": "dissatisfied",
        "note": "还是不亮",
        "form_key": key_of(client.get(url)),
    }
    client.post(f"{url}rate/", data)
    shown = client.get(url).content.decode()
    assert "您说没有解决，县信访局正在复核" in shown
    [owed] = [p for p in reads.page(path.matter, now=timezone.now()).open if p.row.kind == "recheck"]
    assert owed.row.unit_id == county.units["XF"].id


def test_a_word_without_a_choice_keeps_what_was_written(county: County) -> None:
    path = served(county)
    client = opened(path)
    answer = client.post(f"/follow/{path.matter.number}/rate/", {"note": "写了一大段"})
    assert answer.status_code == 400
    assert "写了一大段" in answer.content.decode()
    assert "请选一个：解决了没有" in answer.content.decode()


def test_not_reached_is_nothing_a_raiser_can_say(county: County) -> None:
    path = served(county)
    client = opened(path)
    client.post(f"/follow/{path.matter.number}/rate/", {"solved": "yes", "satisfaction": "not_reached"})
    assert reads.page(path.matter, now=timezone.now()).words == []


def test_words_and_photos_are_added_once(county: County) -> None:
    path = Path.register(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    key = key_of(client.get(f"{url}add/"))
    for _ in range(2):
        data = {
            "text": "又坏了一盏",
            "form_key": key,
            "photos": SimpleUploadedFile("灯.jpg", jpeg(), "image/jpeg"),
        }
        assert client.post(f"{url}add/", data)["Location"] == url
    page = reads.page(path.matter, now=timezone.now())
    assert [told.verb for told in page.story] == ["register", "supplement"]
    assert len(page.attachments) == 1
    shown = client.get(url).content.decode()
    assert "又坏了一盏" in shown
    assert "灯.jpg" in shown


def test_other_words_under_the_same_key_are_another_addition(county: County) -> None:
    path = Path.register(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/add/"
    for words in ("第一次补充", "退回去又改了几个字"):
        client.post(url, {"text": words, "form_key": "same"})
    assert len(reads.page(path.matter, now=timezone.now()).story) == 3


def test_a_refused_photo_adds_nothing_and_loses_no_word(county: County) -> None:
    path = Path.register(county)
    client = opened(path)
    page = SimpleUploadedFile("页.html", b"<html></html>", "image/jpeg")
    answer = client.post(f"/follow/{path.matter.number}/add/", {"text": "又坏了一盏", "photos": page})
    assert answer.status_code == 400
    assert "又坏了一盏" in answer.content.decode()
    assert len(reads.page(path.matter, now=timezone.now()).story) == 1


def test_a_question_is_shown_and_answered(county: County) -> None:
    path = Path.register(county)
    path.act("ask_more", "clerk", question="请问是哪几盏灯？")
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    assert "请问是哪几盏灯？" in client.get(url).content.decode()
    client.post(f"{url}add/", {"text": "桥头三盏"})
    assert "现在补充" not in client.get(url).content.decode()


def test_taking_back_is_asked_once_more_and_done_once(county: County) -> None:
    path = Path.register(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    page = client.get(f"{url}withdraw/")
    assert "真的要撤回吗" in page.content.decode()
    for _ in range(2):
        assert (
            client.post(f"{url}withdraw/", {"form_key": key_of(page), "reason": "已经修好了"})["Location"]
            == url
        )
    path.matter.refresh_from_db()
    assert path.matter.stage == "withdrawn"
    assert "您已经撤回了这件事" in client.get(url).content.decode()


def test_what_the_stage_does_not_allow_is_refused_in_words(county: County) -> None:
    path = served(county)
    client = opened(path)
    answer = client.post(f"/follow/{path.matter.number}/withdraw/", {"form_key": "x"})
    assert answer.status_code == 400
    assert "不能这样办理" in answer.content.decode()


def test_a_long_story_takes_no_more_queries_than_a_short_one(county: County) -> None:
    path = served(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    client.post(f"{url}add/", {"text": "第一次补充"})
    client.get(url)
    with CaptureQueriesContext(connection) as short:
        client.get(url)
    for at in range(30):
        client.post(f"{url}add/", {"text": f"第 {at} 次补充", "form_key": str(at)})
    client.get(url)
    with CaptureQueriesContext(connection) as long:
        client.get(url)
    assert len(long) == len(short)
    assert len(short) < 30


def test_every_act_and_every_duty_a_raiser_may_know_of_has_its_words() -> None:
    assert {str(verb) for verb in TOLD} == {str(verb) for verb in sentences()}
    assert set(KINDS) - INSIDE <= set(deeds())


def test_a_raiser_reads_the_response_given_on_the_night_and_what_was_said_at_a_reception(
    county: County,
) -> None:
    path = Path.register(county)
    by = county.who("clerk")
    matters.owe_response(
        matter_id=path.matter.pk, kind="tonight", unit_id=county.units["SQ"].pk, right=Permission.TRIAGE, by=by, at=path.at,
        law=county.law,
    )  # fmt: skip
    assert "当晚回应" in text(path)
    path.act("respond", "clerk", kind="tonight", words="明天上午派人去修，先拉警戒线")
    path.act("hear", "leader", said="三天内修好，我来盯", decision="assigned")
    assert "明天上午派人去修" in text(path)
    assert "三天内修好" in text(path)


def test_a_raiser_whose_quarrel_was_mediated_and_settled_can_still_open_the_page(county: County) -> None:
    path = Path.register(county).handling()
    path.act(
        "mediate",
        "handler",
        consent_of_both=True,
        mediator="村里的明白人",
        result="agreed",
        account="在祠堂坐下来谈好了",
    )
    path.act(
        "settle", "handler", kind="reconciliation", text="双方各退一步，不再争吵", free_will="当面念过，都愿意", signed_on=path.at.date(),
        nothing_owed=True,
    )  # fmt: skip
    told = text(path)
    assert "调解" in told
    assert "协议" in told
