"""The reception sheet: one action makes the paper, a draft until all is decided, then frozen; every look is kept."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from tests.county import County
from tests.reception.test_receiving import decide
from zhuoluo.ledger.models import Entry
from zhuoluo.org.rules import Forbidden
from zhuoluo.papers.models import Paper
from zhuoluo.papers.reads import verify
from zhuoluo.papers.rules import Content
from zhuoluo.reception import actions
from zhuoluo.reception.models import Batch
from zhuoluo.reception.tests.days import NINE, asks, come, day, person
from zhuoluo.residents.models import View

pytestmark = pytest.mark.django_db
LATER = NINE + timedelta(hours=1)


def batch(county: County) -> Batch:
    people = [person(name="䶮小妹"), person(name="李四", phone="13900001111")]
    return come(county, day(county), asks(), asks("自来水停了三天"), people=12, representatives=people).batch


def make(county: County, made: Batch, who: str = "officer") -> Paper | Content:
    return actions.make_sheet(batch_id=made.pk, by=county.who(who, LATER), at=LATER)


def test_while_a_request_is_undecided_it_is_a_draft_and_nothing_is_kept(county: County) -> None:
    made = batch(county)
    decide(county, made.requests.get(place=1), "answered")
    draft = make(county, made)
    assert isinstance(draft, Content)
    words = str(draft.as_json())
    assert "䶮小妹" in words
    assert "自来水停了三天" in words
    assert "10人" in words
    assert "还没有处理意见" in words
    assert Paper.objects.count() == 0


def test_decided_it_is_issued_once_with_the_decisions_and_made_again_it_is_the_same(county: County) -> None:
    made = batch(county)
    decide(county, made.requests.get(place=1), "answered", said="当面讲清了政策")
    decide(county, made.requests.get(place=2), "assigned")
    paper = make(county, made)
    assert isinstance(paper, Paper)
    assert (paper.state, paper.subject_kind, paper.unit) == ("issued", "batch", county.units["XF"])
    assert "当面讲清了政策" in str(paper.content)
    assert "还没有处理意见" not in str(paper.content)
    assert verify(paper) == []
    entries = Entry.objects.count()
    assert make(county, made) == paper
    assert Paper.objects.count() == 1
    assert Entry.objects.count() == entries


def test_each_making_is_a_look_at_every_matter_of_the_batch(county: County) -> None:
    made = batch(county)
    make(county, made)
    seen = View.objects.filter(reason="制作文书：来访接待登记表").values_list("subject_id", flat=True)
    assert set(seen) == {r.matter_id for r in made.requests.all()}


def test_who_may_not_see_identity_or_one_of_the_matters_gets_no_sheet(county: County) -> None:
    made = batch(county)
    for who in ("leader", "handler", "mediator", "clerk2"):
        with pytest.raises(Forbidden):
            make(county, made, who)
    assert not Paper.objects.exists()


def test_at_the_desk_the_sheet_comes_as_pdf_and_as_word(county: County, sit: Any, clock: Any) -> None:
    made = batch(county)
    page, address = (
        reverse("reception:sheet", args=[made.pk]),
        reverse("reception:sheet-paper", args=[made.pk]),
    )
    clock(LATER)
    desk = sit("officer")
    assert "正式登记表" in desk.get(page).content.decode()
    assert "正式登记表" not in sit("leader").get(page).content.decode()
    pdf = desk.post(address, {"form": "pdf"})
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert "来访接待登记表" in text
    assert "李四" in text
    assert "林秀芬" in text
    assert pdf["Cache-Control"] == "private, no-store"
    word = Document(BytesIO(desk.post(address, {"form": "docx"}).content))
    assert "自来水停了三天" in "".join(cell.text for t in word.tables for row in t.rows for cell in row.cells)
    for place in (1, 2):
        decide(county, made.requests.get(place=place), "answered")
    assert (
        desk.post(address, {"form": "docx"}).status_code
        == desk.post(address, {"form": "pdf"}).status_code
        == 200
    )
    assert sit("leader").post(address, {"form": "pdf"}).status_code == 403
