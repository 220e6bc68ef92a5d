"""The page of one matter: what it shows, to whom, and what it never shows."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.county import MONDAY
from zhuoluo.matters.actions import Drafted
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads.page import Told
from zhuoluo.matters.reads.wording import SENTENCES, sentence
from zhuoluo.matters.states import Verb
from zhuoluo.matters.tests.desk import Desk, said
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.matters.tests.states import STATES, unhappy
from zhuoluo.matters.views.table import ACTS, ALIASES

pytestmark = pytest.mark.django_db


def test_the_page_says_who_owes_what_to_whom_by_when_and_why(desk: Desk) -> None:
    page = said(desk.page("handler", desk.after(desk.path().handling())))
    assert "县住房和城乡建设局 王建国 欠 诉求人" in page
    assert "2026年5月1日" in page  # 60 days from 2 March, as target
    assert "信访工作条例 第34条" in page
    assert "次日起算" in page or "第一天" in page or "3月3日" in page


def test_target_and_legal_date_are_shown_apart_where_rest_days_roll_it(desk: Desk) -> None:
    page = said(desk.page("handler", desk.after(desk.path().handling())))
    assert "目标日期是 2026年5月1日" in page
    assert "2026年5月6日" in page


def test_a_date_in_a_year_without_notice_is_marked_provisional(desk: Desk) -> None:
    path = desk.path(at=MONDAY + timedelta(days=280))
    path.routed("ZJ").act("take", "handler")
    page = said(desk.page("handler", desk.after(path)))
    assert "暂定" in page
    assert "2027 年的放假安排还没有公布" in page


def test_the_five_facts_stand_apart(desk: Desk) -> None:
    page = said(desk.page("officer", desk.after(desk.path().served())))
    row = page[page.index('class="facts"') :]
    row = row[: row.index("</ul>")]
    for word in ("答复", "送达", "执行", "化解", "评价"):
        assert word in row
    assert row.count("facts__open") == 3  # executed, resolved and rated are not so
    assert "应在" in row


def test_reopening_leaves_the_first_answer_readable_and_says_it_no_longer_stands(desk: Desk) -> None:
    path = unhappy(desk.path())
    path.act("reopen", "supervisor", reason="到现场看过，确实没修")
    page = said(desk.page("officer", desk.after(path)))
    assert "重新办理以前的答复" in page
    assert DRAFT.opinion in page
    assert "有过，现在不算数" in page


@pytest.mark.parametrize("state", sorted(STATES))
def test_every_stage_has_a_page(desk: Desk, state: str) -> None:
    path = desk.after(STATES[state](desk.path()))
    page = desk.page("officer", path)
    assert page.status_code == 200
    assert path.matter.text in said(page)
    assert "%(" not in said(page)


def test_the_story_has_a_sentence_for_every_verb() -> None:
    assert {str(verb) for verb in Verb} == set(SENTENCES)
    assert set(ALIASES.values()) <= set(ACTS)


def test_a_sentence_never_fails_on_what_an_old_entry_lacks(desk: Desk) -> None:
    for verb in SENTENCES:
        told = Told(1, desk.path().at, desk.path().at, verb, "staff", "李梅", "", "石桥镇", {}, [])
        assert "%(" not in sentence(told)


def test_what_the_raiser_reads_too_is_marked(desk: Desk) -> None:
    path = desk.path()
    path.act("ask_more", "clerk", question="请问是哪几盏灯？")
    path.act("note", "clerk", text="村里说没有钱")
    page = said(desk.page("clerk", desk.after(path)))
    assert page.count("timeline__body--public") == 1
    assert page.index("请问是哪几盏灯？") > 0
    assert "村里说没有钱" in page


# --- size and speed ---


def _queries(desk: Desk, who: str, path: Path) -> int:
    desk.page(who, path)
    with CaptureQueriesContext(connection) as asked:
        assert desk.page(who, path).status_code == 200
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_the_matter(desk: Desk) -> None:
    path = desk.path().handling()
    path.act("draft", "handler", content=DRAFT)
    path.act("note", "handler", text="约好了时间")
    few = _queries(desk, "handler", desk.after(path))
    for n in range(15):
        path.act("note", "handler", text=f"第 {n} 次联系")
        path.act("draft", "handler", content=Drafted(opinion=f"第 {n} 稿"), draft_version=n + 1)
    assert _queries(desk, "handler", desk.after(path)) == few
    assert few <= 18


def test_a_long_story_comes_in_parts_without_gap_or_repeat(desk: Desk) -> None:
    path = desk.path()
    for n in range(95):
        path.act("note", "clerk", text=f"记事{n:03d}。")
    desk.after(path)
    found: list[str] = []
    query = ""
    while True:
        page = said(desk.page("clerk", path, query=query))
        found += re.findall(r"记事(\d{3})。", page)
        more = re.search(r'href="(\?before=\d+)"', page)
        if more is None:
            break
        query = more[1]
    assert found == [f"{n:03d}" for n in reversed(range(95))]


def test_drafts_saved_in_a_row_are_told_once(desk: Desk) -> None:
    path = desk.path().handling()
    for n in range(5):
        path.act("draft", "handler", content=Drafted(opinion=f"第 {n} 稿"), draft_version=n)
    assert said(desk.page("handler", desk.after(path))).count("保存答复草稿") == 1


def test_a_number_typed_carelessly_leads_to_its_page(desk: Desk) -> None:
    path = desk.path()
    typed = path.matter.number.lower().replace("-", "")
    answer = desk.client("clerk").get(reverse("matters:page", args=[typed]))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/{path.matter.number}/")


def test_related_matters_show_their_number_only(desk: Desk) -> None:
    path = desk.path()
    other = Path.register(desk.county, at=path.at, text="完全不同的一句话，别人不该看到。")
    path.act("link", "clerk", other_id=other.matter.id, kind="related")
    page = said(desk.page("clerk", desk.after(path)))
    assert other.matter.number in page
    assert "完全不同的一句话" not in page


def test_strangers_are_sent_to_sign_in(desk: Desk, client: Any) -> None:
    path = desk.path()
    for name in ("page", "print", "seen", "identity"):
        answer = client.get(reverse(f"matters:{name}", args=[path.matter.number]))
        assert answer.status_code == 302
        assert "/staff/sign-in/" in answer["Location"]
    assert Matter.objects.count() == 1
