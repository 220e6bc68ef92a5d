"""Research in a browser: five chains with 90 and 915 problems closed, 840 suggestions, 209 places from one pilot.

After the accounts of Leiyang and Wangcheng (seeds/000, seeds/001).
"""

import re
from pathlib import Path as File
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.county import MONDAY, START, County
from tests.fronts import code
from tests.stories.conftest import Clock, NewPage
from tests.stories.looks import faults
from tests.stories.test_desk_story import sit
from tests.stories.test_programmes_story import seat
from tests.stories.walks import Staff, carried, fill, go, hand_in, press
from zhuoluo.clock import local_day
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.enterprise.models import Need
from zhuoluo.enterprise.rules.sheet import FIRMS, NEEDS
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters.models import Commitment, Matter
from zhuoluo.org import actions as org
from zhuoluo.org.models import Area
from zhuoluo.org.rules import SYSTEM
from zhuoluo.research import actions
from zhuoluo.research.models import Dissection, Finding, Rollout, Site
from zhuoluo.research.rules.sheet import PROBLEMS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ZJ = "县住房和城乡建设局"
CHAINS = ("新能源材料", "智能制造", "食品加工", "电子信息", "生物医药")


def problem(number: int, topic: str, text: str, lead: str, chain: str = "") -> list[Any]:
    """One row of the problem list in its own layout."""
    told = {
        "external": f"HN2026-{number:04d}", "topic": topic, "text": text, "measure": "交责任单位限期办好", "lead": lead, "unit": ZJ,
        "person": "王股长", "until": "2026-06-30", "chain": chain, "village": "石桥镇",
    }  # fmt: skip
    return [told.get(key, "") for key in PROBLEMS]


def need(number: int) -> list[Any]:
    told = {"code": code(1 + number % 100), "text": f"第{number}件：用工、用电、用地要协调", "unit": ZJ}
    return [told.get(key, "") for key in NEEDS]


def figure(page: Page, words: str) -> str:
    return re.sub(r"\s", "", page.locator(".figure", has_text=words).first.inner_text())


def taken_in(county: County, desk: Page, folder: File) -> None:
    """Five chains, a hundred firms, 90 problems of the chains and 915 of the firms, each from its own sheet."""
    for name in CHAINS:
        enterprise.save_chain(
            name=name, head_id=county.users["leader"].pk, by=county.who("coordinator"), at=MONDAY
        )
    firms = [
        [
            f"第{n}家材料公司",
            code(n),
            "",
            "石桥镇",
            "石桥工业园",
            CHAINS[n % 5],
            "",
            "葛经理",
            f"1380000{n:04d}",
            "",
        ]
        for n in range(1, 101)
    ]
    hand_in(desk, "/desk/enterprises/import/", folder, FIRMS, firms)
    expect(desk.locator(".notice--good")).to_contain_text("100")
    rows = [
        problem(n, f"{CHAINS[n % 5]}调研", f"第{n}个链上的堵点", "陈立新", CHAINS[n % 5]) for n in range(90)
    ]
    hand_in(desk, "/desk/research/problems/import/", folder, PROBLEMS, rows)
    expect(desk.locator(".notice--good")).to_contain_text("90")
    hand_in(desk, "/desk/enterprises/needs/import/", folder, NEEDS, [need(n) for n in range(915)])
    expect(desk.locator(".notice--good")).to_contain_text("915")


def test_ninety_chain_problems_and_915_of_firms_close_with_evidence_their_word_and_a_second_review(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
    tmp_path: File,
) -> None:
    desk = seat(new_page, here, "coordinator", live_server.url)
    desk.set_default_timeout(180_000)
    taken_in(here, desk, tmp_path)
    assert (Finding.objects.count(), Need.objects.count()) == (90, 915)
    clock.pass_days(1)
    staff = Staff(here, clock.now())
    matters = list(Matter.objects.order_by("registered_at", "id"))
    contacts = set(Need.objects.values_list("matter_id", flat=True))
    last = next(m for m in reversed(matters) if m.pk in contacts)
    for matter in matters:
        carried(staff, matter, clock.now(), contact=matter.pk in contacts, called=matter.pk != last.pk)
    clock.pass_days(1)

    desk = sit(desk, here, "coordinator", live_server.url)
    desk.goto("/desk/enterprises/needs/")
    assert "914" in figure(desk, "已销号")
    _last_one(here, new_page, last, live_server.url)
    desk.reload()
    assert "915" in figure(desk, "已销号")
    assert "915/915" in figure(desk, "他人回访").replace("／", "/")
    assert faults(desk) == []
    desk.goto("/desk/research/problems/")
    assert "90/90" in figure(desk, "他人回访").replace("／", "/")
    desk.goto("/desk/research/board/")
    for name in CHAINS:
        expect(desk.locator("tr", has_text=name).first).to_contain_text("18")
    assert faults(desk) == []
    sheet = desk.request.get("/desk/research/problems/sheet/")
    assert sheet.body()[:2] == b"PK"
    hand_in(
        desk,
        "/desk/research/problems/import/",
        tmp_path,
        PROBLEMS,
        [problem(3, f"{CHAINS[3]}调研", "第3个链上的堵点", "陈立新")],
    )
    expect(desk.locator(".notice--good")).to_contain_text("原有 1 个没有重复登记")


def _last_one(county: County, new_page: NewPage, last: Matter, base: str) -> None:
    """Somebody other than the handler calls the firm; a second person goes and sees."""
    caller = sit(new_page(width=1280, height=900), county, "caller", base)
    caller.goto(reverse("matters:act", args=[last.number, "call_back"]))
    caller.locator("[name=reached][value=yes]").check()
    caller.locator("[name=solved][value=yes]").check()
    caller.locator("[name=satisfaction][value=satisfied]").check()
    caller.locator(".form-actions button").click()
    second = sit(new_page(width=1280, height=900), county, "supervisor", base)
    second.goto(reverse("matters:act", args=[last.number, "certify"]))
    second.locator("[name=evidence]").fill("到厂里看过，六十个熟练工到岗")
    second.locator(".form-actions button").click()


def test_840_suggestions_of_37_leaders_come_in_and_one_becomes_a_class(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
    tmp_path: File,
) -> None:
    leaders = [f"领导{n:02d}" for n in range(37)]
    for n, name in enumerate(leaders):
        user = org.add_person(username=f"lead{n}", name=name, password=None, by=SYSTEM, at=START)
        org.give_post(user=user, unit=here.units["LD"], title="领导", role="leader", by=SYSTEM, at=START)
    desk = seat(new_page, here, "coordinator", live_server.url)
    desk.set_default_timeout(180_000)
    kinds = ("老人白天没人照料", "路灯坏了没人修", "停车难")
    rows = [
        problem(n, f"{leaders[n % 37]}的走访", f"{kinds[n % 3]}，第{n}条建议", leaders[n % 37])
        for n in range(840)
    ]
    hand_in(desk, "/desk/research/problems/import/", tmp_path, PROBLEMS, rows)
    expect(desk.locator(".notice--good")).to_contain_text("840")
    assert Finding.objects.values("lead").distinct().count() == 37
    one = Finding.objects.get(external_id="HN2026-0000")
    desk.goto(f"/desk/research/problems/{one.pk}/")
    go(desk, "解剖这一个")
    fill(
        desk,
        title="农村老人没人照料",
        cause="年轻人外出，学校撤并后没有公共场所",
        remedy="村级互助养老，一村一处",
        unit=ZJ,
        until="2026-12-01",
    )
    desk.locator(".form-actions button").click()
    kind = Dissection.objects.get()
    desk.goto(f"/desk/research/classes/{kind.pk}/")
    go(desk, "归到这一类")
    alike = desk.locator("label", has_text="老人白天没人照料")
    count = alike.count()
    assert count >= 5
    for place in range(count):
        alike.nth(place).click()
    desk.locator(".form-actions button").click()
    expect(desk.locator(".notice--good")).to_contain_text("归好了")
    assert figure(desk, "这一类的问题").startswith(str(count + 1)) or str(count + 1) in figure(
        desk, "这一类的问题"
    )
    assert Commitment.objects.filter(
        matter=kind.matter, closed_at__isnull=True
    ).exists()  # the lasting fix has owner and date
    assert faults(desk) == []


def towns(county: County) -> list[tuple[str, str]]:
    """Thirty towns with seven villages each and a clerk; returns unit codes and the clerks' names."""
    rows = []
    for n in range(30):
        town = f"4312813{n:02d}"
        rows += [{"code": town, "name": f"第{n}镇"}]
        rows += [{"code": f"{town}{v:03d}", "name": f"第{n}镇{v}村"} for v in range(1, 8)]
    org.add_areas(rows=rows, by=SYSTEM, at=START)
    made = []
    for n in range(30):
        area = Area.objects.get(pk=f"4312813{n:02d}000")
        unit = org.add_unit(
            code=f"T{n:02d}",
            name=area.name,
            kind="township",
            parent=None,
            area=area,
            by=SYSTEM,
            at=START,
            short_name=area.name,
        )
        user = org.add_person(username=f"t{n}", name=f"干部{n:02d}", password=None, by=SYSTEM, at=START)
        org.give_post(user=user, unit=unit, title="干部", role="clerk", by=SYSTEM, at=START)
        county.units[f"T{n:02d}"], county.users[f"t{n}"] = unit, user
        made.append((f"T{n:02d}", f"t{n}"))
    return made


def test_209_places_in_30_towns_follow_one_pilot(
    here: County,
    clock: Clock,
    new_page: NewPage,
    live_server: Any,
    tmp_path: File,
) -> None:
    everywhere, by = towns(here), here.who("coordinator")
    desk = seat(new_page, here, "coordinator", live_server.url)
    desk.set_default_timeout(30_000)
    hand_in(
        desk,
        "/desk/research/problems/import/",
        tmp_path,
        PROBLEMS,
        [problem(1, "农村养老", "老人白天没人照料", "陈立新")],
    )
    kind = actions.dissect(
        finding_id=Finding.objects.get().pk, title="农村老人没人照料", cause="年轻人外出", remedy="互助养老点，一村一处",
        unit_id=here.units["ZJ"].pk, until=local_day(MONDAY).replace(month=12), by=by, at=clock.now(), law=here.law,
    )  # fmt: skip
    page = f"/desk/research/classes/{kind.pk}/"
    desk.goto(page)
    go(desk, "登记试点")
    fill(desk, area="石桥村", name="江头互助养老点", day="2026-03-02", serves=64)
    photo = tmp_path / "试点.jpg"
    photo.write_bytes(jpeg())
    desk.locator("[name=photo]").set_input_files(photo)
    press(desk, "登记")
    go(desk, "推广")
    fill(desk, until="2026-11-30")
    for n, (unit, _who) in enumerate(everywhere):
        desk.locator(f"[name=n_{here.units[unit].pk.hex}]").fill("6" if n == 29 else "7")
    press(desk, "交下去")
    assert sum(Rollout.objects.values_list("count", flat=True)) == 209
    _opened(here, clock, new_page, kind, everywhere, live_server.url)
    desk = sit(desk, here, "coordinator", live_server.url)
    desk.goto(page)
    assert "209/209" in figure(desk, "推广办成").replace("／", "/")
    assert "30" in figure(desk, "推广的乡镇")
    expect(desk.get_by_text("都办成了")).to_have_count(30)
    assert Site.objects.count() == 210  # and the pilot
    owed = Commitment.objects.filter(matter=kind.matter, kind="joint", closed_at__isnull=True)
    assert [task.subject for task in owed] == [
        kind.pk
    ]  # the towns' are done; the department answers for the remedy
    assert faults(desk) == []


def _opened(
    county: County, clock: Clock, new_page: NewPage, kind: Dissection, everywhere: list[tuple[str, str]], base: str
) -> None:  # fmt: skip
    """The first town tells its first place on a phone; the rest come the same way."""
    clock.pass_days(30)
    clerk = sit(new_page(width=390, height=844), county, "t0", base)
    clerk.goto(f"/desk/research/classes/{kind.pk}/")
    clerk.get_by_role("link", name="登记一处").first.click()
    fill(clerk, area="第0镇1村", name="互助养老点", day="2026-04-01", serves=30)
    press(clerk, "登记")
    expect(clerk.locator(".notice--good")).to_contain_text("登记好了")
    assert faults(clerk) == []
    for n, (unit, who) in enumerate(everywhere):
        share = Rollout.objects.get(dissection=kind, unit=county.units[unit])
        for village in range(2 if n == 0 else 1, share.count + 1):
            actions.open_site(
                dissection_id=kind.pk, rollout_id=share.pk, area=f"4312813{n:02d}{village:03d}", name="互助养老点",
                day=local_day(clock.now()), by=county.who(who, clock.now()), at=clock.now(), law=county.law, serves=30,
            )  # fmt: skip
