"""Every read on matters, already limited to what the reader may see. Other rooms import from here."""

from zhuoluo.matters.reads.follow import Followed, find, follow
from zhuoluo.matters.reads.owed import INBOX, Owed, OwedPage, counts, open_commitments, owed
from zhuoluo.matters.reads.page import Page, Promise, Told, page, verbs_for
from zhuoluo.matters.reads.visible import NotFound, by_id, by_number, reader_tokens, visible

__all__ = [
    "INBOX", "Followed", "NotFound", "Owed", "OwedPage", "Page", "Promise", "Told", "by_id", "by_number", "counts",
    "find", "follow", "open_commitments", "owed", "page", "reader_tokens", "verbs_for", "visible",
]  # fmt: skip
