"""Short ways along the path, for tests: each calls the real actions."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.county import MONDAY, County, contact
from zhuoluo.matters import actions
from zhuoluo.matters.actions import Drafted, Filing
from zhuoluo.matters.models import Matter
from zhuoluo.org.rules import RESIDENT, Actor

DRAFT = Drafted(
    outcome="supported",
    request="请求修好路灯",
    facts="现场看过，三盏路灯不亮",
    opinion="十日内修复",
    basis="《城市照明管理规定》",
)


def filing(**changes: Any) -> Filing:
    values: dict[str, Any] = {
        "klass": "claim", "text": "石桥村三组路灯坏了两个月，晚上老人摔倒。", "contact": contact(), "channel": "web",
        "area": "431281101001",
    }  # fmt: skip
    return replace(Filing(**values), **changes)


@dataclass
class Path:
    """One matter on its way; every step moves the hands of the clock an hour on."""

    county: County
    matter: Matter
    at: datetime

    @classmethod
    def register(cls, county: County, at: datetime = MONDAY, by: Actor = RESIDENT, **changes: Any) -> "Path":
        done = actions.register(filing=filing(**changes), by=by, at=at, law=county.law)
        return cls(county, done.matter, at)

    def act(self, verb: str, who: str | Actor, **given: Any) -> Any:
        self.at += timedelta(hours=1)
        by = self.county.who(who, self.at) if isinstance(who, str) else who
        values: dict[str, Any] = {
            "matter_id": self.matter.id,
            "by": by,
            "at": self.at,
            "law": self.county.law,
        }
        result = getattr(actions, verb)(**values | given)
        self.matter.refresh_from_db()
        return result

    def unit(self, code: str) -> UUID:
        return self.county.units[code].id

    def routed(self, code: str = "ZJ", who: str = "clerk") -> "Path":
        self.act("forward", who, unit_id=self.unit(code))
        return self

    def handling(self) -> "Path":
        self.routed().act("take", "handler")
        return self

    def answered(self, content: Drafted = DRAFT) -> "Path":
        self.handling().act("draft", "handler", content=content)
        self.act("issue", "head", draft_version=1)
        return self

    def served(self, content: Drafted = DRAFT) -> "Path":
        self.answered(content).act("serve", "handler", method="in_person")
        return self
