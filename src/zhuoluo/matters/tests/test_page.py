from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.county import County
from zhuoluo.matters.tests.path import Path

pytestmark = pytest.mark.django_db


def signed_in(county: County, who: str) -> Client:
    client = Client()
    client.force_login(county.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_x(county: County) -> None:
    path = Path.register(county).served()
    for who in ("officer", "handler", "head", "caller", "supervisor"):
        r = signed_in(county, who).get(reverse("matters:page", args=[path.matter.number]))
        assert r.status_code == 200, who
        print(r.content.decode()[:200])
