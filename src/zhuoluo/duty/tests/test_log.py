"""The night's log: households, what was raised and answered the same night, the hand-over; and the register taken in."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.county import MONDAY, County, contact
from tests.fronts import book
from zhuoluo.clock import BEIJING
from zhuoluo.duty import actions, reads
from zhuoluo.duty.models import Household, Night, Raised, Seat
from zhuoluo.duty.reads import Sought
from zhuoluo.duty.rules.errors import NotFound, Refused
from zhuoluo.duty.rules.sheet import NIGHTS
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.kit.rows import BadRows
from zhuoluo.matters.rules import Refused as MatterRefused
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org import actions as org
from zhuoluo.org.rules import SYSTEM, Forbidden

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EVENING = datetime(2026, 3, 2, 20, 0, tzinfo=BEIJING)
TOLD = "文化中心门口的电线杆矮塌了，线快碰到头了"


@pytest.fixture
def night(county: County) -> Night:
    row = Night.objects.create(
        unit=county.units["SQ"],
        day=EVENING.date(),
        place="江头村部",
        made_at=MONDAY,
        state="published",
        published_at=MONDAY,
    )
    Seat.objects.create(night=row, place=1, planned=county.users["leader"])
    return row


def told(county: County, night: Night, key: str = "a", at: datetime = EVENING, **more: Any) -> Any:
    values: dict[str, Any] = {"klass": "claim", "text": TOLD, "contact": contact(name="伍大爷")} | more
    return actions.raise_matter(
        night_id=night.pk, key=key, by=county.who("clerk", at), at=at, law=county.law, **values
    )


def owed(made: Any) -> Any:
    return made.matter.commitments.get(kind="tonight")


@pytest.mark.django_db
def test_what_is_raised_at_night_is_a_matter_owed_a_response_before_the_next_morning(
    county: County, night: Night
) -> None:
    made = told(county, night)
    row = owed(made)
    assert (row.unit.code, row.person_id) == ("SQ", county.users["leader"].pk)
    assert EVENING < row.due <= datetime(2026, 3, 3, 8, 30, tzinfo=BEIJING)
    others = made.matter.commitments.exclude(kind="tonight")
    assert others.exists()  # the law's own dates run beside it
    assert told(county, night).fresh is False
    assert Raised.objects.count() == 1


@pytest.mark.django_db
def test_the_leaning_pole_is_answered_that_night_and_set_up_on_the_second_day(
    county: County, night: Night
) -> None:
    made = told(county, night)
    actions.respond(
        night_id=night.pk, matter_id=made.matter.pk, words="已量过，歪了十五度；明天上午电力班来定方案", by=county.who("leader", EVENING),
        at=EVENING + 2 * HOUR, law=county.law,
    )  # fmt: skip
    row = owed(made)
    assert row.closed_at == EVENING + 2 * HOUR
    path = Path(county, made.matter, EVENING + 13 * HOUR)
    assert made.matter.commitments.filter(closed_at__isnull=True).exists()  # a plan is no cure
    path.act("accept", "town_head")
    photo = files.keep(data=jpeg(), name="立好.jpg", at=path.at)
    path.at = EVENING + 38 * HOUR
    path.act("add_evidence", "clerk", files=[(photo.id, "after", "杆立好了")])
    path.act("draft", "clerk", content=DRAFT)
    path.act("issue", "town_head", draft_version=1)
    path.act("serve", "clerk", method="in_person")
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    file = reads.night_file(county.who("leader", path.at), night.pk, now=path.at)
    [standing] = file.raised
    assert (standing.said, standing.shown, file.waiting) == ("yes", 1, frozenset())


@pytest.mark.django_db
def test_a_night_not_answered_is_shown_as_waiting_and_a_response_needs_words(
    county: County, night: Night
) -> None:
    made = told(county, night)
    file = reads.night_file(county.who("clerk"), night.pk, now=EVENING)
    assert file.waiting == {made.matter.pk}
    given: dict[str, Any] = {
        "night_id": night.pk, "matter_id": made.matter.pk, "by": county.who("clerk"), "at": EVENING, "law": county.law,
    }  # fmt: skip
    with pytest.raises(MatterRefused, match="怎么回应的"):
        actions.respond(words="好", **given)
    other = Path.register(county).matter
    with pytest.raises(Refused, match="不是这一晚"):
        actions.respond(words="明天上午去看", **given | {"matter_id": other.pk})


@pytest.mark.django_db
def test_a_household_is_kept_once_and_what_it_raises_carries_its_name(county: County, night: Night) -> None:
    def visit(**more: Any) -> Household:
        values: dict[str, Any] = {
            "contact": contact(name="伍大爷", kind="household"),
            "heard": "孙子在外打工",
        } | more
        return actions.visit(
            night_id=night.pk, key="h", by=county.who("clerk"), at=EVENING, area="431281101001", **values
        )

    house = visit()
    assert visit().pk == house.pk
    with pytest.raises(Refused, match="哪一户"):
        actions.visit(
            night_id=night.pk,
            contact=contact(name="", address=""),
            key="x",
            by=county.who("clerk"),
            at=EVENING,
        )
    made = told(county, night, contact=None, household_id=house.pk)
    assert made.matter.area_id == "431281101001"
    file = reads.night_file(county.who("leader"), night.pk, now=EVENING)
    assert [(h.raised, "伍大爷" in str(h.who)) for h in file.households] == [(1, False)]


@pytest.mark.django_db
def test_the_log_is_open_from_noon_to_noon_and_shut_by_the_hand_over(county: County, night: Night) -> None:
    for at in (EVENING - 9 * HOUR, EVENING + 17 * HOUR):
        with pytest.raises(Refused, match="当天中午"):
            told(county, night, at=at)
    told(county, night)
    given: dict[str, Any] = {"night_id": night.pk, "by": county.who("clerk"), "at": EVENING + 11 * HOUR}
    with pytest.raises(Refused, match="谁接的班"):
        actions.hand_over(words="杆的事今天上午定方案", taken_by=" ", **given)
    row = actions.hand_over(words="杆的事今天上午定方案", taken_by="郑涛", **given)
    assert (row.state, row.taken_by) == ("handed", "郑涛")
    with pytest.raises(Refused, match="已经交班"):
        told(county, night, "b", at=EVENING + 12 * HOUR)
    with pytest.raises(Refused, match="已经有记录"):
        actions.cancel_night(
            night_id=_spoken(county, night).pk, reason="取消", by=county.who("coordinator"), at=EVENING
        )


@pytest.mark.django_db
def test_who_stands_in_and_has_a_seat_of_their_own_that_night_is_one_person(
    county: County, night: Night
) -> None:
    Seat.objects.create(night=night, place=2, planned=county.users["clerk"])
    day = EVENING.date()
    org.substitute(
        absent=county.users["leader"],
        substitute=county.users["clerk"],
        from_date=day,
        until_date=day,
        by=SYSTEM,
        at=MONDAY,
    )
    here = [county.users["clerk"].pk]
    assert reads.on_duty(night) == here
    assert [[s.user_id for s in row.seated] for row in reads.coming(day)] == [here]
    told(county, night)
    assert reads.on_duty(night) == here
    assert Seat.objects.filter(night=night, sits_id=here[0]).count() == 1


def _spoken(county: County, night: Night) -> Night:
    other = Night.objects.create(unit=county.units["SQ"], day=night.day, place="村部", made_at=MONDAY)
    Seat.objects.create(night=other, place=1, planned=county.users["clerk"])
    told(county, other, "spoken")
    return other


@pytest.mark.django_db
def test_others_neither_write_a_night_nor_read_its_log(county: County, night: Night) -> None:
    with pytest.raises(Forbidden):
        actions.visit(night_id=night.pk, contact=contact(), key="z", by=county.who("clerk2"), at=EVENING)
    with pytest.raises(NotFound):
        reads.night_file(county.who("clerk2"), night.pk, now=EVENING)
    assert reads.register(county.who("clerk2"), Sought(), now=EVENING)[0] == []
    assert len(reads.register(county.who("coordinator"), Sought(), now=EVENING)[0]) == 1


def test_a_night_keeps_no_sign_in_no_position_and_no_points() -> None:
    kept = {f.name for model in (Night, Seat, Household, Raised) for f in model._meta.get_fields()}
    for word in ("sign", "latitude", "longitude", "position", "score", "points", "arrived", "device"):
        assert not [name for name in kept if word in name]
    assert {f.name for f in fields(Sought)} == {"unit", "user", "first", "last"}


@pytest.mark.django_db
def test_the_register_of_past_nights_comes_in_once_and_its_problems_are_matters(county: County) -> None:
    by = county.who("coordinator")
    rows = [
        ["2026-02-10", "石桥镇", "陈立新", "6户", "三组路灯不亮", "当晚和村电工看过", "", ""],
        ["2026-02-10", "石桥镇", "陈立新", "6户", "排水沟堵了", "", "", ""],
        ["2026-02-11", "城关镇", "罗军", "2", "", "", "", ""],
    ]
    taken = actions.import_nights(data=book(NIGHTS, *rows).read(), by=by, at=MONDAY, law=county.law)
    again = actions.import_nights(data=book(NIGHTS, *rows).read(), by=by, at=MONDAY, law=county.law)
    assert (taken.new, again.new, Night.objects.count(), Raised.objects.count()) == (3, 0, 2, 2)
    lines, _next = reads.register(by, Sought(first=date(2026, 2, 10), last=date(2026, 2, 10)), now=MONDAY)
    assert [(line.households, len(line.raised)) for line in lines] == [(6, 2)]
    owes = [r.matter.commitments.filter(kind="tonight").exists() for r in Raised.objects.all()]
    assert owes == [False, False]  # that night is over; nothing is owed for it now


@pytest.mark.django_db
def test_a_wrong_row_says_where_and_nothing_comes_in(county: County) -> None:
    rows = [
        ["2026-02-10", "石桥镇", "陈立新", "6", "", "", "", ""],
        ["2026-02-10", "石桥镇", "没有这人", "6", "", "", "", ""],
        ["2026-03-02", "石桥镇", "陈立新", "6", "", "", "", ""],
    ]
    with pytest.raises(BadRows) as error:
        actions.import_nights(
            data=book(NIGHTS, *rows).read(), by=county.who("coordinator"), at=MONDAY, law=county.law
        )
    assert [wrong.place for wrong in error.value.wrong] == [4, 5]
    assert not Night.objects.exists()
