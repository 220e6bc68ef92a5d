"""A county that grows by the same actions the product uses: more of everything a page can list."""

from datetime import timedelta

from tests import fronts, lives, oversights, policies, programmes, receptions, talks
from tests.scene import Scene
from tests.test_every_action import TABLE as WAYS
from zhuoluo.exchange.sheets import actions as sheets
from zhuoluo.exchange.sheets import exporting
from zhuoluo.exchange.sheets.checking import check
from zhuoluo.exchange.sheets.histories import Defaults
from zhuoluo.figures import tasks as figures
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import actions as matters
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads import Sought
from zhuoluo.matters.tests.path import Path
from zhuoluo.org import actions as org
from zhuoluo.org.models import Area
from zhuoluo.org.rules import RESIDENT, SYSTEM
from zhuoluo.residents.actions import record_view

HELPERS = ("JT", "HB", "YL", "CG")


def grow(made: Scene, lot: int) -> None:
    """Add one more lot of everything. The first lot is number 1."""
    _house(made, lot)
    for name, (start, _who, _given) in WAYS.items():
        if name != "succeed":  # it ends the unit that the others need
            start(made.county)
    for role in ("clerk", "officer", "clerk2", "mediator"):
        by = made.county.who(role, made.now)
        Path.register(made.county, at=made.now - timedelta(hours=lot), by=by, channel="walk_in")
    for key in ("own", "own resident", "own XF"):
        _one(made, made.matters[key], lot)
    _help(made, lot)
    _sheets(made, lot)
    receptions.grow(made, lot)
    policies.grow(made, lot)
    programmes.grow(made, lot)
    talks.grow(made, lot)
    lives.grow(made, lot)
    fronts.grow(made, lot)
    oversights.grow(made, lot)
    figures.count_new(now=made.now, batch=100_000)


def _house(made: Scene, lot: int) -> None:
    """A village, a unit, a person, a post, a substitute, a category."""
    at, by = made.now, SYSTEM
    code = f"431281{110 + lot}"
    org.add_areas(
        rows=[{"code": code, "name": f"第{lot}乡"}, {"code": f"431281101{100 + lot}", "name": f"第{lot}村"}],
        by=by,
        at=at,
    )
    area = Area.objects.get(pk=f"431281101{100 + lot}")
    unit = org.add_unit(
        code=f"V{lot}", name=f"第{lot}村", short_name=f"第{lot}村", kind="village", parent=made.county.units["SQ"], area=area,
        by=by, at=at,
    )  # fmt: skip
    org.add_unit(
        code=f"D{lot}",
        name=f"县第{lot}局",
        short_name=f"第{lot}局",
        kind="department",
        parent=None,
        area=None,
        by=by,
        at=at,
    )
    person = org.add_person(username=f"more{lot}", name=f"新人{lot}", password=None, by=by, at=at)
    for place in (unit, made.county.units["ZJ"]):
        org.give_post(user=person, unit=place, title="科员", role="handler", by=by, at=at)
    colleague = made.county.users["handler2"]
    org.give_post(
        user=colleague, unit=made.county.units["JT"], title=f"兼职{lot}", role="handler", by=by, at=at
    )
    day = (at + timedelta(days=10 * lot)).date()
    org.substitute(absent=colleague, substitute=person, from_date=day, until_date=day, by=by, at=at)
    matters.set_categories(
        rows={f"{n:02d}": f"第{n}类" for n in range(1, lot + 2)}, by=made.county.who("admin", at), at=at
    )


def _one(made: Scene, matter: Matter, lot: int) -> None:
    """More of all that hangs on one matter: words, files, links, looks."""
    at = made.now - timedelta(hours=2) + timedelta(minutes=lot)
    who = "officer" if matter.registered_by_id == made.county.units["XF"].pk else "clerk"
    path = Path(made.county, matter, at - timedelta(hours=1))
    path.act("note", who, text=f"第{lot}次电话联系")
    path.at = at - timedelta(hours=1)
    kept = [files.keep(data=jpeg((8 + lot, 8)), name=f"图{lot}{n}.jpg", at=at).id for n in range(2)]
    path.act("add_evidence", who, files=[(one, "other", "看过") for one in kept], to_raiser=True)
    path.at = at - timedelta(hours=1)
    more = files.keep(data=jpeg((9, 8 + lot)), name=f"补{lot}.jpg", at=at).id
    path.act("supplement", RESIDENT, text=f"还有第{lot}盏灯", files=[more])
    path.at = at - timedelta(hours=1)
    path.act("link", who, other_id=Path.register(made.county, at=at).matter.id, kind="related")
    for _ in range(3):
        record_view(subject_id=matter.id, kind="opened", by=made.county.who("handler", at), at=at)
    matter.refresh_from_db()


def _help(made: Scene, lot: int) -> None:
    """One more unit helps with the matter that is being handled."""
    path = Path(made.county, made.matters["own"], made.now - timedelta(hours=1))
    if lot <= len(HELPERS):
        path.act(
            "invite",
            "handler",
            unit_id=path.unit(HELPERS[lot - 1]),
            task="请核实权属",
            until=(made.now + timedelta(days=80)).date(),
        )


LINE = "{who}-{lot}-{n},钱多多,137{lot:04d}{n:04d},清溪县石桥镇柳塘村1组,村口的桥栏杆断了第{n}截,2026-03-02\n"


def _sheets(made: Scene, lot: int) -> None:
    """Longer sheets for the same people, in place of those before; one more taken out."""
    head = "编号,来访人姓名,联系电话,住址,反映问题,登记时间\n"
    for who in made.runs:
        by = made.county.who(who, made.now)
        lines = [LINE.format(who=who, lot=lot, n=n) for n in range(3 * lot)]
        wrong = [f"{who}-x{lot}-{n},,,,,不是日期\n" for n in range(2 * lot)]
        run = sheets.upload(
            data="".join([head, *lines, *wrong]).encode(), name=f"{who}{lot}.csv", by=by, at=made.now
        )
        means = {choice["letter"]: choice["target"] for choice in run.mapping["columns"]}
        sheets.map_columns(
            run_id=run.id,
            targets=means,
            defaults=Defaults("claim", "sheet", by.unit_id, who),
            by=by,
            at=made.now,
        )
        check(run_id=run.id, now=made.now, law=made.county.law)
        made.runs[who] = run.id
    for who in made.exports:
        by = made.county.who(who, made.now)
        made.exports[who] = exporting.ask(sought=Sought(), identity=False, why="", by=by, at=made.now).id
