"""What every write of this room shares: the right for a topic, the one entry."""

from zhuoluo.kit.deeds import Deeds
from zhuoluo.org.actions import noter
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.research.models import Topic
from zhuoluo.research.rules.errors import NotFound, Refused

note = noter("research", "research")
locked = Deeds(NotFound, (Refused,)).locked


def may_work(by: Actor, topic: Topic | None = None) -> bool:
    """Say whether a topic is the actor's to work on: its leader, its unit, or who runs research for the county."""
    if not by.can(Permission.RESEARCH):
        return False
    if topic is None:
        return True
    runs = by.can(Permission.READ_ALL) and by.can(Permission.REGISTER)
    return runs or topic.unit_id in by.units or topic.lead_id == by.id


def check_works(by: Actor, topic: Topic | None = None) -> None:
    """Raise Forbidden unless a topic is the actor's to work on."""
    if not may_work(by, topic):
        raise Forbidden("只有牵头领导、组织单位和两办专员可以记这个课题的事")
