"""What happens beside the everyday: problems that come back in several villages, and matters at every step right now.

Pure tables. Days are days before now.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Wave:
    """One cause, many matters: a topic that comes up again and again in some places between two days."""

    topic: str
    places: tuple[str, ...]
    first: int
    last: int
    count: int


@dataclass(frozen=True)
class Scene:
    """One matter put at a step on purpose, so that every role finds something to do. `plan`: what differs."""

    topic: str
    place: str
    days: float
    plan: dict[str, Any] = field(default_factory=dict)


WAVES = (
    Wave("lamp", ("石桥村", "柳塘村", "双井村", "青山村", "白竹村", "油榨村"), 170, 6, 19),
    Wave("water.muddy", ("合水村", "东河村", "西河村", "石坝村", "古渡村"), 210, 30, 16),
    Wave("road.trucks", ("铁炉村", "黄泥坳村", "茅坪村", "老街村"), 320, 12, 15),
    Wave("deed", ("凤鸣社区", "书院社区", "金穗社区", "丽景社区"), 560, 20, 22),
    Wave("wages", ("长田村", "罗家坳村", "和顺社区"), 340, 250, 12),
    Wave("medical.refund", ("东门社区", "桂花社区", "石桥社区", "柳溪社区"), 330, 250, 14),
)
_STAFF = {"channel": "walk_in", "registrar": "clerk"}
_OPEN = {"quick": True, "path": "route", "objection": "", "extension": "", "ask_more": False, "late": False}
_SAID_NO = {"word": "raiser", "solved": "no", "satisfaction": "dissatisfied", "stop": "recheck"}
_SAID_YES = {"word": "call", "solved": "yes", "satisfaction": "satisfied"}
SCENES = (
    # Waiting in the township's inbox.
    Scene("rubbish", "石桥村", 0.4, {"stop": "route", "photo": True}),
    Scene("water.stop", "柳塘村", 0.9, {"stop": "route"}),
    Scene("lamp", "双井村", 1.6, {"stop": "route", "photo": True}),
    Scene("bus", "石桥社区", 0.3, {"stop": "route"}),
    Scene("dibao", "唐家铺村", 4.5, {"stop": "route", **_STAFF}),
    Scene("land.border", "牛角湾村", 13.5, {"stop": "route", **_STAFF}),
    Scene("sewage", "油榨村", 17, {"stop": "route"}),
    # Waiting in the petition office.
    Scene("conduct", "柳塘村", 2, {"stop": "route", "channel": "letter"}),
    Scene("court", "东门社区", 3, {"stop": "route", "channel": "reception"}),
    Scene("praise", "南街社区", 0.8, {"stop": "route", "channel": "letter", "registrar": "officer"}),
    Scene("property", "金穗社区", 6, {"stop": "route", "channel": "reception", "registrar": "officer", "kind": "group"}),
    # With the housing office: to be taken, objected to, drafted, issued, served, asked longer for.
    Scene("leak", "丽景社区", 5, {**_OPEN, "stop": "take", "photo": True}),
    Scene("deed", "凤鸣社区", 9, {**_OPEN, "stop": "take", "kind": "group"}),
    Scene("property", "迎宾社区", 4, {**_OPEN, "objection": "rejected", "stop": "rule"}),
    Scene("property", "桂花社区", 24, {**_OPEN, "stop": "draft"}),
    Scene("leak", "新桥社区", 40, {**_OPEN, "stop": "draft", "photo": True}),
    Scene("deed", "书院社区", 71, {**_OPEN, "stop": "draft", "late": True, "supervised": True, "kind": "group"}),
    Scene("property", "团结社区", 68, {**_OPEN, "stop": "draft", "late": True}),
    Scene("deed", "汽运社区", 58, {**_OPEN, "quick": False, "extension": "granted", "stop": "decide extension"}),
    Scene("leak", "北塔社区", 20, {**_OPEN, "stop": "issue", "outcome": "supported"}),
    Scene("property", "学府社区", 22, {**_OPEN, "stop": "issue", "outcome": "explained"}),
    Scene("gas", "文庙社区", 6, {**_OPEN, "stop": "issue"}),
    Scene("deed", "丽景社区", 26, {**_OPEN, "stop": "serve", "outcome": "supported"}),
    Scene("leak", "金穗社区", 60, {**_OPEN, "outcome": "supported", "stop": "execute", "word": "call", "solved": "partly"}),
    Scene("property", "凤鸣社区", 30, {**_OPEN, "co": True, "stop": "report back"}),
    # With others.
    Scene("road.holes", "石桥村", 6, {**_OPEN, "stop": "take", "photo": True}),
    Scene("road.trucks", "铁炉村", 30, {**_OPEN, "co": True, "stop": "report back"}),
    Scene("road.holes", "青山村", 36, {**_OPEN, "stop": "draft", "photo": True}),
    Scene("road.holes", "云脚村", 74, {**_OPEN, "stop": "draft", "late": True, "supervised": True}),
    Scene("land.money", "长田村", 80, {**_OPEN, "stop": "draft", "late": True, "supervised": True}),
    Scene("land.money", "黄泥坳村", 66, {**_OPEN, "stop": "draft", "late": True}),
    Scene("pigs", "竹山湾村", 12, {**_OPEN, "objection": "upheld", "stop": "rule"}),
    Scene("sewage", "新桥社区", 16, {**_OPEN, "registrar": "officer", "channel": "phone", "objection": "twice", "stop": "take"}),
    Scene("wages", "创业社区", 8, {**_OPEN, "stop": "take", "kind": "group"}),
    Scene("firm.land", "创业社区", 15, {**_OPEN, "stop": "draft", "kind": "enterprise"}),
    Scene("water.stop", "石桥村", 12, {**_OPEN, "ask_more": True, "stop": "supplement"}),
    # Answered: to be called back, checked again, certified.
    Scene("lamp", "柳塘村", 26, {**_OPEN, "outcome": "supported", "word": "call", "stop": "word", "photo": True}),
    Scene("canal", "白竹村", 24, {**_OPEN, "outcome": "supported", "word": "call", "stop": "word"}),
    Scene("noise.site", "金穗社区", 22, {**_OPEN, "outcome": "explained", "word": "call", "stop": "word"}),
    Scene("parking", "南街社区", 28, {**_OPEN, "outcome": "supported", **_SAID_NO}),
    Scene("water.muddy", "合水村", 34, {**_OPEN, "outcome": "explained", **_SAID_NO}),
    Scene("rubbish", "柳塘村", 40, {**_OPEN, **_SAID_YES, "outcome": "supported", "prompt": True, "certified": True, "stop": "certify"}),
    Scene("pension", "石桥村", 5, {**_OPEN, "path": "now", "outcome": "explained", **_SAID_YES}),
    # About a unit: hidden from it.
    Scene("window", "石桥社区", 9, {**_OPEN, "about": "431299100", "registrar": "officer", "channel": "phone", "stop": "route"}),
    Scene("property", "丽景社区", 11, {**_OPEN, "about": "ZJ", "registrar": "officer", "channel": "letter", "stop": "route"}),
    # On the law's path: asked for, taken up, decided, annulled, asked for again, heard, designated, stood back, in stages.
    Scene("leak", "丽景社区", 18, {**_OPEN, "outcome": "not_supported", "review": "upheld", "stop": "admit"}),
    Scene("deed", "书院社区", 19, {**_OPEN, "outcome": "explained", "review": "upheld", "stop": "admit"}),
    Scene("property", "团结社区", 24, {**_OPEN, "outcome": "explained", "review": "upheld", "stop": "decide"}),
    Scene("land.border", "柳塘村", 26, {**_OPEN, "review": "annulled", "hearing": "review", "stop": "close hearing"}),
    Scene("road.holes", "青山村", 30, {**_OPEN, "outcome": "explained", "review": "upheld", "stop": "serve review"}),
    Scene("property", "迎宾社区", 38, {**_OPEN, "outcome": "explained", "review": "annulled", "stop": "again"}),
    Scene("land.money", "长田村", 75, {**_OPEN, "outcome": "explained", "review": "annulled", "word": "call", "solved": "partly"}),
    Scene("deed", "金穗社区", 55, {**_OPEN, "outcome": "explained", "review": "second", "stop": "admit second"}),
    Scene("water.muddy", "石坝村", 110, {**_OPEN, "outcome": "explained", "review": "second_heard", "helps": True}),
    Scene("sewage", "油榨村", 130, {**_OPEN, "outcome": "not_supported", "review": "second", "helps": True}),
    Scene("leak", "北塔社区", 34, {**_OPEN, "outcome": "explained", "review": "changed"}),
    Scene("property", "学府社区", 16, {**_OPEN, "outcome": "supported", "stop": "ask review", "word": ""}),
    Scene("property", "文庙社区", 12, {**_OPEN, "objection": "designated", "stop": "designate"}),
    Scene("road.trucks", "茅坪村", 40, {**_OPEN, "objection": "designated", "outcome": "supported"}),
    Scene("land.border", "双井村", 9, {**_OPEN, "hearing": "handling", "stop": "close hearing"}),
    Scene("leak", "新桥社区", 4, {**_OPEN, "simple": True, "outcome": "supported", "stop": "draft"}),
    Scene("road.holes", "石桥村", 14, {**_OPEN, "recuse": True, "stop": "draft"}),
    Scene("canal", "白竹村", 26, {**_OPEN, "stages": True, "stop": "draft"}),
)  # fmt: skip
