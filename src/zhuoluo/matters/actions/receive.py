"""What happens to a matter at a reception: the words are kept, the path goes on, no clock stops."""

from datetime import datetime
from uuid import UUID

from zhuoluo.matters.actions.change import change
from zhuoluo.matters.models import Matter
from zhuoluo.matters.rules import Refused
from zhuoluo.matters.states import Verb
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission


def hear(
    *, matter_id: UUID, said: str, decision: str, by: Actor, at: datetime, law: Law, version: int | None = None
) -> Matter:  # fmt: skip
    """Keep what was said about a matter at a reception (接访); the raiser reads it too.

    Whatever was said, every date goes on as before: a spoken answer to a claim is no opinion (信访工作条例 art. 32).
    `decision` is a code of the reception's own.
    """
    if len(said.strip()) < 2:
        raise Refused("请写下当面说了什么")
    with change(
        matter_id, Verb.HEAR, by=by, at=at, law=law, permission=Permission.RECEIVE, version=version,
        any_unit=by.can(Permission.READ_ALL),
    ) as act:  # fmt: skip
        act.payload["decision"] = decision
        act.say(said, to_raiser=True)
    return act.matter
