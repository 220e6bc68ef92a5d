"""A document taken in, reviewed, published, amended and ended: what is cited on a day is what was in force on it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.county import MONDAY, County
from zhuoluo.ledger import reads as ledger
from zhuoluo.org.rules import Forbidden
from zhuoluo.outreach.policy import actions, reads
from zhuoluo.outreach.policy.actions import DocumentContent
from zhuoluo.outreach.policy.models import ClauseText, Document
from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.splitting import split
from zhuoluo.outreach.policy.tests.library import published_document

pytestmark = pytest.mark.django_db
START = date(2024, 1, 1)
CONTENT = DocumentContent(
    "海创园人才三十六条", "县委组织部", "measure", date(2023, 12, 20), START, audiences=("talents",)
)
LINES = ["第一条 对博士给予安家补贴。", "第二条 对骨干人才给予租房补贴。", "第三条 子女入学统筹安排学位。"]


def taken_in(county: County) -> Document:
    by = county.who("outreach")
    return actions.draft(content=CONTENT, split=split([LINES], wrapped=False), key="form", by=by, at=MONDAY)


def published(county: County) -> Document:
    document, by = taken_in(county), county.who("outreach")
    actions.review(document_id=document.id, by=by, at=MONDAY)
    return actions.publish(document_id=document.id, by=by, at=MONDAY)


def clause(document: Document, sequence: int = 2) -> reads.ClauseView:
    return reads.of_document(document.id, START)[sequence - 1]


def test_nothing_of_a_draft_is_found_or_cited(county: County) -> None:
    taken_in(county)
    assert reads.search("安家补贴", on=START) == []
    assert ClauseText.objects.count() == 0


def test_a_form_sent_twice_is_one_document_and_published_twice_is_published_once(county: County) -> None:
    assert taken_in(county) == taken_in(county)
    document = published(county)
    before = ledger.last()
    actions.publish(document_id=document.id, by=county.who("outreach"), at=MONDAY)
    assert ledger.last() == before
    assert ClauseText.objects.count() == 3


def test_a_clause_is_found_by_a_word_of_it_and_cited_with_its_day(county: County) -> None:
    published(county)
    [found] = reads.search("租房补贴", on=date(2024, 5, 1))
    assert found.citation == "《海创园人才三十六条》第二条（2024年1月1日起施行）"
    assert reads.cite(found.clause_id, START) == found.citation
    assert reads.search("养老金", on=START) == []


def test_before_its_first_day_it_is_neither_found_nor_cited(county: County) -> None:
    document = published(county)
    one = clause(document)
    day = START - timedelta(days=1)
    assert reads.search("租房补贴", on=day) == []
    assert reads.in_force(one.clause_id, day) is None
    with pytest.raises(Refused, match="没有生效"):
        reads.cite(one.clause_id, day)


def test_an_amended_clause_keeps_its_old_words_for_the_days_before(county: County) -> None:
    document = published(county)
    one = clause(document)
    since, by = date(2025, 7, 1), county.who("outreach")
    actions.amend(clause_id=one.clause_id, text="对骨干人才给予购房补贴。", from_day=since, by=by, at=MONDAY)
    before, after = (
        reads.in_force(one.clause_id, since - timedelta(days=1)),
        reads.in_force(one.clause_id, since),
    )
    assert before is not None
    assert after is not None
    assert (before.text, before.until_day) == ("对骨干人才给予租房补贴。", date(2025, 6, 30))
    assert after.text == "对骨干人才给予购房补贴。"
    assert after.citation.endswith("（2025年7月1日起施行）")
    assert [v.text for v in reads.versions(one.clause_id)] == [after.text, before.text]
    assert [f.clause_id for f in reads.search("购房补贴", on=since)] == [one.clause_id]
    assert [f for f in reads.search("租房补贴", on=since) if not f.near] == []
    with pytest.raises(Refused, match="晚于现行文本"):
        actions.amend(
            clause_id=one.clause_id, text="再改一次。", from_day=since - timedelta(days=9), by=by, at=MONDAY
        )


def test_on_what_an_amendment_rests_stands_with_its_words_and_not_in_the_ledger(county: County) -> None:
    one = clause(published(county))
    why = "清政发〔2025〕12号，经张三同志提出"
    actions.amend(
        clause_id=one.clause_id, text="对骨干人才给予购房补贴。", from_day=date(2025, 7, 1), why=why, by=county.who("outreach"),
        at=MONDAY,
    )  # fmt: skip
    assert reads.versions(one.clause_id)[0].why == why
    told = [e for e in ledger.after(0, now=timezone.now(), limit=9999) if e.verb == "policy.amend"]
    assert len(told) == 1
    assert "张三" not in str(told[0].payload)


def test_a_repealed_document_is_cited_for_its_days_and_not_after(county: County) -> None:
    document = published(county)
    one, by = clause(document), county.who("outreach")
    actions.amend(
        clause_id=one.clause_id, text="对骨干人才给予购房补贴。", from_day=date(2026, 1, 1), by=by, at=MONDAY
    )
    actions.repeal(
        document_id=document.id, until_day=date(2025, 12, 31), reason="出台新的措施", by=by, at=MONDAY
    )
    assert reads.in_force(one.clause_id, date(2025, 12, 31)) is not None
    assert reads.in_force(one.clause_id, date(2026, 1, 1)) is None
    assert reads.search("购房补贴", on=date(2026, 2, 1)) == []


def test_what_was_published_is_not_edited_and_only_keepers_write(county: County) -> None:
    document, by = published(county), county.who("outreach")
    with pytest.raises(Refused, match="已经发布"):
        actions.change(document_id=document.id, content=CONTENT, by=by, at=MONDAY)
    for who in ("clerk", "handler", "leader", "admin"):
        with pytest.raises(Forbidden):
            actions.draft(content=CONTENT, by=county.who(who), at=MONDAY)


def test_taken_down_it_is_gone_from_the_search_and_plain_words_can_be_found(county: County) -> None:
    document, by = published(county), county.who("outreach")
    one = clause(document)
    actions.explain(clause_id=one.clause_id, on=START, plain="租房每月补八百块", by=by, at=MONDAY)
    assert [f.plain for f in reads.search("每月补八百块", on=START)] == ["租房每月补八百块"]
    actions.take_down(document_id=document.id, reason="发错了文件，重新发布", by=by, at=MONDAY)
    assert reads.search("租房补贴", on=START) == []


RULES = [
    ("第七条", "一个自然年度内，大病保险最高支付限额为四十万元。"),
    ("第八条", "对特困人员、低保对象，不设最高支付限额。"),
    ("第九条", "参加养老保险的居民年满六十周岁、累计缴费满十五年的，可以按月领取养老金。"),
]


@pytest.mark.parametrize(
    ("question", "label", "near"),
    [
        ("最高支付限额 大病", "第七条", False), ("大病最高支付限额是多少", "第七条", True), ("40万元", "第七条", False),
        ("低保对象大病封顶吗", "第八条", True), ("养老金", "第九条", False), ("养老保险缴满了15年，可以每月拿多少钱", "第九条", True),
    ],
)  # fmt: skip
def test_people_ask_in_sentences_and_numbers_are_written_in_two_ways(
    question: str, label: str, near: bool, county: County
) -> None:
    published_document("清溪县医保办法", RULES, since=START, at=MONDAY)
    found = reads.search(question, on=date(2026, 3, 2))
    assert (found[0].label, found[0].near) == (label, near)


@pytest.mark.parametrize("question", ["今天天气怎么样", "路灯不亮找谁", "", "？！", "的了吗", "a" * 500])
def test_what_no_clause_says_is_never_answered(question: str, county: County) -> None:
    published_document("清溪县医保办法", RULES, since=START, at=MONDAY)
    assert reads.search(question, on=date(2026, 3, 2)) == []
