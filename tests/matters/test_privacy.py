"""Identity masked, every look recorded, files for readers only."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.county import contact
from zhuoluo.matters.reads.case import offered
from zhuoluo.matters.tests.desk import Desk, photo, said
from zhuoluo.matters.tests.path import Path
from zhuoluo.matters.tests.states import STAFF, STATES
from zhuoluo.residents.actions import record_view
from zhuoluo.residents.models import View

pytestmark = pytest.mark.django_db


# --- privacy ---

WHOLE = ("张三丰", "13812340000", "石桥村3组", "430124198001011234")


def _known(path_of: Callable[..., Path]) -> Path:
    return path_of(contact=contact(id_number="430124198001011234"))


@pytest.mark.parametrize("state", ["registered", "busy", "answered", "unhappy"])
def test_identity_is_masked_on_every_page_of_the_matter(desk: Desk, state: str) -> None:
    path = desk.after(STATES[state](_known(desk.path)))
    tried: set[str] = set()
    for who in STAFF:
        page = desk.page(who, path)
        if page.status_code != 200:
            continue
        acts = set(offered(desk.met(who, path))) - tried
        tried |= acts
        others = [
            desk.client(who).get(reverse(f"matters:{n}", args=[path.matter.number]))
            for n in ("print", "identity")
        ]
        for answer in [page, *others, *(desk.open(who, path, name) for name in acts)]:
            assert not [word for word in WHOLE if word in said(answer)], (who, answer.request["PATH_INFO"])
        assert "张**" in said(page)
        assert "138****0000" in said(page)


def test_unmasking_asks_why_records_it_and_shows_once(desk: Desk) -> None:
    path = desk.after(_known(desk.path).handling())
    url = reverse("matters:identity", args=[path.matter.number])
    client = desk.client("handler")
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"reason": "other", "words": ""}).status_code == 422
    assert not View.objects.filter(kind="unmasked").exists()
    shown = client.post(url, {"reason": "contact", "words": "核对灯杆编号"})
    assert shown.status_code == 200
    assert all(word in said(shown) for word in WHOLE)
    assert "no-store" in shown["Cache-Control"]
    look = View.objects.get(kind="unmasked")
    assert (look.subject_id, look.viewer_name, look.reason) == (
        path.matter.id,
        "王建国",
        "联系诉求人核实情况：核对灯杆编号",
    )
    assert "张三丰" not in said(client.get(url))


def test_a_post_without_the_right_unmasks_nothing(desk: Desk) -> None:
    path = desk.after(_known(desk.path))
    url = reverse("matters:identity", args=[path.matter.number])
    assert desk.client("leader").post(url, {"reason": "contact"}).status_code == 403
    assert desk.client("clerk2").post(url, {"reason": "contact"}).status_code == 404
    assert not View.objects.filter(kind="unmasked").exists()


def test_every_opening_is_recorded_once_with_name_and_post(desk: Desk) -> None:
    path = desk.after(desk.path().routed())
    desk.page("handler", path)
    desk.open("handler", path, "object")
    desk.client("handler").get(reverse("matters:print", args=[path.matter.number]))
    looks = View.objects.filter(subject_id=path.matter.id)
    assert [(v.kind, v.viewer_name, v.viewer_post, v.unit_name) for v in looks] == [
        ("opened", "王建国", "股长", "县住房和城乡建设局")
    ] * 3


def test_looking_at_the_other_matter_beside_this_one_is_recorded_there(desk: Desk) -> None:
    path = desk.path()
    other = Path.register(desk.county, at=path.at)
    desk.open("clerk", path, "merge", f"?other={other.matter.number}")
    assert View.objects.filter(subject_id=other.matter.id, kind="opened").count() == 1


def test_who_saw_is_complete_and_paged(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    by = desk.county.who("handler", path.at)
    for _ in range(120):  # all at one moment: the cursor must not lose any of them
        record_view(subject_id=path.matter.id, kind="opened", by=by, at=path.at)
    url = reverse("matters:seen", args=[path.matter.number])
    found, query = 0, ""
    while True:
        page = said(desk.client("supervisor").get(url + query))
        found += page.count("王建国")
        more = re.search(r'href="(\?after=[^"]+)"', page)
        if more is None:
            break
        query = more[1].replace("&amp;", "&").replace("+", "%2B")
    assert found == 120


def test_who_may_ask_who_saw(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    url = reverse("matters:seen", args=[path.matter.number])
    assert desk.client("head").get(url).status_code == 200
    assert desk.client("town_head").get(url).status_code == 200
    assert desk.client("handler").get(url).status_code == 403
    assert desk.client("road_head").get(url).status_code == 404
    auditor = desk.client("auditor").get(url)
    assert auditor.status_code == 200
    assert path.matter.title not in said(auditor)
    assert desk.page("auditor", path).status_code == 404


def test_the_printed_page_names_whoever_prints_it(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    page = said(desk.client("handler").get(reverse("matters:print", args=[path.matter.number])))
    assert "王建国（县住房和城乡建设局）打印" in page
    assert "不得转给被反映的单位和个人" in page


# --- files ---


def test_a_file_is_handed_out_to_readers_only_and_its_opening_recorded(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    desk.press("handler", path, "add_evidence", after=photo("修好了.jpg"), after_caption="修好以后")
    page = said(desk.page("handler", path))
    url = re.search(r'href="(/desk/m/[^"]+/f/[^"]+)"', page)
    assert url is not None
    assert "修好以后" in page
    assert "?small=1" in page
    answer = desk.client("handler").get(url[1])
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert View.objects.filter(subject_id=path.matter.id, kind="file").count() == 1
    b"".join(desk.client("handler").get(url[1] + "?small=1").streaming_content)
    assert View.objects.filter(subject_id=path.matter.id, kind="file").count() == 1
    assert desk.client("road").get(url[1]).status_code == 404


def test_a_file_of_another_matter_is_not_served_under_this_one(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    desk.press("handler", path, "add_evidence", after=photo())
    other = Path.register(desk.county, at=path.at).handling()
    url = re.search(r"/f/([^/]+)/", said(desk.page("handler", path)))
    assert url is not None
    assert (
        desk.client("handler").get(reverse("matters:file", args=[other.matter.number, url[1]])).status_code
        == 404
    )
