"""Enterprises, research, on-site days, nights on duty and mediators, for the tests that walk every page."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.county import contact
from zhuoluo.clock import local_day
from zhuoluo.duty import actions as duty
from zhuoluo.duty.actions import RuleContent
from zhuoluo.duty.models import Night, Seat
from zhuoluo.duty.rules.sheet import NIGHTS
from zhuoluo.enterprise import actions as enterprise
from zhuoluo.enterprise.actions import FirmContent
from zhuoluo.enterprise.rules.sheet import FIRMS, NEEDS
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.kit.credit_code import check_sign
from zhuoluo.kit.workbook import workbook
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.onsite import actions as onsite
from zhuoluo.onsite.actions import DayContent, Decided
from zhuoluo.onsite.models import Day, Item
from zhuoluo.onsite.rules.sheet import LISTS
from zhuoluo.org.reads import SHANGHAI
from zhuoluo.org.rules import Actor
from zhuoluo.research import actions as research
from zhuoluo.research.actions import FindingContent, TopicContent
from zhuoluo.research.models import Finding, Met, Note, Rollout
from zhuoluo.research.rules.sheet import PROBLEMS
from zhuoluo.residents.actions import Contact
from zhuoluo.village import actions as village
from zhuoluo.village.models import Quarrel
from zhuoluo.village.rules.sheet import MEDIATORS

if TYPE_CHECKING:
    from tests.scene import Scene

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOWN, VILLAGE, OTHER = "431281101000", "431281101001", "431281101002"
COMPANY = Contact(kind="enterprise", name="先导公司", phone="13800001111", address="石桥工业园")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def code(number: int) -> str:
    """A valid credit code, one for each number."""
    body = f"91431281MA{number:07d}"
    return body + check_sign(body)


def who(made: "Scene", name: str, at: Any = None) -> Actor:
    return made.county.who(name, at or made.now)


def stand(made: "Scene") -> None:
    """Let there be one of everything, in every state a page is for."""
    _enterprise(made)
    _research(made)
    _onsite(made)
    _duty(made)
    _village(made)


def firm(made: "Scene", number: int, at: Any = None) -> Any:
    content = FirmContent(
        code(number), f"第{number}材料有限公司", "above", VILLAGE, "石桥工业园", made.fronts.get("chain"), "电池材料", "葛经理",
        f"1380000{number:04d}",
    )  # fmt: skip
    return enterprise.save_firm(content=content, by=who(made, "coordinator"), at=at or made.now)


def need(made: "Scene", firm_id: Any, key: str, at: Any = None) -> Any:
    return enterprise.need(
        firm_id=firm_id, klass="claim", text=f"用工缺口大，招不到熟练工（{key}）", key=key, by=who(made, "coordinator"),
        at=at or made.now, law=made.county.law, unit_id=made.county.units["ZJ"].pk,
    )  # fmt: skip


def _enterprise(made: "Scene") -> None:
    kept, by, at, law = made.fronts, who(made, "coordinator"), made.now - 9 * DAY, made.county.law
    kept["chain"] = enterprise.save_chain(
        name="新能源材料产业链", head_id=made.county.users["leader"].pk, by=by, at=at
    ).pk
    kept["firm"] = firm(made, 1, at).pk
    firm(made, 2, at)
    for name in ("clerk", "handler"):
        enterprise.set_liaison(firm_id=kept["firm"], user_id=made.county.users[name].pk, by=by, at=at)
    enterprise.visit(
        firm_id=kept["firm"], kind="visit", day=local_day(at), heard="缺工，扩建厂房手续没办完", key="scene-visit",
        by=who(made, "handler", at), at=at,
    )  # fmt: skip
    need(made, kept["firm"], "scene", made.now - HOUR)
    row = enterprise.begin_project(
        firm_id=kept["firm"], name="金山家苑", plan="land_certificate", first_day=local_day(at), aim=23,
        unit_id=made.county.units["ZJ"].pk, key="scene-project", by=by, at=at, law=law,
    )  # fmt: skip
    kept["project"] = row.pk
    enterprise.begin_step(
        project_id=row.pk, name="企业备齐图纸", since=local_day(at), by=by, at=at, law=law, place=1
    )
    step = enterprise.begin_step(
        project_id=row.pk, name="办施工许可", since=local_day(at), unit_id=made.county.units["ZJ"].pk, workdays=5, by=by, at=at,
        law=law, place=2,
    )  # fmt: skip
    kept["step"] = step.pk


def finding(made: "Scene", key: str, **more: Any) -> Finding:
    values: dict[str, Any] = {
        "text": f"村里老人白天没人照料（{key}）", "measure": "把闲置小学改成老年活动中心", "lead_id": made.county.users["leader"].pk,
        "unit_id": made.county.units["ZJ"].pk, "person": "王股长", "until": local_day(made.now) + 30 * DAY, "area": VILLAGE,
        "chain_id": made.fronts["chain"], "visit_id": made.fronts["visit"],
        "notes": tuple(Note.objects.filter(visit_id=made.fronts["visit"]).values_list("pk", flat=True)[:1]),
    }  # fmt: skip
    made_ = research.raise_finding(
        topic_id=made.fronts["topic"], content=FindingContent(**values | more), key=key, by=who(made, "coordinator"),
        at=made.now - 2 * HOUR, law=made.county.law,
    )  # fmt: skip
    return Finding.objects.get(matter_id=made_.matter.pk)


def topic(made: "Scene", key: str) -> Any:
    content = TopicContent(
        f"农村养老怎么办{key}", made.county.users["leader"].pk, made.county.units["XB"].pk, local_day(made.now) - 20 * DAY,
        local_day(made.now) + 20 * DAY, "去三个村", made.fronts["chain"],
    )  # fmt: skip
    return research.save_topic(
        content=content, by=who(made, "coordinator"), at=made.now - 20 * DAY, key=f"topic{key}"
    )


def _research(made: "Scene") -> None:
    kept, by, at = made.fronts, who(made, "coordinator"), made.now - 3 * HOUR
    kept["topic"] = topic(made, "").pk
    visit = research.record_visit(
        topic_id=kept["topic"], kind="talk", day=local_day(at), place="江头村部", who="陈立新、谢明", key="scene", by=by, at=at,
        area=VILLAGE, met=[(contact(name="岑大爷"), "村民代表"), (contact(name="汤会计"), "村干部")],
        notes=["白天老人没人管", "小学空着三年了"],
    )  # fmt: skip
    kept["visit"] = visit.pk
    kept["met"] = Met.objects.filter(visit=visit).earliest("id").pk
    first = finding(made, "one", external_id="HN2026-0001")
    kept["finding"] = first.pk
    done = finding(made, "done")
    kept["checked"] = done.pk
    closed_out(made, done)
    row = research.dissect(
        finding_id=first.pk, title="农村老人没人照料", cause="年轻人外出，学校撤并", remedy="村级互助养老，一村一处",
        unit_id=made.county.units["ZJ"].pk, until=local_day(made.now) + 60 * DAY, by=by, at=made.now - HOUR,
        law=made.county.law,
    )  # fmt: skip
    kept["dissection"] = row.pk
    photo = files.keep(data=jpeg(), name="试点.jpg", at=made.now)
    site = research.open_site(
        dissection_id=row.pk, area=VILLAGE, name="江头试点", day=local_day(made.now), by=by, at=made.now, law=made.county.law,
        serves=60, photo=photo.id,
    )  # fmt: skip
    kept["site"] = site.pk
    research.roll_out(
        dissection_id=row.pk, shares=[(made.county.units["SQ"].pk, 2), (made.county.units["CG"].pk, 1)],
        until=local_day(made.now) + 60 * DAY, by=by, at=made.now, law=made.county.law,
    )  # fmt: skip
    kept["rollout"] = Rollout.objects.get(dissection=row, unit=made.county.units["SQ"]).pk
    statement = research.state(
        topic_id=kept["topic"], heading="问题", text="老人白天没有人照料，学校空着。", notes=Note.objects.values_list("pk", flat=True),
        findings=[first.pk], by=by, at=made.now,
    )  # fmt: skip
    kept["statement"] = statement.pk


def closed_out(made: "Scene", row: Finding) -> None:
    """Take a problem through evidence, answer, word and second review."""
    path = Path(made.county, row.matter, made.now - 2 * HOUR)

    def act(verb: str, name: str, **given: Any) -> None:
        path.at -= HOUR - timedelta(minutes=5)
        path.act(verb, name, **given)

    photo = files.keep(data=jpeg(), name="办好.jpg", at=path.at)
    act("accept", "head")
    act("add_evidence", "handler", files=[(photo.id, "after", "办好了")])
    act("draft", "handler", content=DRAFT)
    act("issue", "head", draft_version=1)
    act("serve", "handler", method="in_person")
    act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    act("certify", "supervisor", evidence="去看过，活动中心天天有人，老人说好")


def day(made: "Scene", starts: Any, number: int, **more: Any) -> Any:
    values: dict[str, Any] = {
        "starts_at": starts, "ends_at": starts + 3 * HOUR, "place": "先导公司", "chair_id": made.county.users["leader"].pk,
        "unit_id": made.county.units["XB"].pk, "title": "推进产业发展", "area": TOWN,
    }  # fmt: skip
    return onsite.plan_day(
        series_id=made.fronts["series"], content=DayContent(**values | more), number=number, by=who(made, "coordinator"),
        at=made.now - 5 * DAY,
    )  # fmt: skip


def decided(made: "Scene", row: Any, key: str, at: Any) -> Item:
    """One matter raised on the day and decided on."""
    by = who(made, "coordinator")
    raised = onsite.raise_item(
        day_id=row.pk, klass="claim", text=f"园区变压器不够（{key}）", contact=COMPANY, unit_id=made.county.units["ZJ"].pk, key=key,
        by=by, at=at, law=made.county.law,
    )  # fmt: skip
    item = Item.objects.get(matter_id=raised.matter.pk)
    one = Decided(
        made.county.units["ZJ"].pk, f"月底前增容（{key}）", "王股长", local_day(made.now) + DAY, "孙局长"
    )
    onsite.decide(item_id=item.pk, decided=[one], by=by, at=at, law=made.county.law)
    return item


def _onsite(made: "Scene") -> None:
    kept = made.fronts
    kept["series"] = onsite.save_series(
        name="企业家日", lists="leiyang", by=who(made, "coordinator"), at=made.now - 9 * DAY
    ).pk
    held = day(made, made.now - 2 * DAY, 31)
    kept["day"] = held.pk
    kept["item"] = decided(made, held, "scene", made.now - 2 * DAY + HOUR).pk
    coming = day(made, made.now + 2 * DAY, 32)
    kept["coming"] = coming.pk
    onsite.add_items(
        day_id=coming.pk, matter_ids=[made.matters["own"].pk], by=who(made, "coordinator"), at=made.now
    )
    kept["agenda"] = Item.objects.get(day=coming).pk


def night(made: "Scene", on: Any, person: str, unit: str = "SQ", **more: Any) -> Night:
    row = Night.objects.create(
        unit=made.county.units[unit],
        day=on,
        place="镇政府值班室",
        phone="0731-8800000",
        made_at=made.now - 9 * DAY,
        **more,
    )
    Seat.objects.create(night=row, place=1, planned=made.county.users[person])
    return row


def _duty(made: "Scene") -> None:
    kept, today = made.fronts, local_day(made.now)
    content = RuleContent(
        "石桥镇夜宿", made.county.units["SQ"].pk, "镇政府值班室", (made.county.users["leader"].pk, made.county.users["town_head"].pk),
        phone="0731-8800000",
    )  # fmt: skip
    kept["rule"] = duty.save_rule(content=content, by=who(made, "coordinator"), at=made.now - 9 * DAY).pk
    # The log is open from noon of the day to noon of the next: whichever of the two nights that is now.
    on = today if made.now.astimezone(SHANGHAI).hour >= 12 else today - DAY
    row = night(made, on, "leader", state="published", published_at=made.now - 9 * DAY)
    kept["night"] = row.pk
    house = duty.visit(
        night_id=row.pk, contact=contact(name="伍大爷", kind="household"), key="scene-house", by=who(made, "clerk"), at=made.now,
        area=VILLAGE, heard="电线杆矮了",
    )  # fmt: skip
    kept["household"] = house.pk
    raised = duty.raise_matter(
        night_id=row.pk, klass="claim", text="文化中心门口的电线杆矮塌了", key="scene-night", by=who(made, "clerk"), at=made.now,
        law=made.county.law, household_id=house.pk,
    )  # fmt: skip
    kept["raised"] = raised.matter.number
    kept["coming-night"] = night(
        made, today + 3 * DAY, "clerk", state="published", published_at=made.now - 9 * DAY
    ).pk
    other = night(made, today + 5 * DAY, "clerk2", "CG", state="published", published_at=made.now - 9 * DAY)
    night(made, today + 6 * DAY, "leader", state="planned")
    mine = Seat.objects.get(night=other)
    kept["swap"] = duty.ask_swap(
        mine_id=mine.pk,
        theirs_id=Seat.objects.get(night_id=kept["coming-night"]).pk,
        by=who(made, "clerk2"),
        at=made.now,
    ).pk


def _village(made: "Scene") -> None:
    kept, by = made.fronts, who(made, "clerk")
    row = village.list_mediator(
        user_id=made.county.users["mediator"].pk, area=VILLAGE, consented_on=local_day(made.now) - 30 * DAY, good_at="邻里",
        by=by, at=made.now - DAY,
    )  # fmt: skip
    kept["mediator"] = row.pk
    for key, told in (("quarrel", "两家为排水沟吵了半年"), ("given", "猪场边的两户心里有疙瘩")):
        path = Path.register(made.county, at=made.now - 2 * DAY, by=who(made, "clerk"), channel="walk_in")
        kept[key] = village.give(
            matter_id=path.matter.pk,
            mediator_id=row.pk,
            told=told,
            by=by,
            at=made.now - HOUR,
            law=made.county.law,
        ).pk
    me = who(made, "mediator")
    village.take(quarrel_id=kept["quarrel"], by=me, at=made.now)
    voice = files.keep(data=WAV, name="说的话.wav", at=made.now)
    kept["record"] = village.record(
        quarrel_id=kept["quarrel"], result="again", key="scene-record", by=me, at=made.now, law=made.county.law,
        present="两家的老人", said="先坐下来了", voice=voice.id,
    ).pk  # fmt: skip


def grow(made: "Scene", lot: int) -> None:
    """One more of everything a page of the fronts can list."""
    by, law = who(made, "coordinator"), made.county.law
    enterprise.save_chain(name=f"第{lot}条链", by=by, at=made.now)
    firm(made, 100 + lot)
    need(made, made.fronts["firm"], f"grow-{lot}")
    enterprise.visit(
        firm_id=made.fronts["firm"], kind="call", day=local_day(made.now), heard=f"打了第{lot}次电话", key=f"grow-{lot}", by=by,
        at=made.now,
    )  # fmt: skip
    enterprise.begin_step(
        project_id=made.fronts["project"],
        name=f"第{lot}步",
        since=local_day(made.now),
        by=by,
        at=made.now,
        law=law,
    )
    enterprise.begin_project(
        firm_id=made.fronts["firm"], name=f"第{lot}个项目", plan="other", first_day=local_day(made.now), aim=30,
        unit_id=made.county.units["ZJ"].pk, key=f"grow-{lot}", by=by, at=made.now, law=law,
    )  # fmt: skip
    topic(made, str(lot))
    research.add_note(visit_id=made.fronts["visit"], text=f"又记了第{lot}条", by=by, at=made.now)
    one = finding(made, f"grow-{lot}")
    closed_out(made, finding(made, f"shut-{lot}"))
    research.gather(dissection_id=made.fronts["dissection"], finding_ids=[one.pk], by=by, at=made.now)
    research.dissect(
        finding_id=finding(made, f"own-{lot}").pk, title=f"第{lot}类", cause="到处都有这个原因", remedy="一个管长远的办法",
        unit_id=made.county.units["ZJ"].pk, until=local_day(made.now) + 60 * DAY, by=by, at=made.now, law=law,
    )  # fmt: skip
    research.state(
        topic_id=made.fronts["topic"], heading="问题", text=f"第{lot}段话，有依据。",
        notes=Note.objects.filter(topic_id=made.fronts["topic"]).values_list("pk", flat=True)[:2], findings=[one.pk], by=by,
        at=made.now,
    )  # fmt: skip
    held = day(made, made.now - 2 * DAY, 100 + lot)
    decided(made, held, f"grow-{lot}", made.now - 2 * DAY + HOUR)
    decided(made, Day.objects.get(pk=made.fronts["day"]), f"more-{lot}", made.now - 2 * DAY + HOUR)
    row = night(
        made,
        local_day(made.now) - lot * DAY - DAY,
        "leader",
        state="handed",
        handed_at=made.now,
        taken_by="白班",
    )
    night(made, local_day(made.now) + 8 * DAY + lot * DAY, "clerk", state="published", published_at=made.now)
    del row
    house = duty.visit(
        night_id=made.fronts["night"],
        contact=contact(name=f"第{lot}户"),
        key=f"grow-{lot}",
        by=who(made, "clerk"),
        at=made.now,
    )
    duty.raise_matter(
        night_id=made.fronts["night"], klass="claim", text=f"第{lot}件事", key=f"grow-{lot}", by=who(made, "clerk"), at=made.now,
        law=law, household_id=house.pk,
    )  # fmt: skip
    duty.save_rule(
        content=RuleContent(
            f"规则{lot}", made.county.units["CG"].pk, "值班室", (made.county.users["clerk2"].pk,), active=False
        ),
        by=by, at=made.now,
    )  # fmt: skip
    path = Path.register(made.county, at=made.now - DAY, by=who(made, "clerk"), channel="walk_in")
    given = village.give(
        matter_id=path.matter.pk, mediator_id=made.fronts["mediator"], told=f"第{lot}件疙瘩", by=who(made, "clerk"), at=made.now,
        law=law,
    )  # fmt: skip
    village.take(quarrel_id=given.pk, by=who(made, "mediator"), at=made.now)
    village.record(
        quarrel_id=Quarrel.objects.get(pk=made.fronts["quarrel"]).pk, result="again", said=f"谈了第{lot}次", key=f"grow-{lot}",
        by=who(made, "mediator"), at=made.now, law=law,
    )  # fmt: skip


def book(columns: dict[str, tuple[str, ...]], *rows: list[Any]) -> SimpleUploadedFile:
    """A workbook in a room's own layout, as a browser sends it."""
    heads = [(names[0], 12) for names in columns.values()]
    return SimpleUploadedFile("台账.xlsx", workbook("台账", heads, rows), content_type=XLSX)


ZJ = "县住房和城乡建设局"
SHEETS = {
    "enterprise:import": lambda: book(FIRMS, ["新来的公司", code(900), "", "石桥镇", *[""] * 6]),
    "enterprise:needs-import": lambda: book(
        NEEDS, [code(1), "", "厂房扩建卡在环评", "县生态环境局", *[""] * 6]
    ),
    "research:problems-import": lambda: book(
        PROBLEMS, ["HN-9", "夜经济", "停车难", "建停车场", "陈立新", ZJ, "王股长", "2027-03-01", *[""] * 9]
    ),
    "onsite:import": lambda: book(
        LISTS,
        [
            "企业家日",
            40,
            "2026-03-02",
            "先导公司",
            "陈立新",
            "缺电",
            "",
            "",
            "两周内增容",
            ZJ,
            "王股长",
            "2027-03-01",
            *[""] * 3,
        ],
    ),
    "duty:import": lambda: book(
        NIGHTS, ["2026-02-03", "石桥镇", "陈立新", "3", "路灯坏了", "明天去修", "", ""]
    ),
    "village:import": lambda: book(MEDIATORS, ["石老根", "柳塘村", "邻里", "2026-03-02", ""]),
}
WAV = b"RIFF" + (36 + 8).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little") + (
    (1).to_bytes(2, "little") + (1).to_bytes(2, "little") + (8000).to_bytes(4, "little") + (16000).to_bytes(4, "little")
    + (2).to_bytes(2, "little") + (16).to_bytes(2, "little")
) + b"data" + (8).to_bytes(4, "little") + bytes(8)  # fmt: skip
