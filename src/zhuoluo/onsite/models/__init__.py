"""Tables of the room."""

from zhuoluo.onsite.models.day import Day, Decision, Item, Series

__all__ = ["Day", "Decision", "Item", "Series"]
