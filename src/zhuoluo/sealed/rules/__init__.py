"""The rules of accusations, pure: how they are sealed, to whom they go, and what must hold of them."""

from zhuoluo.sealed.rules.cases import (
    CHANNELS,
    FEW,
    KEEPERS,
    MAX_FILES,
    MAX_TEXT,
    RULES,
    SUPERIOR,
    Refused,
    Rule,
    check_words,
    competent,
    few,
    named_in,
    offered,
)
from zhuoluo.sealed.rules.crypto import ALGORITHMS, Damaged, Envelope, Keyring, read_keys

__all__ = [
    "ALGORITHMS",
    "CHANNELS",
    "FEW",
    "KEEPERS",
    "MAX_FILES",
    "MAX_TEXT",
    "RULES",
    "SUPERIOR",
    "Damaged",
    "Envelope",
    "Keyring",
    "Refused",
    "Rule",
    "check_words",
    "competent",
    "few",
    "named_in",
    "offered",
    "read_keys",
]
