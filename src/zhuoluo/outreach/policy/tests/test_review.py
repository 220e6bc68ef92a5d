"""The review: each clause joined, cut, edited, dropped or found right, kept as it goes; nothing in force before it is published."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.county import MONDAY, County, build
from zhuoluo.files.models import StoredFile
from zhuoluo.ledger import reads as ledger
from zhuoluo.org.rules import Actor, Forbidden
from zhuoluo.outreach.policy import actions, reads
from zhuoluo.outreach.policy.actions import DocumentContent, Row, Upload
from zhuoluo.outreach.policy.models import ClauseText, Document, Proposed
from zhuoluo.outreach.policy.rules.errors import Refused
from zhuoluo.outreach.policy.rules.force import Span, overlapping
from zhuoluo.outreach.policy.rules.splitting import split
from zhuoluo.outreach.policy.tests import papers

START = date(2024, 1, 1)
CONTENT = DocumentContent("海创园人才措施", "县委组织部", "measure", date(2023, 12, 20), START)
WORDS = "对符合条件的人才给予支持。"


@pytest.fixture
def by(county: County) -> Actor:
    return county.who("outreach")


def draft(by: Actor, *labels: str) -> Document:
    lines = [f"{label} {WORDS}" for label in labels]
    return actions.draft(content=CONTENT, split=split([lines], wrapped=False), by=by, at=MONDAY)


def rows(document: Document) -> list[tuple[int, str, str]]:
    return [(p.place, p.label, p.text) for p in Proposed.objects.filter(document=document).order_by("place")]


def one(document: Document, place: int) -> Any:
    return Proposed.objects.get(document=document, place=place).pk


def verbs() -> list[str]:
    held = ledger.after(0, now=MONDAY + timedelta(days=1), limit=500)
    return [entry.verb for entry in held if entry.subject_kind == "policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("make", [papers.word, papers.pdf])
def test_a_file_becomes_36_proposals_and_the_word_of_clause_17_finds_it_once_published(
    make: Any, by: Actor
) -> None:
    upload = Upload(make(papers.lines()), "海创园36条.docx")
    document = actions.take_in(upload=upload, key="form", by=by, at=MONDAY)
    assert document == actions.take_in(upload=upload, key="form", by=by, at=MONDAY)  # sent twice
    assert StoredFile.objects.count() == 1
    assert document.source_id == StoredFile.objects.get().pk
    assert (document.title, document.number, document.issuer) == (
        "海创园人才三十六条措施", "清政发〔2023〕40号", "清溪县人民政府",
    )  # fmt: skip
    assert (document.from_day, document.until_day) == (START, date(2028, 12, 31))
    assert len(rows(document)) == 36
    assert reads.search("槐荫公寓", on=START) == []
    actions.review(document_id=document.id, by=by, at=MONDAY)
    assert reads.search("槐荫公寓", on=START) == []
    actions.publish(document_id=document.id, by=by, at=MONDAY)
    [found] = reads.search("槐荫公寓", on=START)
    assert found.label == "第十七条"
    assert reads.search("槐荫公寓", on=date(2029, 1, 1)) == []
    assert verbs() == ["policy.draft", "policy.review", "policy.publish"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
        (b"%PDF-1.7 cut short", "不完整"),
        (b"x" * (10 * 1024 * 1024 + 1), "最大 10 MB"),
    ],
)
def test_a_file_nobody_can_read_leaves_nothing_and_says_how_to_mend_it(
    data: bytes, why: str, by: Actor
) -> None:
    with pytest.raises(Refused, match=why) as refused:
        actions.take_in(upload=Upload(data, "文件.doc"), by=by, at=MONDAY)
    assert "请" in str(refused.value)
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert verbs() == []


@pytest.mark.django_db
def test_what_lacks_is_asked_for_before_the_review_and_not_before(by: Actor) -> None:
    text = "海创园人才若干措施\n" + "\n".join(f"第{n}条 {WORDS}" for n in "一二三")
    document = actions.take_in(text=text, by=by, at=MONDAY)
    assert (document.title, document.from_day, document.issuer) == ("海创园人才若干措施", None, "")
    with pytest.raises(Refused, match="文件信息还缺：发文机关、施行日期"):
        actions.review(document_id=document.id, by=by, at=MONDAY)
    actions.change(document_id=document.id, content=CONTENT, by=by, at=MONDAY)
    actions.review(document_id=document.id, by=by, at=MONDAY)
    assert Document.objects.get().state == "reviewed"


@pytest.mark.django_db
def test_joining_cutting_dropping_and_adding_leave_the_places_without_gaps(by: Actor) -> None:
    document = draft(by, "第一条", "第二条", "第三条", "第四条")
    actions.join(document_id=document.id, proposed_id=one(document, 3), by=by, at=MONDAY)
    assert rows(document)[1] == (2, "第二条", f"{WORDS}\n第三条 {WORDS}")
    assert [place for place, *_ in rows(document)] == [1, 2, 3]
    text = f"{WORDS}\n\n第三条 {WORDS}\n \n{WORDS}"
    actions.cut(document_id=document.id, proposed_id=one(document, 2), text=text, by=by, at=MONDAY)
    assert [(place, label) for place, label, _ in rows(document)] == [
        (1, "第一条"), (2, "第二条"), (3, "第三条"), (4, ""), (5, "第四条"),
    ]  # fmt: skip
    actions.drop_clause(document_id=document.id, proposed_id=one(document, 4), by=by, at=MONDAY)
    actions.add_clause(document_id=document.id, behind=0, row=Row("序言", WORDS), by=by, at=MONDAY)
    assert [label for _, label, _ in rows(document)] == ["序言", "第一条", "第二条", "第三条", "第四条"]
    assert [place for place, *_ in rows(document)] == [1, 2, 3, 4, 5]
    assert verbs()[1:] == ["policy.join", "policy.cut", "policy.drop_clause", "policy.add_clause"]


@pytest.mark.django_db
def test_what_is_in_doubt_has_to_be_looked_at_and_a_change_asks_for_the_review_again(by: Actor) -> None:
    document = draft(by, "第一条", "第三条", "第四条")
    assert [list(p.doubts) for p in reads.proposed(document.id)] == [[], ["编号不连续"], []]
    with pytest.raises(Refused, match="还有 1 条有疑问没有看过：序号 2"):
        actions.review(document_id=document.id, by=by, at=MONDAY)
    assert actions.look_over(document_id=document.id, proposed_ids=[one(document, 2)], by=by, at=MONDAY) == 1
    assert actions.look_over(document_id=document.id, proposed_ids=[one(document, 2)], by=by, at=MONDAY) == 0
    actions.review(document_id=document.id, by=by, at=MONDAY)
    actions.edit(
        document_id=document.id,
        proposed_id=one(document, 1),
        row=Row("第一条", "改过的条文，给予支持。"),
        by=by,
        at=MONDAY,
    )
    with pytest.raises(Refused, match="还没有审核"):
        actions.publish(document_id=document.id, by=by, at=MONDAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (("第一条", "第一条"), "编号重复：第一条"),
        (("", "第一条"), "还没有编号的条文：序号 1"),
        ((), "还没有条文"),
    ],
)
def test_labels_that_cannot_be_cited_are_not_reviewed(labels: tuple[str, ...], why: str, by: Actor) -> None:
    document = actions.draft(content=CONTENT, by=by, at=MONDAY)
    actions.propose(document_id=document.id, rows=[Row(label, WORDS) for label in labels], by=by, at=MONDAY)
    with pytest.raises(Refused, match=why):
        actions.review(document_id=document.id, by=by, at=MONDAY)


@pytest.mark.django_db
def test_two_people_at_one_draft_do_not_undo_each_other(by: Actor) -> None:
    document = draft(by, "第一条", "第二条")
    row = Row("第一条", WORDS)
    first = one(document, 1)
    actions.edit(
        document_id=document.id, proposed_id=first, row=row, version=document.version, by=by, at=MONDAY
    )
    with pytest.raises(Refused, match="刚被别人改过"):
        actions.edit(
            document_id=document.id, proposed_id=first, row=row, version=document.version, by=by, at=MONDAY
        )


@pytest.mark.django_db
def test_what_was_published_is_beyond_the_review_and_only_keepers_write(by: Actor, county: County) -> None:
    document = draft(by, "第一条", "第二条")
    first, clerk = one(document, 1), county.who("clerk")
    for deed in (
        lambda who: actions.join(document_id=document.id, proposed_id=one(document, 2), by=who, at=MONDAY),
        lambda who: actions.cut(
            document_id=document.id, proposed_id=first, text="一\n\n二", by=who, at=MONDAY
        ),
        lambda who: actions.drop_clause(document_id=document.id, proposed_id=first, by=who, at=MONDAY),
        lambda who: actions.add_clause(
            document_id=document.id, behind=0, row=Row("序", WORDS), by=who, at=MONDAY
        ),
        lambda who: actions.look_over(document_id=document.id, proposed_ids=[first], by=who, at=MONDAY),
        lambda who: actions.review(document_id=document.id, by=who, at=MONDAY),
        lambda who: actions.take_in(text=WORDS * 5, by=who, at=MONDAY),
    ):
        with pytest.raises(Forbidden):
            deed(clerk)
    actions.review(document_id=document.id, by=by, at=MONDAY)
    actions.publish(document_id=document.id, by=by, at=MONDAY)
    for late in (
        lambda: actions.add_clause(document_id=document.id, behind=0, row=Row("序", WORDS), by=by, at=MONDAY),
        lambda: actions.review(document_id=document.id, by=by, at=MONDAY),
        lambda: actions.drop(document_id=document.id, by=by, at=MONDAY),
    ):
        with pytest.raises(Refused, match="已经发布"):
            late()


days = st.integers(0, 1200).map(lambda n: START + timedelta(days=n))


class Versions(TestCase):
    """However a clause is amended and its document ended, no day has two versions in force."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.keeper = build().who("outreach")

    @settings(max_examples=25, deadline=None)
    @given(st.lists(days, max_size=5), st.none() | days, st.lists(days, max_size=3))
    def test_no_day_has_two_versions(self, before: list[date], end: date | None, later: list[date]) -> None:
        keeper = self.keeper
        document = draft(keeper, "第一条", "第二条")
        actions.review(document_id=document.id, by=keeper, at=MONDAY)
        actions.publish(document_id=document.id, by=keeper, at=MONDAY)
        clause = reads.of_document(document.id, START)[0].clause_id

        def amend(day: date) -> None:
            try:
                actions.amend(
                    clause_id=clause, text=f"从 {day} 起的文本。", from_day=day, by=keeper, at=MONDAY
                )
            except Refused:
                return

        for day in before:
            amend(day)
        if end is not None:
            actions.repeal(document_id=document.id, until_day=end, reason="有新的规定", by=keeper, at=MONDAY)
        for day in later:
            amend(day)
        spans = [Span(t.from_day, t.until_day) for t in ClauseText.objects.filter(clause_id=clause)]
        assert not overlapping(spans)
        for day in {START, *before, *later, *([end] if end else [])}:
            held = [span for span in spans if span.holds(day)]
            found = reads.in_force(clause, day)
            assert len(held) <= 1
            assert (found is not None) == bool(held)
