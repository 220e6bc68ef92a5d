"""A press with fields nobody asked for changes exactly what it changes without them.

Every form of every page, and every act, is filled in as a browser would, and sent twice: as it stands, and with fields
added that are called like every column of every model. The rows left behind must be the same.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from tests.pressing import Form, at, changed, filled, forms_of
from tests.scene import ROLES, Scene, scene
from tests.smuggling import Press, extras, faults
from tests.standing_forms import (
    AFTER_POSTING,
    ASKED,
    BESIDE,
    CODES,
    NOTHING,
    NOW,
    SAYS,
    Found,
    browser,
    collect,
    pages,
    posted,
    set_password,
)  # fmt: skip
from tests.test_every_action import TABLE as WAYS
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.matters.tests.path import Path
from zhuoluo.matters.views.table import ACTS
from zhuoluo.org import actions as org
from zhuoluo.org.models import Post, Substitution, User
from zhuoluo.org.rules import ROLE_NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic(), at(NOW):
        county = scene()
        CODES["number"], CODES["code"] = county.walk.receipt()
        admin = county.county.who("admin", NOW)
        CODES["reset"] = org.make_reset_code(user=county.county.users["caller"], by=admin, at=NOW)
        yield county
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def found(made: Scene) -> Found:
    return pages(made)


@pytest.mark.parametrize("key", sorted(posted()))
def test_fields_nobody_asked_for_change_nothing(made: Scene, found: Found, key: str) -> None:
    with at(NOW):
        set_password(User.objects.get(username="road_head"))
        sent = dict(found)
        if key in ASKED:
            client, url = ASKED[key](made)
            collect(sent, client, url, sent=AFTER_POSTING.get(key), sure=True)
        if key in BESIDE:
            sent[key] = [
                (client, Form(reverse(key), "post", form.controls), known)
                for client, form, known in found[BESIDE[key]]
            ]
        wrong, does = list[str](), False
        for client, form, known in sent.get(key, []):
            more, did = faults(
                Press(client, form, NOW, known, partial(SAYS[key], made) if key in SAYS else dict)
            )
            wrong, does = wrong + more, does or did
    assert sent.get(key), f"no page has a form for {key}: say in ASKED where it stands"
    assert wrong == []
    assert does != (key in NOTHING), f"{key}: what is sent as it stands should do something; say it in SAYS"


# --- every act on a matter ---

DONE_BY = {act.action.__name__: act.name for act in ACTS.values()}


def minute(path: Path, days: int = 0) -> str:
    """A time of day as a browser sends it, an hour and some days after the last act."""
    return (path.at + timedelta(days=days, hours=8)).strftime("%Y-%m-%dT%H:%M")


TYPED: dict[str, Callable[[Path], dict[str, str]]] = {
    "forward": lambda path: {"unit": "县交通运输局"},
    "assign": lambda path: {"unit": "县交通运输局"},
    "invite": lambda path: {"unit": "县交通运输局"},
    "correct": lambda path: {"title": "更正过的标题"},
    "close_hearing": lambda path: {"held_at": minute(path)},
    "designate": lambda path: {"unit": "县交通运输局"},
    "finalize": lambda path: {"ground": "lapsed"},
    "correct_contact": lambda path: {"phone": "13899990000", "reason": "本人到窗口说换了号码"},
    "mediate": lambda path: {
        "consent_of_both": "on",
        "mediator": "石老根",
        "result": "agreed",
        "account": "两家当面谈妥了",
    },
    "settle": lambda path: {
        "kind": "settlement",
        "text": "住建局修好三盏路灯，双方不再争吵",
        "signed_on": path.at.date().isoformat(),
        "free_will": "当面念过全文，本人说听懂了",
        **{
            f"{name}{n}": word for n in range(1, 5) for name, word in (("side", "unit"), ("what", "修好路灯"))
        },
    },
    "plan_hearing": lambda path: {"planned": minute(path, days=5), "place": "镇会议室"},
    "refuse_review": lambda path: {"ground": "not_party"},
    "request_review": lambda path: {"posted": ""},
    "merge": lambda path: dict.fromkeys(("other", "seen"), Path.register(path.county).matter.number),
    "link": lambda path: dict.fromkeys(("other", "seen"), Path.register(path.county).matter.number),
}


def act_press(made: Scene, action: str) -> tuple[Press, Path]:
    """The form of an act as it stands on the page of a matter in the right state, before the right person."""
    start, who, _given = WAYS[action]
    path = start(made.county)
    now = path.at + timedelta(hours=1)
    said = TYPED[action](path) if action in TYPED else {}
    url = reverse("matters:act", args=[path.matter.number, DONE_BY[action]])
    with at(now):
        client = browser(made, who or "clerk")  # signed in at that moment, or the session would be over
        page = client.get(url)
        assert page.status_code == 200, page.words.decode()[-2000:]
        form = next(f for f in forms_of(url, page.words.decode()) if urlsplit(f.action).path == url)
    return Press(client, form, now, frozenset(), lambda: dict(said)), path


def test_every_act_has_its_way() -> None:
    assert set(DONE_BY) <= set(WAYS)


@pytest.mark.parametrize("action", sorted(DONE_BY))
def test_fields_nobody_asked_for_change_nothing_of_an_act(made: Scene, action: str) -> None:
    press, _path = act_press(made, action)
    wrong, _does = faults(press)
    assert wrong == []
    did = changed_tables(press)
    assert {"ledger_entry", "matters_matter"} & did, "the act as it stands should be done"


def changed_tables(press: Press) -> set[str]:
    return set(changed(press.once({}, {}).rows))


# --- rights, posts, dates ---


def rights() -> tuple[list[Any], ...]:
    """Who holds which post, who stands in for whom, which accounts there are and whether they are open."""
    return (
        list(Post.objects.order_by("pk").values_list()),
        list(Substitution.objects.order_by("pk").values_list()),
        list(
            User.objects.order_by("pk").values_list(
                "pk", "username", "name", "phone", "is_active", "must_change_password"
            )
        ),
    )


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_nobody_without_the_right_gives_a_role_a_post_or_a_unit_to_themselves(made: Scene, role: str) -> None:
    user = made.county.users.get(role) or made.county.users["clerk"]
    unit, day = str(made.county.units["XF"].pk), "2026-03-05"
    post = Post.objects.filter(user=user).first()
    assert post is not None
    given = {
        "unit": unit, "title": "主任", "role": "administrator", "from_date": day, "until_date": "2026-12-31", "code": "NEW",
        "substitute": str(user.pk), "name": "另一个我", "username": "another", "kind": "office", "short_name": "我的单位",
    }  # fmt: skip
    head = made.county.users["head"]
    before = rights()
    with at(NOW), made.untouched(role) as client:
        for name, key in (
            ("post-new", user.pk), ("substitute-new", head.pk), ("account-switch", head.pk), ("reset-code", head.pk),
            ("post-end", post.pk), ("unit-end", user.pk), ("person-new", None), ("unit-new", None),
        ):  # fmt: skip
            answer = client.post(reverse(f"org:{name}", args=[key] if key else []), given)
            assert answer.status_code in {302, 403}, name
            assert answer.status_code == 403 or answer["Location"].startswith("/staff/sign-in/"), name
        assert rights() == before


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("visitor", "resident")])
def test_ones_own_account_page_changes_the_password_and_no_right(made: Scene, role: str) -> None:
    before = rights()
    roles = [
        {"role": role, "unit": str(unit.pk)}
        for role, unit in zip(ROLE_NAMES, made.county.units.values(), strict=False)
    ]
    with at(NOW), made.untouched(role) as client:
        old = User.objects.get(username=role).password
        new = {"password": "river-lamp-bridge-42", "again": "river-lamp-bridge-42"}
        for more in (*extras(), *roles):
            assert client.post(reverse("org:password"), more | new).status_code == 302
            assert rights() == before
        assert User.objects.get(username=role).password != old


@pytest.mark.parametrize(
    "action", ["draft", "add_evidence", "note", "ask_extension", "invite", "hand_over", "ask_more"]
)
def test_no_hidden_field_moves_a_date_or_changes_who_is_responsible(made: Scene, action: str) -> None:
    press, path = act_press(made, action)
    dates = {
        "due": "2099-12-31",
        "due_at": "2099-12-31",
        "lead_unit": str(path.unit("JT")),
        "stage": "closed",
    }
    stopped = {"closed_at": "2026-03-02", "stopped": "on", "first_due": "2099-12-31", "provisional": "on"}

    def owed() -> dict[Any, Any]:
        rows = Commitment.objects.filter(matter=path.matter).values_list(
            "pk", "kind", "due", "closed_at", "unit_id"
        )
        return {row[0]: row[1:] for row in rows}

    before = owed()
    with at(press.now), transaction.atomic():
        given = dates | stopped | filled(press.form, press.now, press.says())
        assert press.client.post(press.form.action, given).status_code == 302
        after = owed()
        assert {key: after[key] for key in before} == before
        matter = Matter.objects.get(pk=path.matter.pk)
        assert (matter.stage, matter.lead_unit_id) == (path.matter.stage, path.matter.lead_unit_id)
        transaction.set_rollback(True)


def test_a_matter_of_another_unit_is_neither_sent_on_in_bulk_nor_joined(made: Scene) -> None:
    other = made.matter("other", "clerk")
    untouched = Matter.objects.filter(pk=other.pk).values()
    before = list(untouched)
    with at(NOW), made.untouched("clerk") as client:
        for verb in ("accept", "forward", "assign"):
            chosen = {
                "m": f"{other.number}:{other.version}",
                "unit": "县交通运输局",
                "report_by": "2026-04-01",
            }
            assert client.post(reverse("matters:bulk", args=[verb]), chosen).status_code == 302
        own = Path.register(made.county, at=NOW, by=made.county.who("clerk", NOW), channel="walk_in").matter
        for name in ("merge", "link"):
            chosen = {
                "other": other.number,
                "seen": other.number,
                "kind": "related",
                "version": str(own.version),
            }
            assert client.post(reverse("matters:act", args=[own.number, name]), chosen).status_code == 422
        form = SAYS["matters:register"](made) | {
            "same": f"merge:{other.pk}",
            "kind": "person",
            "klass": "claim",
        }
        count = Matter.objects.count()
        assert (
            client.post(reverse("matters:register"), form | {"channel": "phone", "key": "a-key"}).status_code
            == 302
        )
        assert Matter.objects.count() == count + 1
        assert not Matter.objects.filter(merged_into=other).exists()
        assert list(untouched.all()) == before
