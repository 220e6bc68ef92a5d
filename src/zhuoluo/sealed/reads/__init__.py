"""Reading accusations: for those entitled, never for the one accused, and never without a look being recorded."""

from zhuoluo.sealed.reads.cases import (
    Case,
    Look,
    NotFound,
    Page,
    Piece,
    by_number,
    cases,
    is_accused,
    keepers_without_officer,
    looks,
    opened,
    visible,
    yearly,
)
from zhuoluo.sealed.reads.following import Followed, Said, find, followed, receipt
from zhuoluo.sealed.reads.rules import Line, forward_choices, rule_for, rule_lines, rules
from zhuoluo.sealed.reads.vault import keyring, missing_keys, open_file, open_text, place_of, stale_count

__all__ = [
    "Case",
    "Followed",
    "Line",
    "Look",
    "NotFound",
    "Page",
    "Piece",
    "Said",
    "by_number",
    "cases",
    "find",
    "followed",
    "forward_choices",
    "is_accused",
    "keepers_without_officer",
    "keyring",
    "looks",
    "missing_keys",
    "open_file",
    "open_text",
    "opened",
    "place_of",
    "receipt",
    "rule_for",
    "rule_lines",
    "rules",
    "stale_count",
    "visible",
    "yearly",
]
