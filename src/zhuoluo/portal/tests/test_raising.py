"""Raising a matter: the questions, what the law asks and nothing more, filed once whatever is pressed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.county import County
from zhuoluo.files.models import StoredFile
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import reads
from zhuoluo.org.models import Area, Jurisdiction
from zhuoluo.org.reads import forget
from zhuoluo.org.rules import SYSTEM
from zhuoluo.portal.models import Draft
from zhuoluo.portal.reads.drafts import answers_of
from zhuoluo.portal.tests.walk import WORDS, Walk

pytestmark = pytest.mark.django_db


def matter(number: str) -> Any:
    return reads.by_number(SYSTEM, number)


def count() -> int:
    return reads.visible(SYSTEM).count()


# --- the path ---


def test_a_claim_is_filed_through_every_screen(county: County) -> None:
    walk = Walk.opened()
    assert walk.next_of(walk.say("kind", klass="claim")) == "what"
    assert walk.next_of(walk.say("what", text=WORDS, title="路灯坏了")) == "about"
    assert walk.next_of(walk.say("about", go="1")) == "where"
    assert walk.next_of(walk.say("where", area="431281101000")) == "village"
    assert walk.next_of(walk.say("village", area="431281101001", place="村小学门口")) == "photos"
    photo = SimpleUploadedFile("灯.jpg", jpeg(), "image/jpeg")
    assert walk.next_of(walk.say("photos", photos=photo, go="1")) == "who"
    assert walk.next_of(walk.say("who", name="张三丰", address="石桥村3组", phone="138 1234 0000")) == "check"
    shown = walk.get("check").content.decode()
    assert all(words in shown for words in (WORDS, "路灯坏了", "村小学门口", "1 张", "张三丰", "石桥村3组"))
    assert walk.next_of(walk.file()) == "done"
    number, code = walk.receipt()
    filed = matter(number)
    assert (filed.klass, filed.title, filed.text, filed.area_id, filed.place, filed.channel) == (
        "claim", "路灯坏了", WORDS, "431281101001", "村小学门口", "web",
    )  # fmt: skip
    assert reads.find(number, code) == filed
    page = reads.page(filed, now=timezone.now())
    assert (page.raiser.name, page.raiser.phone) == ("张**", "138****0000")
    assert len(page.attachments) == 1
    assert filed.registered_by.code == "SQ"


def test_the_receipt_says_who_owes_what_by_when_and_why(county: County) -> None:
    walk = Walk.opened()
    walk.filed()
    shown = walk.get("done").content.decode()
    assert "信访局最晚这天告诉您交给谁办" in shown
    assert "信访工作条例 第22条" in shown


def test_back_from_a_screen_leads_to_the_one_before(county: County) -> None:
    walk = Walk.opened().to_check()
    for step, earlier in [("what", "kind"), ("about", "what"), ("where", "about"), ("photos", "where")]:
        assert f'href="{walk.url(earlier)}"' in walk.get(step).content.decode()
    assert walk.get("check").content.decode().count("then=check") >= 6


def test_a_changed_answer_leads_back_to_checking(county: County) -> None:
    walk = Walk.opened().to_check()
    assert walk.next_of(walk.say("what", text="改过的话", then="check")) == "check"
    assert "改过的话" in walk.get("check").content.decode()
    assert walk.next_of(walk.say("where", area="431281101000", then="check")) == "village"


def test_a_changed_class_asks_for_what_it_needs_before_checking(county: County) -> None:
    walk = Walk.opened().to_check("inquiry", phone="13812340000", name="")
    walk.say("kind", klass="claim", then="check")
    answer = walk.get("check")
    assert walk.next_of(answer) == "who"


def test_the_unsure_are_asked_once_more(county: County) -> None:
    walk = Walk.opened()
    assert walk.next_of(walk.say("kind", klass="unsure")) == "sort"
    assert walk.next_of(walk.say("sort", klass="inquiry")) == "what"
    assert walk.next_of(walk.say("kind", klass="suggestion")) == "what"


@pytest.mark.parametrize(("klass", "words"), [("litigation", "12368")])
def test_a_class_with_a_way_of_its_own_is_told_it_first(county: County, klass: str, words: str) -> None:
    walk = Walk.opened()
    assert walk.next_of(walk.say("kind", klass=klass)) == "notice"
    assert words in walk.get("notice").content.decode()
    assert walk.next_of(walk.say("notice")) == "what"


def test_screens_cannot_be_skipped_by_their_address(county: County) -> None:
    walk = Walk.opened()
    walk.say("kind", klass="claim")
    assert walk.next_of(walk.get("check")) == "what"
    assert walk.next_of(walk.get("village")) == "kind"


# --- what the law asks, and nothing more ---


@pytest.mark.parametrize(
    ("klass", "given", "missing"),
    [
        ("claim", {"name": "", "address": "石桥村", "phone": ""}, "请写姓名"),
        ("claim", {"name": "张三", "address": "", "phone": "13800000000"}, "请写地址"),
        ("inquiry", {"name": "", "phone": ""}, "请留下一种联系方式"),
        ("claim", {"as": "group", "name": "", "people": "", "address": "石桥村"}, "请写代表的姓名"),
        (
            "claim",
            {"as": "group", "name": "甲\n乙\n丙\n丁\n戊\n己", "people": "9", "address": "x"},
            "代表最多 5 人",
        ),
        ("inquiry", {"as": "enterprise", "name": "", "phone": "1"}, "请写名称"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    county: County, klass: str, given: dict[str, str], missing: str
) -> None:
    walk = Walk.opened().to_check(klass, phone="13800000000", name="x", address="x")
    answer = walk.say("who", **given)
    assert missing in answer.content.decode()
    for value in given.values():
        assert value in answer.content.decode()


def test_an_inquiry_needs_nothing_but_a_phone(county: County) -> None:
    number, _ = Walk.opened().filed(klass="inquiry", phone="13812340000", name="")
    assert reads.page(matter(number), now=timezone.now()).raiser.name == ""


def test_a_claim_needs_no_phone(county: County) -> None:
    number, _ = Walk.opened().filed(name="张三", address="石桥村", phone="")
    assert reads.page(matter(number), now=timezone.now()).raiser.phone == ""


def test_a_group_names_its_representatives_and_its_size(county: County) -> None:
    given = {"as": "group", "name": "甲一\n乙二", "people": "37", "address": "石桥村", "phone": ""}
    number, _ = Walk.opened().filed(**given)
    raiser = reads.page(matter(number), now=timezone.now()).raiser
    assert (raiser.kind, raiser.others) == ("group", 35)


def test_the_anonymous_leave_nothing_behind(county: County) -> None:
    walk = Walk.opened().to_check(name="张三", address="石桥村", phone="13800000000")
    assert "不留名的意思是" in walk.client.get(walk.url("who") + "?as=anonymous").content.decode()
    walk.say("who", **{"as": "anonymous"})
    walk.file()
    number, _ = walk.receipt()
    raiser = reads.page(matter(number), now=timezone.now()).raiser
    assert (raiser.kind, raiser.name, raiser.phone, raiser.address) == ("anonymous", "", "", "")


def test_a_jurisdiction_may_not_take_anonymous_filings_of_a_class(county: County) -> None:
    Jurisdiction.objects.update(rules={"anonymous": ["litigation"]})
    forget()
    walk = Walk.opened().to_check()
    answer = walk.say("who", **{"as": "anonymous"})
    assert "请写姓名" in answer.content.decode()


def test_lines_are_kept_as_they_were_written(county: County) -> None:
    """A browser sends every line end as CR LF; what is kept, and compared on a repetition, has plain ones."""
    walk = Walk.opened()
    number, _ = walk.filed(text="第一行\r\n\r\n\t第三行，缩进")
    assert matter(number).text == "第一行\n\n\t第三行，缩进"
    assert walk.next_of(walk.say("what", text="第一行\r\n\r\n\t第三行，缩进")) == "done"


# --- the one complained of ---


def test_an_accusation_leads_to_a_form_of_its_own_and_leaves_no_draft(county: County) -> None:
    walk = Walk.opened()
    answer = walk.say("kind", klass="accusation")
    assert answer.headers["Location"] == reverse("sealed:write")
    assert not Draft.objects.exists()
    assert "12388" in walk.client.get(reverse("sealed:write")).content.decode()


def test_the_unit_complained_of_never_gets_it(county: County) -> None:
    walk = Walk.opened().to_check()
    township, clerk = county.units["SQ"], county.who("clerk", timezone.now())
    walk.say("about", query="石桥镇", search="1")
    assert f"unit:{township.id}" in walk.get("about").content.decode()
    walk.say("about", add=f"unit:{township.id}")
    walk.say("where", area="431281101000")
    walk.say("village", area="431281101001")
    walk.file()
    number, _ = walk.receipt()
    assert matter(number).registered_by.code == "XF"
    with pytest.raises(reads.NotFound):
        reads.by_number(clerk, number)


def test_people_are_found_by_their_full_name_only(county: County) -> None:
    walk = Walk.opened().to_check()
    person = f"person:{county.users['town_head'].id}"
    walk.say("about", query="郑", search="1")
    assert person not in walk.get("about").content.decode()
    walk.say("about", query="郑涛", search="1")
    assert person in walk.get("about").content.decode()
    walk.say("about", add=person)
    assert "郑涛" in walk.get("check").content.decode()
    walk.say("about", remove=person)
    assert "郑涛" not in walk.get("check").content.decode()


def test_a_name_typed_but_not_looked_up_is_looked_up_before_going_on(county: County) -> None:
    walk = Walk.opened().to_check()
    assert walk.next_of(walk.say("about", query="县交通", go="1")) == "about"
    assert walk.next_of(walk.say("about", query="县交通", go="1")) == "where"


def test_whom_it_is_about_never_stands_in_an_address(county: County) -> None:
    walk = Walk.opened().to_check()
    answer = walk.say("about", query="郑涛", search="1")
    assert answer["Location"] == walk.url("about")


def test_a_reference_to_nobody_is_passed_over(county: County) -> None:
    walk = Walk.opened().to_check()
    for ref in ("unit:1", "person:00000000-0000-0000-0000-000000000000", "x", ""):
        walk.say("about", add=ref)
    assert answers_of(Draft.objects.get()).about_units == ()


# --- where ---


@pytest.fixture
def mapped(county: County) -> County:
    squares = {"431281100000": (112.0, 26.0), "431281101000": (112.1, 26.0), "431281101001": (112.1, 26.0)}
    for code, (west, south) in squares.items():
        side = 0.05 if code == "431281101001" else 0.1
        ring = [
            [west, south],
            [west + side, south],
            [west + side, south + side],
            [west, south + side],
            [west, south],
        ]
        Area.objects.filter(pk=code).update(boundary=ring)
    return county


def test_a_click_on_the_map_finds_town_and_village(mapped: County) -> None:
    walk = Walk.opened().to_check()
    assert "map__small" in walk.get("where").content.decode()
    answer = walk.say("where", **{"small.x": "160", "small.y": "120"})
    assert walk.next_of(answer) == "village"
    answers = answers_of(Draft.objects.get())
    assert (answers.town, answers.area) == ("431281101000", "431281101001")
    assert 112.1 < float(answers.longitude) < 112.15
    assert 26.0 < float(answers.latitude) < 26.05
    picture = walk.client.get(f"/raise/{walk.token}/map/431281101000-small.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "石桥村" in picture.content.decode()
    assert "circle" in picture.content.decode()


def test_a_click_beside_the_map_says_so(mapped: County) -> None:
    walk = Walk.opened().to_check()
    answer = walk.say("where", **{"small.x": "0", "small.y": "0"})
    assert walk.next_of(answer) == "where"
    assert "点到了地图外面" in walk.get("where").content.decode()


def test_a_point_outside_of_a_town_chosen_later_is_dropped(mapped: County) -> None:
    walk = Walk.opened().to_check()
    walk.say("where", **{"large.x": "400", "large.y": "250"})
    walk.say("where", area="431281100000")
    answers = answers_of(Draft.objects.get())
    assert (answers.town, answers.longitude) == ("431281100000", "")


def test_without_boundaries_there_is_a_list_and_no_map(county: County) -> None:
    walk = Walk.opened().to_check()
    shown = walk.get("where").content.decode()
    assert "map__small" not in shown
    assert all(town in shown for town in ("城关镇", "石桥镇", "云岭乡"))
    assert "柳塘村" not in shown
    assert walk.client.get(f"/raise/{walk.token}/map/431281101000-small.svg").status_code == 404


def test_an_area_that_is_not_here_is_not_taken(county: County) -> None:
    walk = Walk.opened().to_check()
    assert walk.next_of(walk.say("where", area="110101001000")) == "where"


# --- photos ---


def upload(name: str = "灯.jpg", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(size), "image/jpeg")


def test_the_same_photo_sent_twice_is_kept_once(county: County) -> None:
    walk = Walk.opened().to_check()
    walk.say("photos", photos=upload(), more="1")
    walk.say("photos", photos=upload(), more="1")
    assert len(answers_of(Draft.objects.get()).photos) == 1
    assert StoredFile.objects.count() == 1


def test_seven_photos_leave_six_and_say_so(county: County) -> None:
    walk = Walk.opened().to_check()
    several = [upload(f"{at}.jpg", (60 + at, 40)) for at in range(7)]
    assert walk.next_of(walk.say("photos", photos=several, go="1")) == "photos"
    assert "最多 6 个" in walk.get("photos").content.decode()
    assert len(answers_of(Draft.objects.get()).photos) == StoredFile.objects.count() == 6


def test_a_refused_file_is_named_and_the_others_are_kept(county: County) -> None:
    walk = Walk.opened().to_check()
    page = SimpleUploadedFile("页.html", b"<html><script>alert(1)</script></html>", "image/jpeg")
    assert walk.next_of(walk.say("photos", photos=[page, upload()], go="1")) == "photos"
    shown = walk.get("photos").content.decode()
    assert "页.html：" in shown
    assert "灯.jpg" in shown


def test_a_photo_taken_off_is_deleted(county: County) -> None:
    walk = Walk.opened().to_check()
    walk.say("photos", photos=upload(), more="1")
    [kept] = answers_of(Draft.objects.get()).photos
    picture = walk.client.get(f"/raise/{walk.token}/photo/{kept}/")
    assert picture["Content-Type"] == "image/jpeg"
    for resource in picture._resource_closers:  # closing the answer itself would close the test's database
        resource()
    assert Client().get(f"/raise/{walk.token}/photo/{kept}/").status_code == 404
    walk.say("photos", remove=kept)
    assert not StoredFile.objects.exists()
