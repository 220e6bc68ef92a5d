"""Filed once whatever is pressed; whose form it is, for how long; what is kept and what is kept quiet."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.county import County
from zhuoluo.files.models import StoredFile
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.org.models import Area
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import RESIDENT, SYSTEM
from zhuoluo.portal import actions, tasks
from zhuoluo.portal.models import Attempt, Draft, Press
from zhuoluo.portal.reads.drafts import answers_of, filing_of
from zhuoluo.portal.tests.walk import WORDS, Walk

pytestmark = pytest.mark.django_db


def matter(number: str) -> Any:
    return reads.by_number(SYSTEM, number)


def count() -> int:
    return reads.visible(SYSTEM).count()


def upload(name: str = "灯.jpg", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(size), "image/jpeg")


# --- once ---


def test_pressing_file_twice_files_once(county: County) -> None:
    walk = Walk.opened().to_check()
    first, second = walk.file(), walk.file()
    assert first["Location"] == second["Location"] == walk.url("done")
    assert count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_file_once(county: County) -> None:
    walk = Walk.opened().to_check()
    cookies = walk.client.cookies
    found: list[str] = []

    def press() -> None:
        client = Client()
        client.cookies = cookies
        answer = client.post(walk.url("check"))
        found.append(answer["Location"])
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(8)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert found == [walk.url("done")] * 8
    assert count() == 1


def test_two_tabs_are_two_forms(county: County) -> None:
    client = Client()
    first, second = Walk.opened(client), Walk.opened(client)
    one, _ = first.filed(text="第一件事")
    other, _ = second.filed(text="第二件事")
    assert {matter(one).text, matter(other).text} == {"第一件事", "第二件事"}


def test_opening_the_form_keeps_nothing(county: County) -> None:
    Walk.opened().get("kind")
    assert not Draft.objects.exists()


def test_back_after_filing_leads_to_the_receipt(county: County) -> None:
    walk = Walk.opened()
    walk.filed()
    for step in ("kind", "what", "who", "check"):
        assert walk.next_of(walk.get(step)) == "done"


def test_an_old_tab_with_the_same_words_leads_to_the_receipt(county: County) -> None:
    walk = Walk.opened()
    walk.filed()
    assert walk.next_of(walk.say("what", text=WORDS)) == "done"


def test_words_changed_after_filing_are_offered_as_an_addition(county: County) -> None:
    walk = Walk.opened()
    number, _ = walk.filed()
    answer = walk.say("what", text="还有两盏灯也坏了")
    assert answer.status_code == 409
    assert "还有两盏灯也坏了" in answer.content.decode()
    data = {"text": "还有两盏灯也坏了", "form_key": answer.context["form"]["form_key"].value()}
    for _ in range(2):
        assert walk.next_of(walk.client.post(f"/raise/{walk.token}/add/", data)) == "done"
    filed = matter(number)
    assert count() == 1
    assert filed.text == WORDS
    story = reads.page(filed, now=timezone.now()).story
    assert [told.verb for told in story] == ["register", "supplement"]


def test_a_server_that_stopped_between_registering_and_noting_it_files_nothing_twice(county: County) -> None:
    walk = Walk.opened().to_check()
    draft = Draft.objects.get()
    now = timezone.now()
    Draft.objects.update(frozen_at=now)
    first = matters.register(
        filing=filing_of(answers_of(draft)), by=RESIDENT, at=now, law=county.law, key=f"portal:{draft.key}"
    )
    assert walk.next_of(walk.say("what", text=WORDS)) == "done"
    assert walk.receipt()[0] == first.matter.number
    assert count() == 1


def test_what_was_submitted_while_the_server_stopped_is_filed_by_the_worker(county: County) -> None:
    Walk.opened().to_check()
    Draft.objects.update(frozen_at=timezone.now())
    assert tasks.finish(now=timezone.now()) == 0
    assert tasks.finish(now=timezone.now() + timedelta(minutes=6)) == 1
    assert count() == 1


def test_a_refused_filing_can_be_changed_and_filed_again(county: County) -> None:
    walk = Walk.opened().to_check()
    walk.say("where", area="431281101000")
    Area.objects.filter(pk="431281101000").update(active=False)
    forget()
    answer = walk.file()
    assert answer.status_code == 400
    assert "没有区划" in answer.content.decode()
    walk.say("where", skip="1")
    assert walk.next_of(walk.file()) == "done"


# --- whose form it is, and for how long ---


def test_nobody_else_opens_a_form(county: County) -> None:
    walk = Walk.opened()
    walk.filed()
    stranger = Client()
    stranger.get("/raise/")
    assert stranger.get(walk.url("done"))["Location"] == "/"
    for step in ("kind", "what", "check"):
        assert stranger.get(walk.url(step)).status_code == 410
    assert stranger.get(f"/raise/{walk.token}/receipt.txt")["Location"] == "/"


def test_a_form_left_for_two_days_is_gone_and_its_words_are_not(county: County) -> None:
    walk = Walk.opened().to_check()
    walk.say("photos", photos=upload(), more="1")
    Draft.objects.update(touched_at=timezone.now() - timedelta(hours=49))
    assert walk.get("what").status_code == 410
    tasks.sweep(now=timezone.now())
    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()
    answer = walk.say("what", text="隔了三天才按继续")
    new = Draft.objects.get()
    assert answer["Location"] == f"/raise/{new.token}/kind/"
    assert answers_of(new).text == "隔了三天才按继续"


def test_the_receipt_stays_a_day_and_then_asks_for_the_code(county: County) -> None:
    walk = Walk.opened()
    number, _ = walk.filed()
    Draft.objects.update(filed_at=timezone.now() - timedelta(hours=25))
    assert walk.get("done")["Location"] == f"/follow/?n={number}"
    tasks.sweep(now=timezone.now())
    assert Draft.objects.get().answers == {}
    answer = walk.say("what", text="过了一天又想起来的话")
    assert "过了一天又想起来的话" in answer.content.decode()
    walk.client.post(f"/raise/{walk.token}/add/", {"text": "过了一天又想起来的话"})
    assert [told.verb for told in reads.page(matter(number), now=timezone.now()).story] == [
        "register",
        "supplement",
    ]
    assert count() == 1


def test_a_draft_can_be_erased_from_the_front_page(county: County) -> None:
    walk = Walk.opened().to_check()
    assert "没写完" in walk.client.get("/").content.decode()
    walk.client.post(f"/raise/{walk.token}/erase/")
    assert not Draft.objects.exists()
    assert "没写完" not in walk.client.get("/").content.decode()


def test_an_erased_receipt_opens_no_more(county: County) -> None:
    walk = Walk.opened()
    walk.filed()
    walk.client.post(f"/raise/{walk.token}/erase/")
    assert walk.client.get(walk.url("done"))["Location"] == "/"
    assert Draft.objects.get().answers == {}


def test_sweeping_forgets_tries_and_presses(county: County) -> None:
    old = timezone.now() - timedelta(days=3)
    Attempt.objects.create(kind="filing", digest="x", at=old)
    Press.objects.create(digest="x", at=old)
    assert tasks.sweep(now=timezone.now()) == 2


# --- keeping, and keeping quiet ---


def test_the_code_stands_in_no_address(county: County) -> None:
    walk = Walk.opened()
    number, code = walk.filed()
    page = walk.get("done").content.decode()
    links = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert not [link for link in links if code in link or code[:4] in link]
    assert any(number in link for link in links)


def test_the_receipt_can_be_saved_and_printed(county: County) -> None:
    walk = Walk.opened()
    number, code = walk.filed()
    saved = walk.client.get(f"/raise/{walk.token}/receipt.txt")
    assert saved["Content-Disposition"].startswith("attachment")
    assert number in saved.content.decode()
    assert f"{code[:4]} {code[4:]}" in saved.content.decode()
    printed = walk.client.get(walk.url("print")).content.decode()
    assert number in printed
    assert "<svg" in printed


def test_personal_pages_are_kept_nowhere(county: County) -> None:
    walk = Walk.opened().to_check()
    for step in ("kind", "what", "about", "where", "photos", "who", "check"):
        assert "no-store" in walk.get(step)["Cache-Control"], step
    walk.file()
    for page in ("done", "print"):
        assert "no-store" in walk.get(page)["Cache-Control"]


def test_too_many_filings_from_one_address_wait_with_their_words_kept(county: County, settings: Any) -> None:
    settings.FILINGS_PER_HOUR = 2
    for _ in range(2):
        Walk.opened().filed()
    walk = Walk.opened().to_check()
    answer = walk.file()
    assert answer.status_code == 429
    assert WORDS in answer.content.decode()
    assert count() == 2
    Attempt.objects.update(at=timezone.now() - timedelta(hours=2))
    assert walk.next_of(walk.file()) == "done"


def test_pressing_again_after_filing_counts_against_nobody(county: County, settings: Any) -> None:
    settings.FILINGS_PER_HOUR = 1
    walk = Walk.opened().to_check()
    for _ in range(5):
        assert walk.next_of(walk.file()) == "done"


def test_tries_are_kept_without_the_address(county: County) -> None:
    Walk.opened().filed()
    assert not Attempt.objects.filter(digest__contains="127.0.0.1").exists()
    assert all(len(row.digest) == 64 for row in Attempt.objects.all())


def test_nothing_personal_is_written_to_the_log(county: County, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    walk = Walk.opened()
    number, code = walk.filed()
    walk.say("what", text="提交以后又写的话")
    walk.client.post("/follow/", {"number": number, "code": code})
    walk.client.post("/follow/", {"number": number, "code": "22222222"})
    walk.client.get(f"/follow/{number}/file/{Draft.objects.get().key}/")
    Client().post(walk.url("who"), {"name": "张三丰", "phone": "13812340000"})
    assert "Conflict" in caplog.text
    for words in (WORDS, "提交以后", "张三丰", "13812340000", code, "石桥镇石桥村3组"):
        assert words not in caplog.text


def test_filing_leaves_exactly_one_entry(county: County) -> None:
    before = len(ledger.after(0, now=timezone.now() + timedelta(hours=1), limit=1000))
    Walk.opened().filed()
    entries = ledger.after(0, now=timezone.now() + timedelta(hours=1), limit=1000)[before:]
    assert [(e.verb, e.actor_kind) for e in entries] == [("register", "resident")]
    assert "张三丰" not in str(entries[0].payload)


def test_a_limit_holds_against_simultaneous_tries(county: County) -> None:
    now = timezone.now()
    let_in = 0
    for _ in range(15):
        try:
            actions.count_try(kind="number", value="x", most=10, at=now)
        except actions.TooMany:
            continue
        let_in += 1
    assert let_in == 10
