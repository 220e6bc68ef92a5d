"""A matter in every state, for tests of its page."""

from collections.abc import Callable
from datetime import timedelta

from zhuoluo.matters.tests.path import DRAFT, Path

# one of each role
STAFF = ["officer", "caller", "supervisor", "leader", "handler", "head", "road", "clerk", "mediator"]


def declined(path: Path) -> Path:
    path.act("decline", "clerk", ground="in_progress", reason="县里已经在办")
    return path


def merged(path: Path) -> Path:
    path.act("merge", "clerk", into_id=Path.register(path.county, at=path.at).matter.id)
    return path


def objected(path: Path) -> Path:
    path.routed().act("object_to", "handler", reason="路灯归县交通运输局管，依据是2019年分工文件")
    return path


def busy(path: Path) -> Path:
    path.handling().act("draft", "handler", content=DRAFT)
    path.act("invite", "handler", unit_id=path.unit("JT"), task="请提供移交记录")
    path.act("ask_extension", "handler", days=10, reason="材料采购需要时间")
    path.act("supervise", "supervisor", reason="群众反映强烈", until=(path.at + timedelta(days=9)).date())
    return path


def unhappy(path: Path) -> Path:
    path.served().act(
        "call_back", "caller", reached=True, solved="no", satisfaction="dissatisfied", note="还黑着"
    )
    return path


def resolved(path: Path) -> Path:
    path.served().act("certify", "checker", evidence="到现场看过，三盏灯都亮，村民在场确认")
    return path


STATES: dict[str, Callable[[Path], Path]] = {
    "registered": lambda p: p, "routed": lambda p: p.routed(), "objected": objected, "handling": lambda p: p.handling(),
    "busy": busy, "answered": lambda p: p.answered(), "served": lambda p: p.served(), "unhappy": unhappy,
    "resolved": resolved, "declined": declined, "merged": merged,
}  # fmt: skip
