"""Tables of the room."""

from zhuoluo.village.models.mediator import Mediator, Quarrel, Record

__all__ = ["Mediator", "Quarrel", "Record"]
