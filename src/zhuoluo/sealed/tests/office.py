"""Accusations for tests, handed in and handled by the real actions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.county import MONDAY, County
from zhuoluo.org import actions as org
from zhuoluo.org.rules import RESIDENT, SYSTEM
from zhuoluo.sealed import actions
from zhuoluo.sealed.actions import Accusation, Received

WORDS = "副局长收了施工方三万元现金，事后把工程直接给了他"


@dataclass
class Office:
    """The county with its discipline body, on a day that moves on."""

    county: County
    at: datetime = field(default=MONDAY)

    def hand_in(self, by: str = "", **changes: Any) -> Received:
        self.at += timedelta(minutes=1)
        values: dict[str, Any] = {"what": WORDS, "whom": "住房和城乡建设局的副局长", "reach": "13999990000"}
        actor = self.county.who(by, self.at) if by else RESIDENT
        channel = changes.pop("channel", "walk_in" if by else "web")
        key = changes.pop("form_key", "")
        return actions.hand_in(
            accusation=Accusation(**values | changes), by=actor, at=self.at, law=self.county.law, channel=channel,
            form_key=key,
        )  # fmt: skip

    def act(self, verb: str, number: str, who: str = "sealed", **given: Any) -> Any:
        self.at += timedelta(minutes=1)
        deed = getattr(actions, verb)
        return deed(number=number, by=self.county.who(who, self.at), at=self.at, **given)

    def officer(self, unit: str, username: str, name: str = "严守中") -> str:
        """Give another unit a sealed officer."""
        user = org.add_person(username=username, name=name, password=None, by=SYSTEM, at=MONDAY)
        day = MONDAY - timedelta(days=30)
        org.give_post(
            user=user, unit=self.county.units[unit], title="专员", role="sealed_officer", by=SYSTEM, at=day
        )
        self.county.users[username] = user
        return username
