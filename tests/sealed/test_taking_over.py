"""A matter that turns out to be an accusation: all of it moves, nothing of it stays."""

import json
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

import pytest
from django.apps import apps

from tests.county import County, contact
from zhuoluo.files import actions as files
from zhuoluo.files import reads as kept
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import reads as matters
from zhuoluo.matters.actions import Drafted
from zhuoluo.matters.models import About, Attachment, Matter
from zhuoluo.matters.reads import counted
from zhuoluo.matters.tasks import index
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.rules import Forbidden
from zhuoluo.portal.reads.following import standing
from zhuoluo.sealed import actions, reads
from zhuoluo.sealed.tests.office import Office
from zhuoluo.search.models import Indexed

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


@pytest.fixture
def office(county: County, settings: Any, tmp_path: FilePath) -> Office:
    settings.FILES_ROOT = tmp_path / "files"
    return Office(county)


def whole_database() -> str:
    """Every value of every row of the database, as text."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.all().values():
            found += [
                bytes(v).decode("utf8", "ignore") if isinstance(v, memoryview | bytes) else str(v)
                for v in row.values()
            ]
    return "\n".join(found)


def raised(office: Office) -> Path:
    stored = files.keep(data=jpeg(), name="现场.jpg", at=office.at)
    who = contact(name=f"赵{CANARY}", phone="13755550001", address=f"{CANARY}巷")
    path = Path.register(
        office.county, text=f"{CANARY}一：有人收钱", title=f"{CANARY}二", place=f"{CANARY}三", contact=who,
        files=(stored.id,), about_units=(office.county.units["JT"].id,),
    )  # fmt: skip
    path.handling()
    path.act("note", "handler", text=f"{CANARY}四")
    path.act("draft", "handler", content=drafted())
    index([path.matter.id])
    return path


def drafted() -> Drafted:
    return replace(DRAFT, facts=f"{CANARY}五", opinion=f"{CANARY}六，予以支持")


def take(office: Office, path: Path, who: str = "clerk", **given: Any) -> actions.Received:
    return actions.take_over(
        number=path.matter.number,
        by=office.county.who(who, path.at),
        at=path.at,
        law=office.county.law,
        **given,
    )


def test_not_a_word_stays_behind_and_every_word_arrives(office: Office) -> None:
    path = raised(office)
    assert CANARY in whole_database()
    file_id = Attachment.objects.get().file_id
    received = take(office, path)
    left = whole_database()
    assert CANARY not in left
    assert "13755550001" not in left
    assert not kept.place(file_id).exists() or not Attachment.objects.exists()
    case = office.act("look", received.case.number)
    told = json.dumps([piece.fields for piece in case.pieces], ensure_ascii=False)
    for n in "一二三四五六":
        assert f"{CANARY}{n}" in told
    assert "13755550001" in told
    assert [p.fields["type"] for p in case.of("file")] == ["image/jpeg"]
    assert any("交通" in name for name in case.accused)


def test_afterwards_nobody_finds_opens_or_counts_it(office: Office) -> None:
    path = raised(office)
    take(office, path)
    assert not Indexed.objects.filter(pk=path.matter.id).exists()
    index([path.matter.id])
    assert not Indexed.objects.filter(pk=path.matter.id).exists()
    assert not About.objects.exists()
    for name in office.county.users:
        by = office.county.who(name, path.at)
        assert not matters.visible(by).exists()
        assert not matters.owed(by, now=path.at).rows
        with pytest.raises(matters.NotFound):
            matters.by_number(by, path.matter.number)
    facts = counted.facts([path.matter.id])[path.matter.id]
    assert facts.sealed


def test_its_raiser_learns_with_number_and_code_that_it_was_passed_on(office: Office) -> None:
    path = raised(office)
    take(office, path)
    seen = standing(Matter.objects.get(pk=path.matter.id), now=path.at, law=office.county.law)
    assert "移送有权机关" in seen.headline
    assert (seen.text, seen.lines, seen.papers, seen.duties, seen.can) == ("", [], [], [], frozenset())


def test_who_may_not_sort_it_may_not_pass_it_on(office: Office) -> None:
    path = Path.register(office.county).handling()
    for name in ("handler", "leader", "caller", "sealed", "admin"):
        with pytest.raises((Forbidden, matters.NotFound)):
            take(office, path, name)
    take(office, path, "head")


def test_a_case_against_the_discipline_body_taken_over_does_not_reach_it(office: Office) -> None:
    path = Path.register(office.county)
    take(office, path, "clerk", whom="县纪委监委的方严")
    assert reads.cases(office.county.who("sealed", path.at)).rows == []
