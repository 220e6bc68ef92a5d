"""Following a matter: only with number and code, everything in plain words, every press once."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.county import County, contact
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.kit.numbers import check_digit
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.reads.follow import INSIDE, TOLD
from zhuoluo.matters.rules import KINDS
from zhuoluo.matters.tests.path import DRAFT, Path, filing
from zhuoluo.org.rules import RESIDENT, Permission
from zhuoluo.portal.models import Attempt
from zhuoluo.portal.reads.following import JOINED
from zhuoluo.portal.reads.following import _deeds as deeds
from zhuoluo.portal.reads.story import _told as sentences

pytestmark = pytest.mark.django_db


def opened(path: Path, client: Client | None = None) -> Client:
    client = client or Client()
    answer = client.post("/follow/", {"number": path.matter.number, "code": matters.code_of(path.matter)})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"/follow/{path.matter.number}/"
    return client


def text(path: Path, client: Client | None = None) -> str:
    page = opened(path, client).get(f"/follow/{path.matter.number}/")
    assert page.status_code == 200
    return page.content.decode()


def headline(path: Path) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text(path), re.DOTALL)
    assert found
    return found.group(1).strip().replace(JOINED, "")


def closed(answer: Any) -> None:
    """Let go of a served file without ending the request, which would close the test's database."""
    for resource in answer._resource_closers:
        resource()


def ask(number: str, code: str, client: Client | None = None) -> Any:
    return (client or Client()).post("/follow/", {"number": number, "code": code})


# --- number and code ---


def test_number_and_code_are_read_forgivingly(county: County) -> None:
    path = Path.register(county)
    number, code = path.matter.number, matters.code_of(path.matter)
    full_width = str.maketrans(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
    )
    for typed in (
        number,
        number.lower(),
        number.replace("-", ""),
        number.translate(full_width),
        f" {number} ",
    ):
        assert ask(typed, f"{code[:4]} {code[4:].lower()}").status_code == 302, typed


def test_every_wrong_pair_gets_the_same_words(county: County) -> None:
    path = Path.register(county)
    other = matters.register(filing=filing(text="另一件事"), by=RESIDENT, at=path.at, law=county.law).matter
    missing = "QX260302-0009-" + _check("QX260302-0009")
    code = matters.code_of(path.matter)
    bodies = set()
    for number, wrong in ((path.matter.number, "22222222"), (missing, code), (other.number, code)):
        answer = ask(number, wrong)
        page = re.sub(r'value="[^"]*"|name="next"[^>]*', "", answer.content.decode())
        bodies.add((answer.status_code, page))
    assert len(bodies) == 1
    assert "对不上" in next(iter(bodies))[1]


def _check(body: str) -> str:
    return check_digit("".join(str(ord(c) - 55) if c.isalpha() else c for c in body.replace("-", "")))


@pytest.mark.parametrize("exists", [True, False])
def test_ten_wrong_codes_lock_a_number_whether_or_not_it_exists(county: County, exists: bool) -> None:
    path = Path.register(county)
    number = path.matter.number if exists else "QX260302-0009-" + _check("QX260302-0009")
    for at in range(10):
        answer = ask(number, "22222222", Client(REMOTE_ADDR=f"10.0.0.{at}"))
        assert answer.status_code == 200
    fresh = Client(REMOTE_ADDR="10.9.9.9")
    answer = ask(number, matters.code_of(path.matter), fresh)
    assert answer.status_code == 429
    assert "一小时后再试" in answer.content.decode()
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=61))
    again = ask(number, matters.code_of(path.matter), fresh)
    assert again.status_code == (302 if exists else 200)


def test_ten_wrong_codes_lock_an_address(county: County) -> None:
    path = Path.register(county)
    numbers = [f"QX260302-{at:04d}-" + _check(f"QX260302-{at:04d}") for at in range(100, 110)]
    for number in numbers:
        ask(number, "22222222")
    assert ask(path.matter.number, matters.code_of(path.matter)).status_code == 429
    assert opened(path, Client(REMOTE_ADDR="10.9.9.9"))


def test_right_codes_are_never_counted(county: County) -> None:
    path = Path.register(county)
    for _ in range(12):
        opened(path)
    assert not Attempt.objects.exists()


def test_a_slip_in_the_number_is_told_and_not_counted(county: County) -> None:
    for _ in range(15):
        answer = ask("QX260302-0001-0", "22222222")
    assert "编号有一位不对" in answer.content.decode()
    assert not Attempt.objects.exists()


def test_another_browser_must_give_the_code_itself(county: County) -> None:
    path = Path.register(county)
    opened(path)
    number = path.matter.number
    stranger = Client()
    for method, tail in (
        ("get", ""),
        ("get", "add/"),
        ("get", "withdraw/"),
        ("post", "rate/"),
        ("post", "add/"),
    ):
        answer = getattr(stranger, method)(f"/follow/{number}/{tail}")
        assert answer["Location"] == f"/follow/?n={number}", tail
    assert path.matter.number in stranger.get(f"/follow/?n={number}").content.decode()


def test_a_page_left_open_closes_itself(county: County) -> None:
    path = Path.register(county)
    client = opened(path)
    session = client.session
    session["following"] = {path.matter.number: [*session["following"][path.matter.number][:2], 0]}
    session.save()
    assert client.get(f"/follow/{path.matter.number}/").status_code == 302


def test_a_new_code_closes_what_the_old_one_opened(county: County) -> None:
    path = Path.register(county)
    client = opened(path)
    path.act("new_code", "clerk", reason="丢了")
    assert client.get(f"/follow/{path.matter.number}/").status_code == 302


def test_leaving_closes_everything(county: County) -> None:
    path = Path.register(county)
    client = opened(path)
    client.post("/follow/leave/")
    assert client.get(f"/follow/{path.matter.number}/").status_code == 302


def test_the_page_is_kept_nowhere(county: County) -> None:
    path = Path.register(county)
    page = opened(path).get(f"/follow/{path.matter.number}/")
    assert "no-store" in page["Cache-Control"]


# --- where it stands, in words ---


def test_every_stage_has_its_sentence(county: County) -> None:
    path = Path.register(county)
    assert headline(path) == "石桥镇收到了，最晚 3月17日 告诉您交给谁办（已经超期）"
    path.routed()
    assert headline(path).startswith("已经转给县住房和城乡建设局，最晚 3月17日 告诉您是否受理")
    path.act("take", "handler")
    assert headline(path).startswith("县住房和城乡建设局正在办理，最晚 ")
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    assert headline(path).startswith("县住房和城乡建设局已经作出答复，最晚 ")
    path.act("serve", "handler", method="post")
    assert "答应的事最晚" in headline(path)
    path.act("execute", "handler", account="已经全部修好")
    assert headline(path) == "县住房和城乡建设局已经答复您，并报告已经落实"
    path.act("certify", "checker", evidence="到现场看过，确实已经修好")
    assert headline(path) == "县住房和城乡建设局已经答复您，并经他人核实认定已经解决"


def test_an_answer_is_never_called_a_solution(county: County) -> None:
    path = _served(county)
    assert "已经解决" not in headline(path)


def test_reopened_is_called_being_done_again(county: County) -> None:
    path = _served(county)
    path.act("reopen", "supervisor", reason="仍未解决，重新办理")
    assert headline(path).startswith("县住房和城乡建设局正在重新办理，最晚 ")
    assert "此前的答复" in text(path)


@pytest.mark.parametrize(
    ("verb", "given", "sentence"),
    [
        ("decline", {"ground": "in_progress", "reason": "已经在办理之中"}, "这件事没有受理，理由写在下面"),
        (
            "redirect",
            {"door": "arbitration", "where": "向劳动仲裁委员会申请"},
            "这件事要走别的途径，怎么走写在下面",
        ),
    ],
)
def test_what_was_not_taken_says_why(county: County, verb: str, given: dict[str, str], sentence: str) -> None:
    path = Path.register(county)
    path.act(verb, "clerk", **given)
    assert headline(path) == sentence
    assert list(given.values())[1] in text(path)


def test_dates_explain_themselves(county: County) -> None:
    shown = text(Path.register(county))
    assert "信访工作条例 第22条" in shown
    assert "2026年3月17日" in shown


def _served(county: County, **changes: Any) -> Path:
    path = Path.register(county, **changes).answered()
    path.act("serve", "handler", method="post")
    return path


def test_names_of_staff_are_never_shown(county: County) -> None:
    path = Path.register(county)
    names = {user.name for user in county.users.values()}
    path.act("ask_more", "clerk", question="请问是哪几盏灯？")
    path.routed()
    path.act("take", "handler")
    path.act("ask_extension", "handler", days=20, reason="要等新灯具到货")
    [request] = reads.page(path.matter, now=path.at).extensions
    path.at += timedelta(hours=1)
    matters.decide_extension(
        extension_id=request.id,
        grant=True,
        remark="",
        by=county.who("head", path.at),
        at=path.at,
        law=county.law,
    )
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="post")
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    path.act("certify", "checker", evidence="到现场看过，确实已经修好")
    path.matter.refresh_from_db()
    shown = text(path)
    assert not [name for name in names if name in shown]
    assert "县住房和城乡建设局" in shown
    assert "要等新灯具到货" in shown
    assert "延长了 20 天" in shown


def test_the_answer_stands_in_full_with_the_way_to_a_review(county: County) -> None:
    path = _served(county)
    shown = text(path)
    for words in (DRAFT.request, DRAFT.facts, DRAFT.opinion, DRAFT.basis, "支持", "第35条"):
        assert words in shown
    # Served on 2 March 2026: thirty days, the first not counted, end on 1 April.
    assert "2026年4月1日" in shown


def test_an_inquiry_has_no_review(county: County) -> None:
    path = Path.register(county, klass="inquiry")
    path.act("answer_now", "clerk", opinion="到镇政务大厅二号窗口办")
    shown = text(path)
    assert "到镇政务大厅二号窗口办" in shown
    assert "第35条" not in shown


def test_an_answer_is_not_shown_before_it_is_served(county: County) -> None:
    path = Path.register(county).answered()
    assert DRAFT.opinion not in text(path)


def test_inner_words_and_files_stay_inside(county: County) -> None:
    path = Path.register(county)
    kept = files.keep(data=jpeg(), name="内部.jpg", at=path.at)
    path.routed()
    path.act("take", "handler")
    path.act("note", "handler", text="这家人以前也来过")
    path.act("add_evidence", "handler", files=[(kept.id, "before", "现场")])
    client = opened(path)
    shown = client.get(f"/follow/{path.matter.number}/").content.decode()
    assert "以前也来过" not in shown
    assert "内部.jpg" not in shown
    assert client.get(f"/follow/{path.matter.number}/file/{kept.id}/").status_code == 404


def test_what_was_sent_along_can_be_opened_again(county: County) -> None:
    kept = files.keep(data=jpeg(), name="灯.jpg", at=datetime(2026, 3, 2, 1, tzinfo=UTC))
    path = Path.register(county, files=(kept.id,))
    client = opened(path)
    assert "灯.jpg" in client.get(f"/follow/{path.matter.number}/").content.decode()
    picture = client.get(f"/follow/{path.matter.number}/file/{kept.id}/?small")
    assert picture["Content-Type"] == "image/jpeg"
    closed(picture)


def test_a_merged_matter_shows_the_earlier_ones_state_and_not_its_words(county: County) -> None:
    earlier = _served(county, text="王二家门口的路灯坏了", contact=contact(name="王二", phone="13900000000"))
    later = Path.register(county, at=earlier.at)
    fresh = Path.register(county, at=earlier.at, text="王二家门口还是不亮")
    later.act("merge", "clerk", into_id=fresh.matter.id)
    shown = text(later)
    assert "已经和更早的一件相同的事合在一起办理" in shown
    assert fresh.matter.number in shown
    assert "还是不亮" not in shown
    fresh.answered()
    fresh.act("serve", "handler", method="post")
    shown = text(later)
    assert DRAFT.opinion in shown
    assert DRAFT.facts not in shown


# --- what the raiser does ---


def key_of(page: Any) -> str:
    return str(page.context["form"]["form_key"].value())


def test_the_raisers_word_counts_once_however_often_it_is_pressed(county: County) -> None:
    path = _served(county)
    client = opened(path)
    url = f"/follow/{path.matter.number}/"
    data = {"solved": "yes", "satisfaction": "fairly", "note": "修好了", "form_key": key_of(client.get(url))}
    for _ in range(3):
        assert client.post(f"{url}rate/", data)["Location"] == url
    page = reads.page(path.matter, now=timezone.now())
    assert [(w.solved, w.satisfaction, w.source) for w in page.words] == [("yes", "fairly", "raiser")]
    assert "已解决，基本满意" in client.get(url).content.decode()


def test_a_changed_word_replaces_the_first(county: County) -> None:
    path = _served(county)
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
    path = _served(county)
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
    path = _served(county)
    client = opened(path)
    answer = client.post(f"/follow/{path.matter.number}/rate/", {"note": "写了一大段"})
    assert answer.status_code == 400
    assert "写了一大段" in answer.content.decode()
    assert "请选一个：解决了没有" in answer.content.decode()


def test_not_reached_is_nothing_a_raiser_can_say(county: County) -> None:
    path = _served(county)
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
    path = _served(county)
    client = opened(path)
    answer = client.post(f"/follow/{path.matter.number}/withdraw/", {"form_key": "x"})
    assert answer.status_code == 400
    assert "不能这样办理" in answer.content.decode()


def test_a_long_story_takes_no_more_queries_than_a_short_one(county: County) -> None:
    path = _served(county)
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
