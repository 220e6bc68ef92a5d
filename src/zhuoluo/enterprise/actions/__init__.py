"""Every write of the room, one function a verb."""

from zhuoluo.enterprise.actions.firms import (
    FirmContent,
    end_chain,
    may_keep_chains,
    save_chain,
    save_firm,
    set_liaison,
)  # fmt: skip
from zhuoluo.enterprise.actions.importing import import_firms, import_needs
from zhuoluo.enterprise.actions.needs import contact, need, visit
from zhuoluo.enterprise.actions.noted import may_keep
from zhuoluo.enterprise.actions.projects import (
    begin_project,
    begin_step,
    end_step,
    finish_project,
    may_end,
    promised,
)

__all__ = [
    "FirmContent", "begin_project", "begin_step", "contact", "end_chain", "end_step", "finish_project", "import_firms", "import_needs",
    "may_end", "may_keep", "may_keep_chains", "need", "promised", "save_chain", "save_firm", "set_liaison", "visit",
]  # fmt: skip
