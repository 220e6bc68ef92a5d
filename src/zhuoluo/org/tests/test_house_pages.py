import pytest
from django.test import Client

from tests.county import County, notice_2027
from zhuoluo.org.models import Area, CalendarNotice, Post, Substitution, Unit, User

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def admin(county: County, client: Client) -> Client:
    client.force_login(county.users["admin"], backend=BACKEND)
    return client


PAGES = ["people/", "people/new/", "units/", "units/new/", "areas/", "calendar/"]


@pytest.mark.parametrize("page", PAGES)
def test_only_the_administrator_keeps_the_house(admin: Client, county: County, page: str) -> None:
    assert admin.get(f"/staff/{page}").status_code == 200
    other = Client()
    assert other.get(f"/staff/{page}").status_code == 302
    other.force_login(county.users["leader"], backend=BACKEND)
    assert other.get(f"/staff/{page}").status_code == 403


def test_a_person_gets_an_account_a_post_and_a_reset_code(admin: Client, county: County) -> None:
    form = {
        "name": "新来的", "username": "newcomer", "unit": county.units["SQ"].id, "title": "干部", "role": "clerk",
    }  # fmt: skip
    response = admin.post("/staff/people/new/", form)
    user = User.objects.get(username="newcomer")
    assert response["Location"] == f"/staff/people/{user.pk}/"
    assert "新来的" in admin.get(response["Location"]).content.decode()
    page = admin.post(f"/staff/people/{user.pk}/reset-code/")
    assert page["Cache-Control"] == "no-store"
    again = admin.post("/staff/people/new/", form)
    assert "已经有人用了" in again.content.decode()


def test_posts_and_substitutes_have_days(admin: Client, county: County) -> None:
    user = county.users["handler"]
    post = Post.objects.get(user=user)
    late = admin.post(f"/staff/posts/{post.pk}/end/", {"until_date": "2018-01-01"})
    assert "不能早于" in late.content.decode()
    admin.post(f"/staff/posts/{post.pk}/end/", {"until_date": "2026-06-30"})
    post.refresh_from_db()
    assert str(post.until_date) == "2026-06-30"
    days = {"from_date": "2026-07-02", "until_date": "2026-07-01", "substitute": county.users["handler2"].pk}
    assert "不能早于" in admin.post(f"/staff/people/{user.pk}/substitute/", days).content.decode()
    admin.post(f"/staff/people/{user.pk}/substitute/", days | {"until_date": "2026-07-03"})
    assert Substitution.objects.get(absent=user).substitute == county.users["handler2"]


def test_an_administrator_widens_nobodys_rights_in_their_own_favour(admin: Client, county: County) -> None:
    own, leader = county.users["admin"], county.users["leader"]
    post = {"unit": county.units["LD"].id, "title": "副县长", "role": "leader", "from_date": "2026-03-02"}
    page = admin.post(f"/staff/people/{own.pk}/post/", post)
    assert "另一位管理员" in page.content.decode()
    days = {"from_date": "2026-03-02", "until_date": "2026-03-31", "substitute": own.pk}
    page = admin.post(f"/staff/people/{leader.pk}/substitute/", days)
    assert "另一位管理员" in page.content.decode()
    assert Post.objects.filter(user=own).count() == 1
    assert not Substitution.objects.filter(substitute=own).exists()


def test_a_township_needs_its_area_and_a_code_is_never_reused(admin: Client) -> None:
    form = {"name": "白沙镇", "short_name": "白沙镇", "code": "BS", "kind": "township"}
    assert "请选择所在区划" in admin.post("/staff/units/new/", form).content.decode()
    admin.post("/staff/units/new/", form | {"kind": "department"})
    assert Unit.objects.get(code="BS").kind == "department"
    assert "已经用过" in admin.post("/staff/units/new/", form | {"kind": "department"}).content.decode()
    admin.post(f"/staff/units/{Unit.objects.get(code='BS').pk}/end/", {"until_date": "2026-12-31"})
    assert (
        Unit.objects.get(code="BS").until_date is None
        or str(Unit.objects.get(code="BS").until_date) == "2026-12-31"
    )


def test_areas_are_typed_as_lines_and_a_missing_parent_is_named(admin: Client) -> None:
    wrong = admin.post("/staff/areas/", {"lines": "431281300001 无名村"})
    assert "缺少上级 431281300000" in wrong.content.decode()
    assert not Area.objects.filter(name="无名村").exists()
    admin.post("/staff/areas/", {"lines": "431281300　白沙镇\n431281300001,沙洲村"})
    assert Area.objects.get(name="沙洲村").full_name == "清溪县白沙镇沙洲村"


def test_a_holiday_notice_is_taken_or_its_wrong_line_is_named(admin: Client) -> None:
    wrong = admin.post("/staff/calendar/", {"table": "date,kind,name\n2027-13-01,holiday,元旦"})
    assert "2" in wrong.content.decode()
    assert not CalendarNotice.objects.exists()
    admin.post("/staff/calendar/", {"table": notice_2027()})
    assert CalendarNotice.objects.get().year == 2027


def test_one_cannot_close_ones_own_account(admin: Client, county: County) -> None:
    admin.post(f"/staff/people/{county.users['admin'].pk}/switch/")
    assert User.objects.get(username="admin").is_active
    admin.post(f"/staff/people/{county.users['clerk'].pk}/switch/")
    assert not User.objects.get(username="clerk").is_active
