"""Drafting, numbering, freezing, voiding, serving."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdf
import pytest
from django.db import IntegrityError, transaction
from docx import Document

from tests.county import MONDAY, County
from zhuoluo.files import reads as files
from zhuoluo.kit.ids import uuid7
from zhuoluo.ledger import reads as ledger
from zhuoluo.org.rules import SYSTEM, Forbidden
from zhuoluo.papers import actions, reads
from zhuoluo.papers.models import Paper
from zhuoluo.papers.reads import fonts
from zhuoluo.papers.rules import KINDS, Refused, unit_word
from zhuoluo.papers.tests.samples import content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def drafted(county: County, kind: str = "opinion", subject: UUID | None = None, **changes: Any) -> Paper:
    values: dict[str, Any] = {
        "kind": kind, "subject_kind": "matter", "subject_id": subject or uuid7(), "unit_id": county.units["ZJ"].id,
        "content": content(kind), "by": county.who("head"), "at": MONDAY,
    }  # fmt: skip
    return actions.draft(**values | changes)


def issued(county: County, kind: str = "opinion", **changes: Any) -> Paper:
    return actions.issue(paper_id=drafted(county, kind, **changes).id, by=county.who("head"), at=MONDAY)


def test_numbers_run_per_unit_kind_and_year_without_gaps(county: County) -> None:
    numbers = [issued(county).number for _ in range(3)]
    assert numbers == [f"清住建意字〔2026〕{n}号" for n in (1, 2, 3)]
    assert issued(county, "extension").number.endswith("延告字〔2026〕1号")
    later = MONDAY + timedelta(days=400)
    paper = drafted(county, at=later)
    assert actions.issue(paper_id=paper.id, by=county.who("head", later), at=later).number.endswith(
        "〔2027〕1号"
    )


def test_a_failed_issue_uses_no_number(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = drafted(county)
    monkeypatch.setattr("zhuoluo.papers.actions.issuing.write_docx", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.issue(paper_id=paper.id, by=county.who("head"), at=MONDAY)
    monkeypatch.undo()
    assert issued(county).sequence == 1


def test_pressed_twice_it_is_the_same_paper_and_one_entry(county: County) -> None:
    subject = uuid7()
    one = drafted(county, subject=subject)
    assert drafted(county, subject=subject).id == one.id
    first = actions.issue(paper_id=one.id, by=county.who("head"), at=MONDAY)
    again = actions.issue(paper_id=one.id, by=county.who("head"), at=MONDAY + timedelta(hours=1))
    assert (first.number, first.pdf_sha256, first.issued_at) == (
        again.number,
        again.pdf_sha256,
        again.issued_at,
    )
    verbs = [entry.verb for entry in ledger.about([one.id])]
    assert verbs == ["draft_paper", "issue_paper"]


def test_the_entry_says_nothing_of_the_person(county: County) -> None:
    paper = issued(county, "acceptance")
    actions.serve(
        paper_id=paper.id,
        method="post",
        recipient="raiser",
        served_at=MONDAY,
        by=county.who("head"),
        at=MONDAY,
    )
    told = str([entry.payload for entry in ledger.about([paper.id])])
    assert "张" not in told
    assert "石桥" not in told
    assert "post" in told


def test_an_issued_paper_is_frozen_and_proves_itself(county: County) -> None:
    paper = issued(county)
    assert reads.verify(paper) == []
    with pytest.raises(Refused, match="不能再改"):
        actions.change_draft(paper_id=paper.id, text="别的", by=county.who("head"), at=MONDAY)
    assert paper.pdf_id is not None
    before = files.place(paper.pdf_id).read_bytes()
    copy = reads.copy_pdf(paper, mark="林秀芬 县信访局 3月2日9时", at=MONDAY)
    assert files.place(paper.pdf_id).read_bytes() == before
    assert copy != before
    pages = pypdf.PdfReader(BytesIO(copy)).pages
    assert all("林秀芬" in page.extract_text() for page in pages)
    files.place(paper.pdf_id).write_bytes(before + b" ")
    assert reads.verify(paper) == ["pdf"]


def test_a_void_paper_keeps_its_number_and_stays_listed(county: County) -> None:
    subject = uuid7()
    one = issued(county, subject=subject)
    with pytest.raises(Refused, match="理由"):
        actions.void(paper_id=one.id, reason=" ", by=county.who("head"), at=MONDAY)
    actions.void(paper_id=one.id, reason="受送达人写错", by=county.who("head"), at=MONDAY)
    two = issued(county, subject=subject)
    assert [(p.sequence, p.state) for p in reads.of(subject)] == [(2, "issued"), (1, "void")]
    assert two.number != one.number


def test_a_handler_writes_and_serves_what_only_the_head_of_the_unit_signs(county: County) -> None:
    paper = drafted(county, by=county.who("handler"))
    with pytest.raises(Forbidden):
        actions.issue(paper_id=paper.id, by=county.who("handler"), at=MONDAY, version=paper.version)
    actions.issue(paper_id=paper.id, by=county.who("head"), at=MONDAY, version=paper.version)
    with pytest.raises(Forbidden):
        actions.void(paper_id=paper.id, reason="受送达人写错", by=county.who("handler"), at=MONDAY)
    proof = actions.serve(
        paper_id=paper.id,
        method="post",
        recipient="raiser",
        served_at=MONDAY,
        by=county.who("handler"),
        at=MONDAY,
    )
    assert proof.recipient == "raiser"


def test_only_who_may_write_makes_it_and_only_for_their_unit(county: County) -> None:
    with pytest.raises(Forbidden):
        drafted(county, by=county.who("clerk"))
    with pytest.raises(Forbidden):
        drafted(county, by=county.who("road_head"))
    assert drafted(county, "completion", by=county.who("handler")).state == "draft"


def test_free_words_change_and_the_rest_stays_what_the_facts_say(county: County) -> None:
    paper = drafted(county, "mediation")
    tables = [b["rows"] for b in paper.content["blocks"] if b["rows"]]
    changed = actions.change_draft(
        paper_id=paper.id,
        text="一、甲方修好路灯。\n二、乙方不再阻工。",
        by=county.who("head"),
        at=MONDAY,
        version=1,
    )
    assert [b["rows"] for b in changed.content["blocks"] if b["rows"]] == tables
    assert [b["text"] for b in changed.content["blocks"] if b["text"]] == [
        "一、甲方修好路灯。",
        "二、乙方不再阻工。",
    ]
    with pytest.raises(Refused, match="刚被别人改过"):
        actions.change_draft(paper_id=paper.id, text="晚到", by=county.who("head"), at=MONDAY, version=1)


def test_service_needs_an_issued_paper_and_a_time_that_can_be(county: County) -> None:
    paper = drafted(county)
    given: dict[str, Any] = {
        "method": "in_person",
        "recipient": "raiser",
        "by": county.who("head"),
        "at": MONDAY,
    }
    with pytest.raises(Refused, match="没有出具"):
        actions.serve(paper_id=paper.id, served_at=MONDAY, **given)
    paper = actions.issue(paper_id=paper.id, by=county.who("head"), at=MONDAY)
    with pytest.raises(Refused, match="送达时间"):
        actions.serve(paper_id=paper.id, served_at=MONDAY - timedelta(days=1), **given)
    proof = actions.serve(paper_id=paper.id, served_at=MONDAY, **given)
    assert actions.serve(paper_id=paper.id, served_at=MONDAY, **given).id == proof.id
    assert [p.id for p in reads.served_to(paper.subject_id, ["opinion"])] == [paper.id]


def test_the_database_refuses_an_issued_paper_without_its_digest(county: County) -> None:
    paper = drafted(county)
    for broken in ({"state": "issued"}, {"number": "清〔2026〕1号"}, {"state": "void"}, {"kind": "letter"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(**broken)


def test_docx_says_what_the_pdf_says(county: County) -> None:
    paper = issued(county, "acceptance")
    document = Document(BytesIO(reads.copy_docx(paper, mark="林秀芬 县信访局")))
    text = "\n".join(p.text for p in document.paragraphs)
    for words in ("张䶮㛃𠮷：", paper.number, "信访事项受理告知书", "2026年3月2日", "受理日期为2026年3月3日"):
        assert words in text
    page = document.sections[0]
    shape = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round(x.mm) for x in shape if x is not None] == [210, 297, 37, 28]
    assert "林秀芬" in page.header.paragraphs[0].text
    draft = Document(
        BytesIO(reads.copy_docx(drafted(county, "completion", by=county.who("handler")), mark="王建国"))
    )
    assert "草稿" in draft.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_issued_and_opens_in_both_forms(county: County, kind: str) -> None:
    paper = Paper.objects.get(pk=drafted(county, kind, by=SYSTEM).pk)
    paper = actions.issue(paper_id=paper.id, by=SYSTEM, at=MONDAY)
    assert bool(paper.number) == KINDS[kind].numbered
    assert reads.verify(paper) == []
    assert Document(BytesIO(reads.copy_docx(paper, mark="甲")))
    assert pypdf.PdfReader(BytesIO(reads.copy_pdf(paper, mark="甲", at=MONDAY))).pages


def test_the_remedy_clause_stands_where_the_law_wants_it() -> None:
    for code, kind in KINDS.items():
        paper = content(code)
        assert bool(paper.remedy) == bool(kind.remedy)
        if kind.remedy:
            assert "30日内" in paper.remedy
            assert f"申请{kind.remedy}" in paper.remedy
            assert "清溪县人民政府" in paper.remedy


def test_units_have_their_word_in_numbers() -> None:
    assert unit_word("清溪县", "县信访局", "office") == "清信访"
    assert unit_word("清溪县", "石桥镇", "township") == "清石桥"
    assert unit_word("清溪县", "县教育局", "department") == "清教"


def test_without_a_chinese_font_a_paper_is_refused_in_words(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = replace(fonts.faces(), lists={part: [] for part in fonts.WANTED}, families=frozenset())
    monkeypatch.setattr(fonts, "faces", lambda: none)
    with pytest.raises(Refused, match="没有中文字体"):
        issued(county)
    assert not Paper.objects.exclude(state="draft").exists()
