"""A small county for tests, built by the same actions the product uses."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from zhuoluo.org import actions as org
from zhuoluo.org.models import Area, Unit, User
from zhuoluo.org.reads import Law, actor, law
from zhuoluo.org.rules import SYSTEM, Actor
from zhuoluo.residents.actions import Contact

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 9 o'clock in Shanghai on an ordinary Monday
START = datetime(2019, 1, 1, 0, 0, tzinfo=UTC)
PASSWORD = "a-long-test-password"
AREAS = [
    ("431281", "清溪县"), ("431281100", "城关镇"), ("431281101", "石桥镇"), ("431281200", "云岭乡"),
    ("431281100001", "东门社区"), ("431281101001", "石桥村"), ("431281101002", "柳塘村"), ("431281200001", "云岭村"),
]  # fmt: skip
UNITS = [
    ("XF", "清溪县信访局", "office", None), ("DC", "县委督查室", "supervision", None), ("LD", "县领导", "leadership", None),
    ("ZJ", "县住房和城乡建设局", "department", None), ("JT", "县交通运输局", "department", None),
    ("HB", "县生态环境局", "department", None), ("CG", "城关镇", "township", "431281100000"),
    ("SQ", "石桥镇", "township", "431281101000"), ("YL", "云岭乡", "township", "431281200000"),
    ("SQC", "石桥村", "village", "431281101001"), ("FC", "县政府复查复核办公室", "review", None),
    ("JW", "县纪委监委", "discipline", None), ("XC", "县委宣传部", "department", None),
    ("CZ", "县财政局", "department", None), ("XB", "县委办公室", "department", None),
]  # fmt: skip
PEOPLE = [
    ("officer", "林秀芬", "XF", "科员", "petition_officer"), ("caller", "赵小兰", "XF", "回访员", "caller"),
    ("supervisor", "周正", "DC", "督查员", "supervisor"), ("leader", "陈立新", "LD", "副县长", "leader"),
    ("handler", "王建国", "ZJ", "股长", "handler"), ("handler2", "刘芳", "ZJ", "科员", "handler"),
    ("head", "孙志强", "ZJ", "局长", "head"), ("road", "何平", "JT", "科员", "handler"),
    ("road_head", "吴敏", "JT", "局长", "head"), ("clerk", "李梅", "SQ", "综治办干部", "clerk"),
    ("town_head", "郑涛", "SQ", "镇长", "head"), ("clerk2", "罗军", "CG", "综治办干部", "clerk"),
    ("mediator", "石老根", "SQC", "明白人", "mediator"), ("auditor", "高洁", "DC", "审计员", "auditor"),
    ("admin", "马超", "XF", "信息员", "administrator"), ("checker", "许静", "DC", "督查专员", "supervisor"),
    ("reviewer", "宋岩", "FC", "专员", "reviewer"), ("sealed", "方严", "JW", "科长", "sealed_officer"),
    ("outreach", "柳青", "XC", "宣讲专员", "outreach_officer"), ("finance", "钱守正", "CZ", "科员", "finance"),
    ("coordinator", "谢明", "XB", "科长", "coordinator"),
]  # fmt: skip


@dataclass
class County:
    """The fixtures' county: units and people by short name."""

    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    @property
    def law(self) -> Law:
        return law()

    def who(self, name: str, at: datetime = MONDAY) -> Actor:
        """The actor behind a short name, as of a day."""
        return actor(self.users[name], at)


def build(password: str | None = None) -> County:
    county = County()
    by, at = SYSTEM, START
    org.set_up(code="431281", name="清溪县", name_en="Qingxi County", prefix="QX", by=by, at=at)
    org.add_areas(rows=[{"code": c, "name": n} for c, n in AREAS], by=by, at=at)
    county.areas = {a.name: a for a in Area.objects.all()}
    for code, name, kind, area in UNITS:
        parent = county.units.get("SQ") if code == "SQC" else None
        place = Area.objects.get(pk=area) if area else None
        county.units[code] = org.add_unit(
            code=code,
            name=name,
            kind=kind,
            parent=parent,
            area=place,
            by=by,
            at=at,
            short_name=name.removeprefix("清溪"),
        )
    for username, name, unit, title, role in PEOPLE:
        user = org.add_person(username=username, name=name, password=password, by=by, at=at)
        org.give_post(user=user, unit=county.units[unit], title=title, role=role, by=by, at=at)
        county.users[username] = user
    return county


def contact(**changes: Any) -> Contact:
    values = {"name": "张三丰", "phone": "13812340000", "address": "清溪县石桥镇石桥村3组"} | changes
    return Contact(**values)


def notice_2027() -> str:
    """An invented notice for a year whose real one is not out: tests of what happens when it comes."""
    days = {
        "元旦": ["2027-01-01", "2027-01-02", "2027-01-03"],
        "春节": [f"2027-02-{d:02d}" for d in range(5, 13)],
        "清明节": ["2027-04-03", "2027-04-04", "2027-04-05"],
        "劳动节": [f"2027-05-{d:02d}" for d in range(1, 6)],
        "端午节": ["2027-06-09"],
        "中秋节": ["2027-09-15"],
        "国庆节": [f"2027-10-{d:02d}" for d in range(1, 8)],
    }
    lines = ["date,kind,name", *(f"{d},holiday,{name}" for name, all_ in days.items() for d in all_)]
    return "\n".join([*lines, "2027-02-14,workday,", "2027-10-09,workday,"])
