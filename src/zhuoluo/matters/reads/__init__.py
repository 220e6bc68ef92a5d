"""Every read on matters, already limited to what the reader may see. Other rooms import from here."""

from zhuoluo.matters.reads.categories import categories
from zhuoluo.matters.reads.exceptions import (
    CAP,
    ENOUGH,
    EXCEPTIONS,
    NEWEST,
    Finding,
    FindingPage,
    Perfect,
    Where,
    bounced,
    dated,
    exception_counts,
    facts,
    perfect,
    sample,
)  # fmt: skip
from zhuoluo.matters.reads.follow import Followed, find, follow
from zhuoluo.matters.reads.found import Hit, hits
from zhuoluo.matters.reads.lists import Line, LinePage, Sought, by_ids, matters
from zhuoluo.matters.reads.owed import (
    INBOX,
    Counts,
    Owed,
    OwedPage,
    Wanted,
    counts,
    duties,
    open_commitments,
    owed,
    place_words,
    why,
)  # fmt: skip
from zhuoluo.matters.reads.page import Page, Promise, Told, page, verbs_for
from zhuoluo.matters.reads.receive import Named, Slip, is_filed, just_registered, live_units, named, receivers
from zhuoluo.matters.reads.similar import Similar, similar_matters
from zhuoluo.matters.reads.visible import NotFound, by_id, by_number, reader_tokens, visible
from zhuoluo.matters.reads.waiting import (
    Call,
    CallPage,
    Waiting,
    WaitingPage,
    callbacks,
    drafts,
    extensions,
    objections,
    rechecks,
)  # fmt: skip

__all__ = [
    "CAP", "ENOUGH", "EXCEPTIONS", "INBOX", "NEWEST", "Call", "CallPage", "Counts", "Finding", "FindingPage", "Followed", "Hit",
    "Line", "LinePage", "Named", "NotFound", "Owed", "OwedPage", "Page", "Perfect", "Promise", "Similar", "Slip",
    "Sought", "Told", "Waiting", "WaitingPage", "Wanted", "Where", "bounced", "by_id", "by_ids", "by_number",
    "callbacks", "counts", "dated", "drafts", "duties", "exception_counts", "extensions", "facts", "find", "follow", "hits",
    "is_filed", "just_registered", "live_units", "matters", "named", "objections", "open_commitments", "owed", "page", "perfect",
    "place_words", "reader_tokens", "receivers", "rechecks", "sample", "similar_matters", "verbs_for", "visible", "why",
]  # fmt: skip
