"""What a visitor of a demo site needs: who can sign in, with which password, and a matter to follow."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from zhuoluo.demo.rules.accounts import TRIES
from zhuoluo.matters import actions as matters
from zhuoluo.matters.reads import visible
from zhuoluo.org.reads import people
from zhuoluo.org.rules import ROLE_NAMES, SYSTEM

PASSWORD_FILE = "demo-password.txt"  # noqa: S105  # the name of the file


@dataclass(frozen=True)
class Account:
    """An account that may be tried: who it is, and what there is to try."""

    username: str
    name: str
    post: str
    unit: str
    role: str
    tries: str


def password() -> str:
    """Return the one password of the demo accounts, '' on a site that is no demo."""
    path = Path(settings.HOME) / PASSWORD_FILE
    return path.read_text().strip() if path.exists() else ""


def accounts() -> list[Account]:
    """Return the accounts to try, in the order of a matter's way; none on a site that is no demo."""
    if not password():
        return []
    posts = {post.user.username: post for post in people(timezone.localdate())}
    return [
        Account(
            username=username,
            name=posts[username].user.name,
            post=posts[username].title,
            unit=posts[username].unit.short_name,
            role=gettext(ROLE_NAMES[posts[username].role]),
            tries=gettext(tries),
        )
        for username, tries in TRIES.items()
        if username in posts
    ]


def sample() -> tuple[str, str]:
    """Return number and query code of an answered matter to follow as a resident, two empty texts where there is none."""
    if not password():
        return ("", "")
    matter = visible(SYSTEM).filter(stage="served", channel="web").order_by("-registered_at", "-id").first()
    return (matter.number, matters.code_of(matter)) if matter else ("", "")
