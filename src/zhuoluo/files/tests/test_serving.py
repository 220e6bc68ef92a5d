from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from csp.middleware import CSPMiddleware
from django.http import FileResponse, HttpResponseBase
from django.test import RequestFactory, override_settings

from zhuoluo.files import actions, reads
from zhuoluo.files.models import StoredFile
from zhuoluo.files.responses import response
from zhuoluo.files.tests import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(root: Path, at: datetime) -> StoredFile:
    return actions.keep(data=samples.jpeg((640, 480)), name="东门路口.jpg", at=at)


@pytest.fixture
def paper(root: Path, at: datetime) -> StoredFile:
    return actions.keep(data=samples.pdf(), name='答"复;书\r\nSet-Cookie: a=b.pdf', at=at)


def _body(answer: FileResponse) -> bytes:
    """Read an answer to its end and let go of its file."""
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]  # never asynchronous here
    answer.close()
    return content


def _disposition(stored: StoredFile, **options: bool) -> str:
    answer = response(stored, **options)
    answer.close()
    return answer.headers["Content-Disposition"]


def test_a_file_is_a_download_no_browser_runs_anything_from(paper: StoredFile) -> None:
    answer = response(paper, inline=True)
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(paper.size)
    assert _body(answer) == samples.pdf()


def test_the_name_goes_out_as_rfc_5987_and_cannot_break_the_header(
    paper: StoredFile, photo: StoredFile
) -> None:
    assert _disposition(photo) == f"attachment; filename*=utf-8''{quote('东门路口.jpg')}"
    header = _disposition(paper)
    assert "\r" not in header
    assert "\n" not in header
    assert header.count(";") == 1


def test_only_photos_drawn_by_us_may_be_shown_inline(photo: StoredFile) -> None:
    assert _disposition(photo, inline=True).startswith("inline")
    small = response(photo, thumbnail=True, inline=True)
    assert small.headers["Content-Type"] == "image/jpeg"
    assert small.headers["Content-Disposition"].startswith("inline")
    assert small.headers["Cache-Control"] == "private, max-age=600"
    with reads.open_file(photo.id, thumbnail=True) as handle:
        assert _body(small) == handle.read()


def test_what_has_no_small_picture_gives_none(paper: StoredFile) -> None:
    with pytest.raises(ValueError, match="small picture"):
        response(paper, thumbnail=True)


def test_the_site_wide_policy_does_not_replace_that_of_a_file(photo: StoredFile) -> None:
    def view(request: object) -> HttpResponseBase:
        return response(photo, inline=True)

    middleware: Callable[..., HttpResponseBase] = CSPMiddleware(view)
    with override_settings(DEBUG=False):
        answer = middleware(RequestFactory().get("/"))
    answer.close()
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
