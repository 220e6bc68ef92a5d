from datetime import timedelta

import pytest

from tests.county import MONDAY, County, contact
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.rules import Forbidden
from zhuoluo.residents import actions, reads
from zhuoluo.residents.models import Raiser, View
from zhuoluo.residents.rules import mask_address, mask_id_number, mask_name, mask_phone, normal_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三丰", "张**"),
        ("张三", "张*"),
        ("欧阳锋", "欧阳*"),
        ("张", "张*"),
        ("", ""),
        ("欧阳", "欧*"),
        ("𠮷野家", "𠮷**"),
    ],
)
def test_a_name_shows_its_surname_only(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800000000", "138****0000"), ("0734-4332211", "073****2211"), ("12345", "*****"), ("", "")],
)
def test_a_phone_hides_its_middle(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_an_identity_number_shows_its_ends_and_an_address_its_town() -> None:
    assert mask_id_number("430481198801011234") == "4" + "*" * 16 + "4"
    assert mask_address("湖南省清溪县石桥镇石桥村3组12号") == "湖南省清溪县石桥镇****"
    assert mask_address("3组12号") == "****"


def test_phones_are_the_same_however_they_are_written() -> None:
    assert {
        normal_phone(p)
        for p in ("13812340000", "+86 138 1234 0000", "１３８１２３４００００", "138-1234-0000")
    } == {"13812340000"}


@pytest.mark.django_db
def test_unmasking_needs_a_reason_and_is_recorded(county: County) -> None:
    path = Path.register(county)
    raiser = Raiser.objects.get(pk=path.matter.raiser_id)
    clerk = county.who("clerk")
    with pytest.raises(Forbidden, match="理由"):
        actions.unmask(raiser_id=raiser.id, subject_id=path.matter.id, reason=" ", by=clerk, at=MONDAY)
    with pytest.raises(Forbidden):
        actions.unmask(
            raiser_id=raiser.id,
            subject_id=path.matter.id,
            reason="想看看",
            by=county.who("leader"),
            at=MONDAY,
        )
    assert not View.objects.exists()
    shown = actions.unmask(
        raiser_id=raiser.id, subject_id=path.matter.id, reason="约上门核实", by=clerk, at=MONDAY
    )
    assert shown.name == "张三丰"
    look = reads.who_saw(path.matter.id)[0][0]
    assert (look.viewer_name, look.viewer_post, look.unit_name, look.reason) == (
        "李梅",
        "综治办干部",
        "石桥镇",
        "约上门核实",
    )


@pytest.mark.django_db
def test_who_saw_this_is_answered_completely_and_newest_first(county: County) -> None:
    path = Path.register(county)
    names = ["clerk", "town_head", "supervisor"]
    for place, name in enumerate(names):
        actions.record_view(
            subject_id=path.matter.id,
            kind="opened",
            by=county.who(name),
            at=MONDAY + timedelta(minutes=place),
        )
    assert [v.viewer_name for v in reads.who_saw(path.matter.id)[0]] == ["周正", "郑涛", "李梅"]


@pytest.mark.django_db
def test_the_same_phone_or_name_is_found_again_without_storing_it_readably_in_the_index(
    county: County,
) -> None:
    first = Path.register(county)
    Path.register(county, contact=contact(name="李四", phone="13900000000"))
    found = reads.by_contact(phone="138 1234 0000")
    assert found == [first.matter.raiser_id]
    assert reads.by_contact(name="张三丰") == [first.matter.raiser_id]
    assert reads.by_contact() == []
    index = Raiser.objects.get(pk=first.matter.raiser_id).phone_index
    assert "138" not in index[:3] or len(index) == 32


@pytest.mark.django_db
def test_an_anonymous_filing_keeps_no_name_even_if_one_was_typed(county: County) -> None:
    path = Path.register(county, contact=contact(kind="anonymous", id_number="430481198801011234"))
    row = Raiser.objects.get(pk=path.matter.raiser_id)
    assert (row.name, row.id_number) == ("", "")
