"""Every write of programmes, one function a verb."""

from zhuoluo.outreach.programmes.actions.applying import (
    Applied,
    Asked,
    apply,
    code_of,
    complete,
    unlock,
    withdraw,
)
from zhuoluo.outreach.programmes.actions.deciding import (
    Decided,
    approve,
    ask_more,
    bound,
    check,
    may_approve,
    refuse,
)
from zhuoluo.outreach.programmes.actions.exporting import export_applications, export_payments
from zhuoluo.outreach.programmes.actions.importing import Taken, import_payments, import_wanted
from zhuoluo.outreach.programmes.actions.limits import TooMany, sweep
from zhuoluo.outreach.programmes.actions.noticing import appeal, object_to, publish, rule_on
from zhuoluo.outreach.programmes.actions.paying import give_back, pay
from zhuoluo.outreach.programmes.actions.programmes import (
    Content,
    NewItem,
    add_item,
    announce,
    change_programme,
    close,
    drop_item,
    make_programme,
    may_keep,
    settle,
)
from zhuoluo.outreach.programmes.actions.wanted import change_wanted, end_wanted, want

__all__ = [
    "Applied", "Asked", "Content", "Decided", "NewItem", "Taken", "TooMany", "add_item", "announce", "appeal",
    "apply", "approve", "ask_more", "bound", "change_programme", "change_wanted", "check", "close", "code_of", "complete",
    "drop_item", "end_wanted", "export_applications", "export_payments", "give_back", "import_payments", "import_wanted",
    "make_programme", "may_approve", "may_keep", "object_to", "pay", "publish", "refuse", "rule_on", "settle", "sweep",
    "unlock", "want", "withdraw",
]  # fmt: skip
