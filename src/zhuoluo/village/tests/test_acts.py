"""Village mediators: listed with their consent, take a quarrel, see only what they were told."""

from datetime import timedelta
from typing import Any

import pytest

from tests.county import MONDAY, County, contact
from tests.fronts import WAV
from zhuoluo.clock import local_day
from zhuoluo.files import actions as files
from zhuoluo.matters.reads import NotFound as MatterNotFound
from zhuoluo.matters.reads import by_number, visible
from zhuoluo.matters.tests.path import Path
from zhuoluo.org.rules import Forbidden
from zhuoluo.village import actions, reads
from zhuoluo.village.models import Mediator, Quarrel, Record
from zhuoluo.village.rules.errors import NotFound, Refused

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
VILLAGE = "431281101001"
TOLD = "猪场边的两户为污水吵了半年，各退一步就能成"


def listed(county: County, **more: Any) -> Mediator:
    values: dict[str, Any] = {
        "user_id": county.users["mediator"].pk, "area": VILLAGE, "consented_on": local_day(MONDAY - 3 * DAY), "by": county.who("clerk"),
        "at": MONDAY,
    } | more  # fmt: skip
    return actions.list_mediator(**values)


def quarrel(county: County) -> Any:
    return Path.register(
        county, by=county.who("clerk"), channel="walk_in", text="邻居的猪场污水流到我家菜地，要求赔两万元"
    ).matter


def given(county: County, matter: Any = None, **more: Any) -> Quarrel:
    who = reads.open_to()[0] if Mediator.objects.exists() else listed(county)
    values: dict[str, Any] = {"told": TOLD, "by": county.who("clerk"), "at": MONDAY, "law": county.law} | more
    return actions.give(matter_id=(matter or quarrel(county)).pk, mediator_id=who.pk, **values)


def record(county: County, row: Quarrel, result: str = "agreed", key: str = "r", **more: Any) -> Record:
    values: dict[str, Any] = {"said": "猪场修沟，菜地补两百斤菜钱", "present": "两家户主"} | more
    return actions.record(
        quarrel_id=row.pk,
        result=result,
        key=key,
        by=county.who("mediator"),
        at=MONDAY + DAY,
        law=county.law,
        **values,
    )


@pytest.mark.django_db
def test_nobody_is_listed_before_they_agreed_nor_by_another_township(county: County) -> None:
    with pytest.raises(Refused, match="不能晚于今天"):
        listed(county, consented_on=local_day(MONDAY + DAY))
    with pytest.raises(Forbidden):
        listed(county, by=county.who("clerk2"))
    with pytest.raises(Refused, match="还没有“湾村明白人”的账号"):
        listed(county, user_id=county.users["handler"].pk)
    row = listed(county)
    [(town, people)] = reads.public()
    assert (town, [(p.pk, p.phone) for p in people]) == ("石桥镇", [(row.pk, "")])


@pytest.mark.django_db
def test_another_township_takes_nobody_off_a_villages_list_by_listing_them(county: County) -> None:
    row = listed(county, good_at="邻里")
    with pytest.raises(Refused, match="请先由那边撤下"):
        listed(county, by=county.who("clerk2"), area="431281100001")
    row.refresh_from_db()
    assert (row.area_id, row.good_at) == (VILLAGE, "邻里")
    actions.end_listing(mediator_id=row.pk, by=county.who("clerk"), at=MONDAY)
    assert listed(county, by=county.who("clerk2"), area="431281100001").pk == row.pk


@pytest.mark.django_db
def test_who_wants_off_the_list_is_off_it_at_once_but_for_what_they_hold(county: County) -> None:
    row = listed(county, phone="13800138000")
    held = given(county)
    with pytest.raises(Refused, match="没结束的"):
        actions.end_listing(mediator_id=row.pk, by=county.who("mediator"), at=MONDAY)
    actions.give_back(quarrel_id=held.pk, reason="都是亲戚", by=county.who("mediator"), at=MONDAY)
    actions.end_listing(mediator_id=row.pk, by=county.who("mediator"), at=MONDAY)
    assert reads.public() == []
    assert Mediator.objects.get().phone == ""
    with pytest.raises(Forbidden, match="还没有列入"):
        actions.take(quarrel_id=held.pk, by=county.who("mediator"), at=MONDAY)


@pytest.mark.django_db
def test_a_mediator_sees_what_they_were_told_and_nothing_else_of_the_matter(county: County) -> None:
    matter, me = quarrel(county), county.who("mediator")
    row = given(county, matter)
    [mine] = reads.mine(me).rows
    assert (mine.pk, mine.told) == (row.pk, TOLD)
    assert not visible(me).exists()
    with pytest.raises(MatterNotFound):
        by_number(me, matter.number)
    other = Path.register(county).matter
    assert other.pk != matter.pk
    with pytest.raises(NotFound):
        reads.quarrel(county.who("clerk"), row.pk)  # the mediator's own page is nobody else's


@pytest.mark.django_db
def test_the_pig_farms_quarrel_is_agreed_and_the_office_hears_it(county: County) -> None:
    row = given(county)
    before = row.matter.commitments.filter(closed_at__isnull=True).count()
    actions.take(quarrel_id=row.pk, by=county.who("mediator"), at=MONDAY + HOUR)
    record(county, row, "again", "first", said="先坐下来了")
    made = record(county, row)
    assert record(county, row).pk == made.pk
    row.refresh_from_db()
    assert (row.state, row.ended_at) == ("done", MONDAY + DAY)
    # Agreement is no cure: the law's dates run on, and the raiser's own word is asked all the same.
    assert row.matter.commitments.filter(closed_at__isnull=True).count() == before
    [line] = reads.given(county.who("clerk"), now=MONDAY + DAY)[0]
    assert line.last is not None
    assert line.last.said == "猪场修沟，菜地补两百斤菜钱"
    with pytest.raises(Refused, match="已经结束"):
        record(county, row, key="late")


@pytest.mark.django_db
def test_a_voice_note_is_enough_and_only_its_readers_hear_it(county: County) -> None:
    row = given(county)
    with pytest.raises(Refused, match="写几句，或者录一段"):
        record(county, row, said="")
    voice = files.keep(data=WAV, name="说的话.wav", at=MONDAY)
    made = record(county, row, said="", voice=voice.id)
    assert reads.voice_of(county.who("mediator"), made.pk) == voice.id
    assert reads.voice_of(county.who("clerk"), made.pk) == voice.id
    assert row.matter.attachments.filter(file_id=voice.id).exists()
    with pytest.raises(NotFound):
        reads.voice_of(county.who("clerk2"), made.pk)


@pytest.mark.django_db
def test_nobody_must_take_a_quarrel_and_one_given_back_can_be_given_on(county: County) -> None:
    matter = quarrel(county)
    row = given(county, matter)
    with pytest.raises(Refused, match="已经交给一位"):
        given(county, matter)
    with pytest.raises(Refused, match="为什么"):
        actions.give_back(quarrel_id=row.pk, reason="", by=county.who("mediator"), at=MONDAY)
    actions.give_back(quarrel_id=row.pk, reason="两家都是我亲戚", by=county.who("mediator"), at=MONDAY)
    with pytest.raises(Refused, match="已经结束或者退回"):
        record(county, row)
    assert given(county, matter).state == "given"


@pytest.mark.django_db
def test_a_quarrel_never_goes_to_whom_it_is_about(county: County) -> None:
    listed(county)
    for about in (
        {"about_people": (county.users["mediator"].pk,)},
        {"about_units": (county.units["SQC"].pk,)},
    ):
        path = Path.register(county, by=county.who("clerk"), channel="walk_in", **about)
        with pytest.raises(Refused, match="和他有关"):
            given(county, path.matter)
    with pytest.raises(Forbidden):
        given(county, by=county.who("mediator"))


@pytest.mark.django_db
def test_a_quarrel_that_came_to_the_mediator_first_is_a_matter_like_any(county: County) -> None:
    listed(county)
    me = county.who("mediator")
    values: dict[str, Any] = {
        "text": "两家为排水沟吵起来了",
        "contact": contact(),
        "key": "k",
        "by": me,
        "at": MONDAY,
        "law": county.law,
    }
    made = actions.begin(**values)
    assert actions.begin(**values).fresh is False
    [row] = reads.mine(me).rows
    assert (row.state, made.matter.area_id, made.matter.channel) == ("taken", VILLAGE, "walk_in")
    assert by_number(county.who("clerk"), made.matter.number).pk == made.matter.pk
    assert made.matter.commitments.filter(closed_at__isnull=True).exists()
