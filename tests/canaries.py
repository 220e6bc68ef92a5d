"""Matters whose every personal column holds words that occur nowhere else, so that any leak names itself."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.county import contact
from tests.scene import Scene
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters.models import Matter
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.reads import above

READ_ALL = {"coordinator", "officer", "caller", "supervisor", "leader"}
READ_UNIT = {"clerk", "clerk2", "handler", "head", "officer"}
PLACES = {"SQ": "431281101001", "CG": "431281100001", "YL": "431281200001"}


@dataclass
class Canary:
    """One matter, the words that name its raiser, and the words of what was said."""

    number: str
    matter: Matter
    personal: tuple[str, ...]
    told: tuple[str, ...]
    units: set[str] = field(default_factory=set)  # codes of the units that take part
    against: set[str] = field(default_factory=set)  # codes of the units, names of the people it is about

    def open_to(self, scene: Scene, role: str) -> bool:
        """Whether a role may see the words of it, reckoned apart from the code under test."""
        if role not in READ_ALL | READ_UNIT or self._about(scene, role):
            return False
        return role in READ_ALL or scene.unit_of(role) in self.units

    def _about(self, scene: Scene, role: str) -> bool:
        unit = scene.county.units[scene.unit_of(role)]
        over = {u.code for u in scene.county.units.values() if u.id in above(frozenset({unit.id}))}
        return bool(self.against & (over | {role}))


def values(n: int) -> tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]:
    """What the nth raiser gives, the personal words in it, the words said."""
    given = {
        "name": f"钱雀子{n:03d}", "phone": f"139{n:03d}77{n:03d}", "id_number": f"43128119{n:04d}77{n:04d}",
        "address": f"清溪县石桥镇黄雀巷{n:03d}号", "email": f"canary{n:03d}@example.org", "more": f"雀备注{n:03d}",
    }  # fmt: skip
    personal = (
        f"雀子{n:03d}",
        given["phone"],
        given["id_number"],
        f"雀巷{n:03d}",
        f"canary{n:03d}@",
        given["more"],
    )
    return given, personal, (f"雀鸣{n:03d}", f"雀题{n:03d}", f"雀地{n:03d}")


def raised(scene: Scene, n: int, *, town: str = "SQ", about: tuple[str, ...] = (), **changes: Any) -> Canary:
    """Register the nth canary: words, title, place and photo of its own."""
    given, personal, (text, title, place) = values(n)
    at = scene.now - timedelta(days=2)
    people = tuple(scene.county.users[name].id for name in about if name in scene.county.users)
    units = tuple(scene.county.units[code].id for code in about if code in scene.county.units)
    kept = files.keep(data=jpeg((8, 8)), name=f"雀图{n:03d}.jpg", at=at)
    path = Path.register(
        scene.county, at=at, contact=contact(**given), text=f"{text}：灯不亮，路也不平，请派人来看一看。", title=title,
        place=place, area=PLACES[town], about_units=units, about_people=people, files=(kept.id,), **changes,
    )  # fmt: skip
    told = (text, title, place, f"雀图{n:03d}")
    made = Canary(path.matter.number, path.matter, personal, told, against=set(about))
    by_id = {unit.id: code for code, unit in scene.county.units.items()}
    made.units = {by_id[party.unit_id] for party in path.matter.parties.all()}
    return made


def onward(
    scene: Scene, canary: Canary, *, to: str = "ZJ", who: tuple[str, str] = ("handler", "head")
) -> Canary:
    """Send a canary from its township to a department, through the answer to the raiser's word."""
    path = Path(scene.county, canary.matter, scene.now - timedelta(days=1, hours=12))
    sender = "clerk" if "SQ" in canary.units else "clerk2"
    path.routed(to, sender)
    path.act("take", who[0])
    path.act("draft", who[0], content=DRAFT)
    path.act("issue", who[1], draft_version=1)
    path.act("serve", who[0], method="in_person")
    path.act(
        "call_back",
        "caller",
        reached=True,
        solved="no",
        satisfaction="dissatisfied",
        note=f"雀话{canary.number}",
    )
    canary.units |= {to, "XF"}
    return canary
