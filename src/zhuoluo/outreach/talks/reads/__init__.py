"""Every read of the room. The public sees what is published; staff see all talks: they are public events of the county."""

from zhuoluo.outreach.talks.reads.counts import Counted, Served, counted, deliveries_by_kind
from zhuoluo.outreach.talks.reads.menu import DishPage, OrderPage, lecturers, menu, orders
from zhuoluo.outreach.talks.reads.register import RegisterPage, Row, Sought, register
from zhuoluo.outreach.talks.reads.talk import TalkFile, days, mine, published, talk, talk_file

__all__ = [
    "Counted", "DishPage", "OrderPage", "RegisterPage", "Row", "Served", "Sought", "TalkFile", "counted", "days",
    "deliveries_by_kind", "lecturers", "menu", "mine", "orders", "published", "register", "talk", "talk_file",
]  # fmt: skip
