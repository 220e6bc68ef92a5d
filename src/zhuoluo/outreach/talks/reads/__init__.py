"""Every read of the room. The public sees what is published; staff see all talks: they are public events of the county."""

from zhuoluo.outreach.talks.reads.counts import Counted, Served, counted, deliveries_by_kind
from zhuoluo.outreach.talks.reads.deliveries import Asked, SentPage, deliveries
from zhuoluo.outreach.talks.reads.deliveries import whole as whole_deliveries
from zhuoluo.outreach.talks.reads.menu import (
    DishPage,
    OrderPage,
    Taught,
    cited_by,
    clauses_of,
    lecturers,
    lesson,
    menu,
    opened_by,
    order,
    orders,
    talk_of,
    taught,
    teachers_of,
    teams,
    waiting_orders,
)
from zhuoluo.outreach.talks.reads.offices import offices
from zhuoluo.outreach.talks.reads.register import RegisterPage, Row, Sought, register
from zhuoluo.outreach.talks.reads.register import whole as whole_register
from zhuoluo.outreach.talks.reads.talk import (
    TalkFile,
    days,
    mine,
    order_of,
    published,
    talk,
    talk_file,
    teachers,
)
from zhuoluo.outreach.talks.rules.errors import NotFound

__all__ = [
    "Asked", "Counted", "DishPage", "NotFound", "OrderPage", "RegisterPage", "Row", "SentPage", "Served", "Sought", "TalkFile", "Taught",
    "cited_by", "clauses_of", "counted", "days", "deliveries", "deliveries_by_kind", "lecturers", "lesson", "menu", "mine",
    "offices",
    "opened_by", "order", "order_of", "orders", "published", "register", "talk", "talk_file", "talk_of", "taught",
    "teachers", "teachers_of", "teams",
    "waiting_orders", "whole_deliveries", "whole_register",
]  # fmt: skip
