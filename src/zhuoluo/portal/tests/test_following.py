"""Following a matter: only with number and code, everything in plain words, every press once."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.county import County, contact
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.kit.numbers import check_digit
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.tests.path import DRAFT, Path, filing
from zhuoluo.org.rules import RESIDENT
from zhuoluo.portal.models import Attempt
from zhuoluo.portal.tests.follow import headline, opened, served, text

pytestmark = pytest.mark.django_db


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
    path = served(county)
    assert "已经解决" not in headline(path)


def test_reopened_is_called_being_done_again(county: County) -> None:
    path = served(county)
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
    path = served(county)
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


def test_an_answer_is_not_shown_before_it_isserved(county: County) -> None:
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
    earlier = served(county, text="王二家门口的路灯坏了", contact=contact(name="王二", phone="13900000000"))
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
