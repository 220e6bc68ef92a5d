"""The one-page form: what the law asks, likely earlier matters before saving, nothing filed twice, nothing lost."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.county import MONDAY, County
from zhuoluo.matters.actions import code_of
from zhuoluo.matters.models import About, Attachment, Link, Matter
from zhuoluo.matters.tasks import index_new
from zhuoluo.matters.tests.desk import photo
from zhuoluo.matters.tests.front import LATER, cost, signed_in, stand_still, text
from zhuoluo.matters.tests.path import Path
from zhuoluo.residents.models import RefusedCopy, View

pytestmark = pytest.mark.django_db
URL = "/desk/register/"


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    stand_still(monkeypatch)


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "channel": "phone", "klass": "claim", "text": "柳塘村的垃圾桶一周没人收，臭得开不了窗。", "area": "柳塘村",
        "place": "村委会旁", "kind": "person", "name": "王秀英", "phone": "13900001111", "address": "石桥镇柳塘村2组",
        "key": str(uuid4()), "save": "1",
    }  # fmt: skip
    return values | changes


def save(client: Client, **changes: Any) -> HttpResponse:
    return client.post(URL, typed(**changes))


def test_a_call_is_registered_and_hands_out_number_and_code(county: County) -> None:
    client = signed_in(county, "clerk")
    response = save(client)
    matter = Matter.objects.get()
    assert response.headers["Location"] == reverse("matters:receipt", args=[matter.number])
    assert (matter.channel, matter.klass, matter.area_id, matter.title) == (
        "phone", "claim", "431281101002", "柳塘村的垃圾桶一周没人收，臭得开不了窗",
    )  # fmt: skip
    assert matter.registered_by.code == "SQ"
    page = text(client.get(response.headers["Location"]))
    code = code_of(matter)
    assert matter.number in page
    assert f"{code[:4]} {code[4:]}" in page
    assert 'data-autosave-clear="register"' in page


def test_the_receipt_is_for_whoever_registered_and_for_twelve_hours(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = save(signed_in(county, "clerk")).headers["Location"]
    assert signed_in(county, "town_head").get(where).status_code == 404
    assert signed_in(county, "officer").get(where).status_code == 404
    stand_still(monkeypatch, LATER + timedelta(hours=13))
    assert signed_in(county, "clerk").get(where).status_code == 404


@pytest.mark.parametrize("paper", ["80mm", "a4"])
def test_the_slip_shows_number_code_and_next_date_and_names_nobody(county: County, paper: str) -> None:
    client = signed_in(county, "clerk")
    save(client)
    matter = Matter.objects.get()
    slip = text(client.get(reverse("matters:slip", args=[matter.number, paper])))
    code = code_of(matter)
    for word in (matter.number, f"{code[:4]} {code[4:]}", "2026年3月20日", "<svg"):
        assert word in slip
    for word in ("王秀英", "13900001111", "柳塘村2组", "垃圾桶", code):
        assert word not in slip.replace(f"{code[:4]} {code[4:]}", "")


def test_there_are_two_papers_and_no_third(county: County) -> None:
    client = signed_in(county, "clerk")
    save(client)
    assert client.get(reverse("matters:slip", args=[Matter.objects.get().number, "a3"])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": " "}, "请写明反映的事情"),
        ({"klass": ""}, "请选择事项类别"),
        ({"name": ""}, "信访事项需要姓名和住址"),
        ({"klass": "inquiry", "name": "", "phone": ""}, "请留下一种联系方式"),
        ({"area": "没有这个村"}, "没有找到“没有这个村”"),
        ({"received": "2026-03-09"}, "收到日期不能晚于今天"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    county: County, changes: dict[str, str], sentence: str
) -> None:
    page = text(save(signed_in(county, "clerk"), **changes))
    assert sentence in page
    assert not Matter.objects.exists()
    for word in ("柳塘村2组", "村委会旁"):
        assert word in page


def test_anonymous_keeps_no_name(county: County) -> None:
    save(signed_in(county, "clerk"), kind="anonymous")
    raiser = Matter.objects.get().raiser
    assert (raiser.kind, raiser.name) == ("anonymous", "")


def test_a_letter_counts_from_the_day_it_came(county: County) -> None:
    save(signed_in(county, "clerk"), channel="letter", received="2026-03-03")
    matter = Matter.objects.get()
    assert matter.raised_at.isoformat() == "2026-03-02T16:00:00+00:00"  # midnight in Shanghai
    assert matter.registered_at == LATER


def test_a_place_is_found_by_part_of_its_name_and_two_are_asked_about(county: County) -> None:
    client = signed_in(county, "clerk")
    page = text(save(client, area="石桥"))
    assert "请在下面选一个" in page
    assert re.search(r'name="area_pick"[^>]* value="431281101001"', page)
    save(client, area="", area_pick="431281101001")
    assert Matter.objects.get().area_id == "431281101001"


def test_the_whole_list_of_places_is_shown_on_demand_with_everything_typed(county: County) -> None:
    page = text(save(signed_in(county, "clerk"), _all="1", text="写到一半"))
    assert "写到一半" in page
    assert 'value="431281200001"' in page
    assert "error-summary" not in page
    assert not Matter.objects.exists()


def test_the_same_form_sent_twice_registers_once(county: County) -> None:
    client, key = signed_in(county, "clerk"), str(uuid4())
    first = save(client, key=key)
    again = save(client, key=key)
    assert again.headers["Location"] == first.headers["Location"]
    assert Matter.objects.count() == 1
    assert "没有再登记一次" in text(client.get(again.headers["Location"]))


def test_other_words_under_the_same_key_are_refused_and_both_are_kept(county: County) -> None:
    client, key = signed_in(county, "clerk"), str(uuid4())
    save(client, key=key)
    page = text(
        save(client, key=key, text="另外一件完全不同的事：桥面裂了一条缝。", name="李四", phone="13900002222")
    )
    assert "这份表已经登记过" in page
    assert "桥面裂了一条缝" in page
    assert Matter.objects.count() == 1
    assert RefusedCopy.objects.count() == 1


def _indexed() -> None:
    while index_new(now=LATER):
        pass


def test_a_likely_earlier_matter_is_shown_before_saving(county: County) -> None:
    earlier = Path.register(county, text="柳塘村的垃圾桶一周没人收，臭气很大。", area="431281101002")
    _indexed()
    client = signed_in(county, "clerk")
    page = text(save(client))
    assert "可能已经反映过" in page
    assert earlier.matter.number in page
    assert "说的像" in page
    assert Matter.objects.count() == 1  # nothing saved yet
    save(client, seen=[str(earlier.matter.id)])
    assert Matter.objects.count() == 2  # seen, and registered all the same


def test_the_same_phone_is_recognised_whatever_was_said(county: County) -> None:
    earlier = Path.register(county)
    page = text(save(signed_in(county, "clerk"), phone="138 1234 0000", name="别人"))
    assert earlier.matter.number in page
    assert "同一个电话" in page
    assert "说的像" not in page


def test_what_the_clerk_may_not_see_is_not_hinted_at(county: County) -> None:
    Path.register(
        county, text="柳塘村的垃圾桶一周没人收，臭气很大。", area="431281200001"
    )  # another township
    hidden = Path.register(county, area="431281101002", about_units=(county.units["SQ"].id,))
    _indexed()
    response = save(signed_in(county, "clerk"), phone="13812340000")
    assert response.status_code == 302
    assert hidden.matter.registered_by.code == "XF"


def test_hints_come_while_typing_and_no_word_stands_in_an_address(county: County) -> None:
    earlier = Path.register(county)
    client = signed_in(county, "clerk")
    url = reverse("matters:register-similar")
    part = text(client.post(url, {"text": "路灯坏了", "phone": "13812340000"}))
    assert earlier.matter.number in part
    assert "<html" not in part
    assert client.get(url).status_code == 405
    assert "hx-get" not in text(client.get(URL)).split('id="register"')[1].split("</form>")[0]


def test_looking_at_hints_opens_nothing(county: County) -> None:
    Path.register(county)
    signed_in(county, "clerk").post(reverse("matters:register-similar"), {"text": "", "phone": "13812340000"})
    assert not View.objects.exists()


def test_it_can_be_merged_into_the_earlier_one_in_the_same_press(county: County) -> None:
    earlier = Path.register(county)
    client = signed_in(county, "clerk")
    wish = {"seen": [str(earlier.matter.id)], "same": f"merge:{earlier.matter.id}"}
    response = save(client, phone="13812340000", **wish)
    new = Matter.objects.exclude(pk=earlier.matter.pk).get()
    assert (new.stage, new.merged_into_id) == ("merged", earlier.matter.id)
    assert earlier.matter.number in text(client.get(response.headers["Location"]))


def test_it_can_be_linked_to_the_earlier_one(county: County) -> None:
    earlier = Path.register(county)
    save(
        signed_in(county, "clerk"),
        phone="13812340000",
        seen=[str(earlier.matter.id)],
        same=f"link:{earlier.matter.id}",
    )
    assert Link.objects.get().other_id == earlier.matter.id


def test_when_merging_fails_the_matter_stays_registered_and_the_reason_is_said(county: County) -> None:
    earlier = Path.register(county)
    client = signed_in(county, "clerk")
    earlier.act("redirect", "clerk", door="arbitration", where="请向县劳动人事争议仲裁委员会申请")
    response = save(
        client, phone="13812340000", seen=[str(earlier.matter.id)], same=f"merge:{earlier.matter.id}"
    )
    page = text(client.get(response.headers["Location"]))
    assert "没有并入或关联" in page
    assert "已经结束，不能并入" in page
    assert Matter.objects.exclude(pk=earlier.matter.pk).get().stage == "registered"


def test_a_matter_one_may_not_see_cannot_be_joined_by_guessing_its_id(county: County) -> None:
    far = Path.register(county, area="431281200001")
    client = signed_in(county, "clerk")
    response = save(client, same=f"merge:{far.matter.id}")
    assert "没有找到这件事项" in text(client.get(response.headers["Location"]))
    assert Matter.objects.exclude(pk=far.matter.pk).get().stage == "registered"


def test_units_and_people_are_offered_by_name_and_kept_from_the_matter(county: County) -> None:
    client = signed_in(county, "clerk")
    part = text(client.post(reverse("matters:register-about"), {"about_words": "王建国"}))
    key = f"p:{county.users['handler'].id}"
    assert f'value="{key}"' in part
    assert "股长" in part
    zj = f"u:{county.units['ZJ'].id}"
    save(client, about=[key, zj])
    named = About.objects.values_list("unit__code", "person__username")
    assert set(named) == {(None, "handler"), ("ZJ", None)}


def test_one_s_own_office_complained_of_does_not_keep_the_matter(county: County) -> None:
    client = signed_in(county, "clerk")
    response = save(client, about=[f"u:{county.units['SQ'].id}"])
    assert Matter.objects.get().registered_by.code == "XF"
    page = text(client.get(response.headers["Location"]))
    assert "您登记以后不能再打开它" in page


def test_an_accusation_cannot_be_written_down_as_a_matter_and_the_page_says_where_it_goes(
    county: County,
) -> None:
    client = signed_in(county, "clerk")
    response = save(client, klass="accusation")
    assert reverse("sealed:hand-in") in text(response)
    assert not Matter.objects.exists()


def test_files_are_kept_even_when_the_form_is_not_complete_yet(county: County) -> None:
    client = signed_in(county, "clerk")
    page = text(save(client, klass="", papers=[photo("1.jpg"), photo("2.jpg", "#999")]))
    assert "2 份材料已经传好" in page
    kept = page.split('name="kept" value="')[1].split('"')[0]
    save(client, kept=kept)
    assert Attachment.objects.filter(matter=Matter.objects.get(), role="raised").count() == 2


def test_a_refused_file_is_named_and_nothing_is_registered(county: County) -> None:
    bad = SimpleUploadedFile("合同.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    page = text(save(signed_in(county, "clerk"), papers=[bad]))
    assert "合同.jpg" in page
    assert "王秀英" in page
    assert not Matter.objects.exists()


def test_nobody_can_attach_what_somebody_else_sent(county: County) -> None:
    page = text(save(signed_in(county, "clerk"), klass="", papers=[photo()]))
    kept = page.split('name="kept" value="')[1].split('"')[0]
    save(signed_in(county, "town_head"), kept=kept)
    assert not Attachment.objects.exists()


def test_a_mediator_registers_and_an_auditor_does_not(county: County) -> None:
    client = signed_in(county, "mediator")
    response = save(client, area="石桥村")
    assert Matter.objects.get().registered_by.code == "SQC"
    assert "您登记以后不能再打开它" in text(client.get(response.headers["Location"]))
    assert signed_in(county, "auditor").get(URL).status_code == 403


def test_the_form_keeps_the_way_in_for_the_next_one_and_starts_in_the_words(county: County) -> None:
    page = text(signed_in(county, "clerk").get(URL, {"channel": "letter"}))
    assert 'value="letter" id="id_channel_2" checked' in page.replace(" required", "")
    assert "autofocus" in page.split('name="text"')[1][:400]


def test_the_form_takes_a_fixed_number_of_queries(county: County) -> None:
    client = signed_in(county, "clerk")
    one, _ = cost(client, URL)
    for at in range(12):
        Path.register(county, at=MONDAY + timedelta(minutes=at))
    more, _ = cost(client, URL)
    assert more == one <= 5
