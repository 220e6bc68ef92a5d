"""Fifty fake closures, all flagged; fifty honest ones, none. Made through the real actions and the worker's round."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.county import County, contact
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Drafted
from zhuoluo.matters.tests.path import Path
from zhuoluo.oversight import actions, reads, tasks
from zhuoluo.oversight.models import Doubt, Trace
from zhuoluo.oversight.rules import SIGNS

pytestmark = pytest.mark.django_db
HOME = ("203.0.113.0", "phone")
OFFICE = ("198.51.100.0", "desk")
ACCOUNT = "三盏路灯已经换好，晚上去看过"


def served(county: County, n: int, opinion: str = "") -> Path:
    path = Path.register(county, contact=contact(phone=f"1380000{n:04d}", name=f"张{n}"))
    words = opinion or f"换好{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'天地玄黄宇宙洪荒日月'[n // 10 % 10]}巷口的灯"
    content = Drafted(
        outcome="supported", request="修路灯", facts="看过现场", opinion=words, basis="照明管理规定"
    )
    return path.served(content)


def executed(path: Path, *, shown: bool = True) -> Path:
    path.act(
        "execute", "handler", account=ACCOUNT, files=[(path.matter.id, "after", "修好了")] if shown else []
    )
    return path


def rated(path: Path, place: tuple[str, str] = HOME) -> Path:
    path.at += timedelta(hours=3)
    matters.rate(
        matter_id=path.matter.id, solved="yes", satisfaction="satisfied", at=path.at, law=path.county.law
    )
    actions.trace(network=place[0], browser=place[1], at=path.at, matter_id=path.matter.id)
    return path


def called(path: Path) -> Path:
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    return path


def at_desk(path: Path, who: str = "handler", place: tuple[str, str] = OFFICE) -> None:
    by = path.county.who(who, path.at)
    actions.trace(network=place[0], browser=place[1], at=path.at + timedelta(hours=2, minutes=40), by=by)


# --- fakes ---


def device(county: County, n: int) -> Path:
    path = executed(served(county, n))
    at_desk(path)
    return rated(path, OFFICE)


def phone(county: County, n: int) -> Path:
    path = executed(served(county, n))
    path.act("correct_contact", "handler", phone=f"1399999{n:04d}", reason="打不通，问了邻居")
    path.at += timedelta(hours=n % 70)
    return called(path)


def bare(county: County, n: int) -> Path:
    return called(executed(served(county, n), shown=False))


def silent(county: County, n: int) -> Path:
    path = executed(served(county, n))
    for _ in range(n % 4):
        path.act("call_back", "caller", reached=False)
    path.act("certify", "checker", evidence="承办单位说已经办好了")
    return path


def minutes(county: County, n: int) -> Path:
    path = Path.register(county, contact=contact(phone=f"1370000{n:04d}")).routed()
    by, boss, law = county.who("handler"), county.who("head"), county.law
    words = Drafted(
        outcome="supported",
        request="修",
        facts="看过",
        opinion=f"办好了{'一二三四五六七八九十'[n % 10]}号",
        basis="规定",
    )
    step, given = timedelta(minutes=1 + n % 10), {"matter_id": path.matter.id, "law": law}
    matters.take(by=by, at=path.at, **given)
    matters.draft(content=words, by=by, at=path.at + step, **given)
    matters.issue(draft_version=1, by=boss, at=path.at + step * 2, **given)
    matters.serve(method="phone", by=by, at=path.at + step * 3, **given)
    files = [(path.matter.id, "after", "照片")]
    matters.execute(account=ACCOUNT, files=files, by=by, at=path.at + step * 4, **given)
    return path


def same(county: County, n: int) -> Path:
    return called(executed(served(county, n, opinion="您反映的问题已转相关科室处理，请耐心等待。")))


FAKES: dict[str, tuple[Callable[[County, int], Path], int]] = {
    "device": (device, 9), "phone": (phone, 9), "bare": (bare, 8), "silent": (silent, 8), "minutes": (minutes, 8),
    "same": (same, 8),
}  # fmt: skip


# --- honest ones ---


def _by_itself(county: County, n: int) -> Path:
    return rated(executed(served(county, n)))


def _called_and_certified(county: County, n: int) -> Path:
    path = called(executed(served(county, n)))
    path.act("certify", "checker", evidence="到现场看过，三盏灯都亮了")
    return path


def _phone_long_ago(county: County, n: int) -> Path:
    path = executed(served(county, n))
    path.act("correct_contact", "clerk", phone=f"1366666{n:04d}", reason="本人到窗口说换了号码")
    path.at += timedelta(days=4)
    return called(path)


def _other_staff_on_the_same_network(county: County, n: int) -> Path:
    path = executed(served(county, n))
    at_desk(path, "clerk2", HOME)
    return rated(path, HOME)


def _nothing_claimed(county: County, n: int) -> Path:
    path = served(county, n)
    for _ in range(3):
        path.act("call_back", "caller", reached=False)
    return path


HONEST = (
    _by_itself,
    _called_and_certified,
    _phone_long_ago,
    _other_staff_on_the_same_network,
    _nothing_claimed,
)


def follow(path: Path) -> None:
    while tasks.follow(now=path.at + timedelta(hours=2)):
        pass


@pytest.mark.parametrize("sign", sorted(FAKES))
def test_every_seeded_fake_closure_is_flagged(county: County, sign: str) -> None:
    make, count = FAKES[sign]
    paths = [make(county, n) for n in range(count)]
    follow(max(paths, key=lambda p: p.at))
    flagged = set(Doubt.objects.filter(sign=sign, gone_at__isnull=True).values_list("matter_id", flat=True))
    assert {path.matter.id for path in paths} <= flagged


def test_fifty_are_seeded_and_every_sign_is_among_them() -> None:
    assert sum(count for _make, count in FAKES.values()) == 50
    assert set(FAKES) == set(SIGNS)


@pytest.mark.parametrize("make", HONEST, ids=lambda make: make.__name__)
def test_no_honest_closure_is_flagged(county: County, make: Callable[[County, int], Path]) -> None:
    paths = [make(county, n) for n in range(10)]
    follow(max(paths, key=lambda p: p.at))
    assert not Doubt.objects.exists()


def test_silence_is_never_counted_as_satisfied(county: County) -> None:
    from zhuoluo.matters.reads import marks

    path = served(county, 1)
    for _ in range(3):
        path.act("call_back", "caller", reached=False)
    assert "rated" not in marks([path.matter.id])[path.matter.id]


def test_material_added_later_takes_a_sign_away_and_a_look_keeps_it(county: County) -> None:
    path = bare(county, 1)
    follow(path)
    assert reads.doubts(county.who("supervisor"), now=path.at).rows[0].doubt.sign == "bare"
    path.act("add_evidence", "handler", files=[(path.matter.id, "after", "补拍")])
    follow(path)
    assert not reads.doubts(county.who("supervisor"), now=path.at).rows


def test_what_supervision_finds_false_is_reopened(county: County) -> None:
    path = bare(county, 1)
    follow(path)
    doubt = Doubt.objects.get()
    path.at += timedelta(hours=1)
    actions.look_into(
        doubt_id=doubt.id, finding="false", words="夜里去看，一盏也没亮", by=county.who("checker", path.at), at=path.at,
        law=county.law,
    )  # fmt: skip
    path.matter.refresh_from_db()
    assert path.matter.stage == "handling"


def test_a_trace_holds_no_address_and_is_gone_after_ninety_days(county: County) -> None:
    path = device(county, 1)
    assert not any("198.51" in str(vars(row)) for row in Trace.objects.all())
    assert Trace.objects.count() == 2
    tasks.sweep(now=path.at + timedelta(days=91))
    assert not Trace.objects.exists()


def test_the_worker_never_flags_twice(county: County) -> None:
    path = bare(county, 1)
    follow(path)
    tasks.look([path.matter.id], now=path.at)
    assert Doubt.objects.count() == 1
