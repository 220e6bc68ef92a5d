"""Every write of the residents' pages. Drafts, tries and presses leave no ledger entry: only what is filed or done
on a matter is an act, and that entry is written by the action of matters called here."""

from zhuoluo.portal.actions.drafts import (
    Filed,
    Frozen,
    add_photos,
    erase,
    file,
    fingerprint,
    open_draft,
    remove_photo,
    save,
)
from zhuoluo.portal.actions.limits import TooMany, count_try, forget_tries
from zhuoluo.portal.actions.raiser import add, ask_review, rate, unlock, withdraw, withdraw_review

__all__ = [
    "Filed", "Frozen", "TooMany", "add", "add_photos", "ask_review", "count_try", "erase", "file", "fingerprint", "forget_tries",
    "open_draft", "rate", "remove_photo", "save", "unlock", "withdraw", "withdraw_review",
]  # fmt: skip
