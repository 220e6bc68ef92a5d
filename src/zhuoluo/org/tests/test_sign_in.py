from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.county import PASSWORD, County
from zhuoluo.ledger import reads as ledger
from zhuoluo.org import actions
from zhuoluo.org.models import ResetCode, User
from zhuoluo.org.rules import SYSTEM, Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(county: County) -> User:
    user = county.users["clerk"]
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> object:
    return client.post("/staff/sign-in/", {"username": "clerk", "password": password, **more})


def test_the_right_password_opens_the_desk(client: Client, clerk: User) -> None:
    response = sign_in(client)
    assert response.status_code == 302  # type: ignore[attr-defined]  # a response of the test client
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_a_wrong_password_says_nothing_of_which_was_wrong(client: Client, clerk: User) -> None:
    wrong = sign_in(client, "not-the-password").content.decode()  # type: ignore[attr-defined]  # a response of the test client
    nobody = client.post("/staff/sign-in/", {"username": "nobody", "password": "x"}).content.decode()
    assert "账号或密码不对" in wrong
    assert "账号或密码不对" in nobody


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(client: Client, clerk: User) -> None:
    for _ in range(5):
        response = sign_in(client, "not-the-password")
    assert sign_in(client).status_code in {302, 403, 429}  # type: ignore[attr-defined]  # a response of the test client
    assert "_auth_user_id" not in client.session
    assert response.status_code != 200 or "锁定" in response.content.decode()  # type: ignore[attr-defined]  # a response of the test client


def test_a_link_to_another_site_is_not_followed_after_sign_in(client: Client, clerk: User) -> None:
    response = sign_in(client, next="https://evil.example/")
    assert "evil" not in response["Location"]  # type: ignore[index]  # a response of the test client


def test_a_second_factor_is_asked_for_and_a_recovery_code_works_once(client: Client, clerk: User) -> None:
    sign_in(client)
    client.get("/staff/second-factor/")
    device = TOTPDevice.objects.get(user=clerk)
    page = client.post("/staff/second-factor/", {"code": f"{totp(device.bin_key):06d}"})
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert all(code in page.content.decode() for code in codes)
    client.post("/staff/sign-out/")
    response = sign_in(client)
    assert response["Location"] == "/staff/code/"  # type: ignore[index]  # a response of the test client
    assert "_auth_user_id" not in client.session
    client.post("/staff/code/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    from django_otp.plugins.otp_static.models import StaticDevice

    StaticDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    client.post("/staff/code/", {"code": codes[0]})
    assert client.session["_auth_user_id"] == str(clerk.pk)
    client.post("/staff/sign-out/")
    sign_in(client)
    client.post("/staff/code/", {"code": codes[0]})
    assert "_auth_user_id" not in client.session


def test_an_idle_session_ends(client: Client, clerk: User) -> None:
    sign_in(client)
    client.get("/staff/password/")
    session = client.session
    session["seen"] = session["seen"] - 31 * 60
    session.save()
    response = client.get("/staff/password/")
    assert response["Location"].startswith("/staff/sign-in/")
    assert "_auth_user_id" not in client.session


def test_a_reset_code_works_once_for_ten_minutes_and_five_tries(
    client: Client, clerk: User, county: County
) -> None:
    now = timezone.now()
    by = county.who("admin", now)
    with pytest.raises(Forbidden):
        actions.make_reset_code(user=clerk, by=county.who("clerk", now), at=now)
    code = actions.make_reset_code(user=clerk, by=by, at=now)
    assert code not in str(list(ResetCode.objects.values())) + str(
        [e.payload for e in ledger.story(clerk.pk)]
    )
    late = now + timedelta(minutes=11)
    new = "another-long-password"
    assert actions.use_reset_code(username="clerk", code=code, password=new, at=late) is None
    for _ in range(5):
        assert actions.use_reset_code(username="clerk", code="WRONG", password=new, at=now) is None
    assert actions.use_reset_code(username="clerk", code=code, password=new, at=now) is None
    code = actions.make_reset_code(user=clerk, by=by, at=now)
    data = {"username": "clerk", "code": code.lower(), "password": new, "again": new}
    assert client.post("/staff/reset/", data).status_code == 302
    assert client.post("/staff/reset/", data).status_code == 200
    assert sign_in(client, new).status_code == 302  # type: ignore[attr-defined]  # a response of the test client


def test_a_closed_account_is_out_at_once(client: Client, clerk: User, county: County) -> None:
    sign_in(client)
    actions.close_account(user=clerk, by=SYSTEM, at=timezone.now())
    assert client.get("/staff/password/").status_code == 302


def test_a_weak_or_differing_password_is_refused(client: Client, clerk: User) -> None:
    sign_in(client)
    page = client.post("/staff/password/", {"password": "short", "again": "short"}).content.decode()
    assert "error" in page
    page = client.post("/staff/password/", {"password": "a-good-long-one-9", "again": "a-good-long-one-8"})
    assert "不一样" in page.content.decode()
