"""A raiser with number and code at their own matter, for tests."""

import re
from typing import Any

from django.test import Client

from tests.county import County
from zhuoluo.matters import actions as matters
from zhuoluo.matters.tests.path import Path
from zhuoluo.portal.reads.following import JOINED


def opened(path: Path, client: Client | None = None) -> Client:
    client = client or Client()
    answer = client.post("/follow/", {"number": path.matter.number, "code": matters.code_of(path.matter)})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"/follow/{path.matter.number}/"
    return client


def text(path: Path, client: Client | None = None) -> str:
    page = opened(path, client).get(f"/follow/{path.matter.number}/")
    assert page.status_code == 200
    return page.content.decode()


def headline(path: Path) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text(path), re.DOTALL)
    assert found
    return found.group(1).strip().replace(JOINED, "")


def served(county: County, **changes: Any) -> Path:
    path = Path.register(county, **changes).answered()
    path.act("serve", "handler", method="post")
    return path
