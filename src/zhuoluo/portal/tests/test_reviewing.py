"""Reviews as the raiser meets them: what can be asked for, of whom and until when; asked, taken back, read; new facts."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.county import County
from zhuoluo.matters import actions as matters
from zhuoluo.matters import reads
from zhuoluo.matters.tests.law import OPINION, ask, on_review, redo, reviewed
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org import actions as org
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import SYSTEM
from zhuoluo.portal.reads.following import JOINED
from zhuoluo.portal.tests.walk import Walk

pytestmark = pytest.mark.django_db
WHY = "答复说修好了，其实还有四盏不亮，请重新查。"


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let every page believe it is an hour after the last act on a matter."""

    def after(path: Path) -> Path:
        monkeypatch.setattr("django.utils.timezone.now", lambda: path.at + timedelta(hours=1))
        return path

    return after


def opened(path: Path) -> Client:
    client = Client()
    client.post("/follow/", {"number": path.matter.number, "code": matters.code_of(path.matter)})
    return client


def page(path: Path, client: Client | None = None) -> str:
    answer = (client or opened(path)).get(f"/follow/{path.matter.number}/")
    assert answer.status_code == 200
    return answer.content.decode().replace(JOINED, "")


def headline(path: Path) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page(path), re.DOTALL)
    assert found
    return found.group(1).strip()


def asked(path: Path) -> list[Any]:
    """The requests for review on a matter."""
    return reads.page(path.matter, now=path.at).reviews


def url(path: Path, tail: str) -> str:
    return f"/follow/{path.matter.number}/{tail}"


def test_a_served_answer_says_of_whom_and_until_when_a_review_can_be_asked_for(
    county: County, stand: Any
) -> None:
    shown = page(stand(Path.register(county).served()))
    assert "不服这个答复" in shown
    assert "自收到之日起 30 日内，向办理机关的上一级机关请求复查（信访工作条例第35条）" in shown
    assert "由县政府复查复核办公室来查，不是原来办的单位" in shown
    assert "2026年4月1日" in shown
    assert ">申请复查<" in shown


def test_a_suggestion_has_no_review(county: County, stand: Any) -> None:
    path = Path.register(county, klass="suggestion")
    path.routed().act("take", "handler")
    path.act("draft", "handler", content=matters.Drafted(outcome="adopted", opinion="采纳，列入明年计划"))
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="in_person")
    shown = page(stand(path))
    assert "采纳" in shown
    assert "申请复查" not in shown


def test_a_review_is_written_checked_and_sent_once(county: County, stand: Any) -> None:
    path = stand(Path.register(county).served())
    client = opened(path)
    empty = client.post(url(path, "review/"), {"text": "", "form_key": "k1"})
    assert empty.status_code == 400
    assert "请写下您要求什么，为什么不服" in empty.content.decode()
    check = client.post(url(path, "review/"), {"text": WHY, "form_key": "k1"})
    assert WHY in check.content.decode()
    assert asked(path) == []
    again = client.post(url(path, "review/"), {"text": WHY, "form_key": "k1", "change": "1"})
    assert f"{WHY}</textarea>" in again.content.decode()
    for _ in range(2):  # pressed twice
        sent = client.post(url(path, "review/"), {"text": WHY, "form_key": "k1", "sure": "1"})
        assert sent.status_code == 302
    [kept] = asked(path)
    assert kept.request == WHY
    shown = page(path, client)
    assert "您的申请收到了" in shown
    assert "收到了，等待受理" in shown
    assert ">申请复查</span>" not in shown
    assert "县政府复查复核办公室最晚" in headline(path)


def test_too_late_is_said_with_the_article_and_nothing_written_is_lost(county: County, stand: Any) -> None:
    path = Path.register(county).served()
    path.at += timedelta(days=40)
    client = opened(stand(path))
    assert "已经过了" in page(path, client)
    sent = client.post(url(path, "review/"), {"text": WHY, "form_key": "k1", "sure": "1"})
    assert sent.status_code == 409
    assert "届满" in sent.content.decode()
    assert asked(path) == []


def test_a_request_can_be_taken_back_and_made_again(county: County, stand: Any) -> None:
    path = Path.register(county).served()
    ask(path)
    client = opened(stand(path))
    assert "真的要撤回申请吗" in client.get(url(path, "review/withdraw/")).content.decode()
    done = client.post(url(path, "review/withdraw/"), {"reason": "想通了", "form_key": "k2"})
    assert done.status_code == 302
    assert [row.withdrawn_at is not None for row in asked(path)] == [True]
    assert ">申请复查<" in page(path, client)
    nothing = client.post(url(path, "review/withdraw/"), {"reason": "", "form_key": "k3"})
    assert nothing.status_code == 302


def test_an_opinion_is_read_only_once_it_is_served(county: County, stand: Any) -> None:
    path = Path.register(county).served()
    review = ask(path)
    on_review(path, "admit_review", review)
    on_review(path, "decide_review", review, outcome="upheld", **OPINION)
    shown = page(stand(path))
    assert OPINION["opinion"] not in shown
    assert "意见已经作出，正在送达" in shown
    on_review(path, "serve_review", review, method="post")
    shown = page(stand(path))
    assert OPINION["opinion"] in shown
    assert "维持原来的答复" in shown
    assert "不服复查意见" in shown
    assert ">申请复核<" in shown
    assert "上一级人民政府信访事项复查复核机构" in shown


def test_the_organ_of_second_reviews_is_the_one_the_administrator_named(county: County, stand: Any) -> None:
    org.set_review_organs(
        second_here=False, superior="某市人民政府复查复核办", by=SYSTEM, at=county_start(county)
    )
    path = Path.register(county).served()
    reviewed(path)
    assert "由某市人民政府复查复核办来查" in page(stand(path))
    org.set_review_organs(second_here=True, superior="", by=SYSTEM, at=path.at)
    forget()
    assert "由县政府复查复核办公室来查" in page(stand(path))


def county_start(county: County) -> Any:
    return Path.register(county).at


def test_an_annulled_answer_is_told_and_the_new_one_can_be_reviewed_again(county: County, stand: Any) -> None:
    path = Path.register(county).served()
    reviewed(path, "annulled")
    assert "原来的答复已被撤销，县住房和城乡建设局正在重新办理" in headline(stand(path))
    shown = page(path)
    assert "撤销原来的答复，要求重新办理" in shown
    assert "此前的答复（已经被撤销）" in shown
    redo(path, matters.Drafted(**{**DRAFT.__dict__, "facts": "逐盏查看，还有四盏没有修"}))
    path.act("serve", "handler", method="in_person")
    shown = page(stand(path))
    assert "逐盏查看" in shown
    assert ">申请复查<" in shown
    assert "针对以前的答复" in shown


def test_a_hearing_is_announced_with_place_and_time(county: County, stand: Any) -> None:
    path = Path.register(county).handling()
    planned = path.at + timedelta(days=5)
    path.act(
        "plan_hearing", "handler", reason="事实争议大，需要听证", planned=planned, place="镇政府二楼会议室"
    )
    shown = page(stand(path))
    assert "镇政府二楼会议室" in shown
    assert "请带上您的材料" in shown
    assert "听证不影响期限" in shown


def test_after_the_end_help_goes_on_and_new_facts_become_a_linked_matter(county: County, stand: Any) -> None:
    path = Path.register(county).served()
    reviewed(path)
    reviewed(path)
    path.act("give_help", "clerk", text="村里送去了太阳能灯", to_raiser=True)
    client = opened(stand(path))
    shown = page(path, client)
    assert "这件事已经终结" in shown
    assert "还会继续帮您" in shown
    assert "村里送去了太阳能灯" in shown
    begun = client.post(url(path, "new-facts/"))
    assert begun.status_code == 302
    walk = Walk(client, begun["Location"].split("/")[2])
    walk.to_check(text="新发现的证据：供电局记录说明这四盏从没有接过电。")
    assert path.matter.number in walk.get("check").content.decode()
    walk.file()
    number, _code = walk.receipt()
    [link] = reads.page(reads.by_number(SYSTEM, number), now=path.at).related
    assert (link.number, link.kind) == (path.matter.number, "new_facts")


def test_new_facts_are_offered_only_after_an_answer_and_to_its_raiser(county: County, stand: Any) -> None:
    early = stand(Path.register(county).handling())
    client = opened(early)
    assert "有新的情况" not in page(early, client)
    answer = client.post(url(early, "new-facts/"))
    assert answer["Location"] == f"/follow/{early.matter.number}/"
    stranger = Client().post(url(early, "new-facts/"))
    assert stranger["Location"].startswith("/follow/?n=")
    assert reads.visible(SYSTEM).count() == 1


def test_inner_notes_and_help_that_was_not_for_the_raiser_stay_inside(county: County, stand: Any) -> None:
    path = Path.register(county).served()
    path.act("give_help", "clerk", text="内部记录：情绪不稳定", to_raiser=False)
    path.act("recuse", "head", person_id=county.users["handler"].id, reason="是诉求人的表弟")
    shown = page(stand(path))
    assert "情绪不稳定" not in shown
    assert "表弟" not in shown


def test_the_page_reads_in_english_too(county: County, stand: Any) -> None:
    path = Path.register(county).served()
    reviewed(path)
    client = opened(stand(path))
    client.cookies["lang"] = "en"
    shown = page(path, client)
    assert "If you disagree with the review, you can ask the organ above" in shown
    assert "The earlier answer stands" in shown
