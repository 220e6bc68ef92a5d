"""What an accusation must hold, whom it names, to whom it goes, and how its counts are told."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from zhuoluo.kit.sentences import Sentence

CHANNELS: dict[str, str] = {
    "web": "网上", "walk_in": "来访", "phone": "电话", "letter": "书信", "transfer": "上级转来", "taken": "事项转入",
}  # fmt: skip
MAX_FILES = 6
MAX_TEXT = 20_000
FEW = 5  # a smaller count could point at somebody
SUPERIOR = "superior"  # the organ above, which has no account here
# Who keeps an accusation, in this order; the first that is not itself accused, nor under one accused.
KEEPERS = ("discipline", "leadership", "supervision", "office")
T = TypeVar("T")


class Refused(Sentence):
    """It cannot be done so; the sentence says why and what to do."""


@dataclass(frozen=True)
class Rule:
    """To whom accusations against a kind of unit go: a kind of unit here, or the organ above. `inform`: for cadre
    matters the organization department is told (信访工作条例 art. 30)."""

    organ: str
    inform: bool = False


# By the kind of the accused unit. The discipline body never judges itself: its superior does.
RULES: dict[str, Rule] = {
    "leadership": Rule(SUPERIOR, inform=True), "discipline": Rule(SUPERIOR), "department": Rule("discipline", inform=True),
    "township": Rule("discipline", inform=True), "office": Rule("discipline", inform=True),
    "supervision": Rule("discipline", inform=True), "review": Rule("discipline", inform=True),
    "village": Rule("discipline"), "inner": Rule("discipline"), "": Rule("discipline"),
}  # fmt: skip


def competent(kinds: Collection[str], rules: Mapping[str, Rule]) -> Rule:
    """Return where an accusation against units of these kinds goes: the highest organ that any of them asks for."""
    wanted = [rules.get(kind, RULES.get(kind, RULES[""])) for kind in (kinds or ("",))]
    organs = [rule.organ for rule in wanted]
    organ = SUPERIOR if SUPERIOR in organs else organs[0]
    return Rule(organ, any(rule.inform for rule in wanted))


def named_in(words: str, known: Iterable[tuple[T, tuple[str, ...]]]) -> list[T]:
    """Return whoever is named in free words, by any of the names given. Rather one too many than one too few."""
    plain = "".join(words.split())
    return [one for one, names in known if any(len(name) > 1 and name in plain for name in names)]


def check_words(text: str) -> None:
    """Refuse an accusation without a word on what happened; nothing else is ever asked for."""
    if not text.strip():
        raise Refused("请写下发生了什么事")
    if len(text) > MAX_TEXT:
        raise Refused("写得太长了，最多 2 万字。更多的内容，交上去以后可以再补充")


def few(count: int, *, entitled: bool) -> str:
    """Return a count as it is told: small ones exactly to the entitled office only."""
    return str(count) if entitled or not 0 < count < FEW else f"<{FEW}"


def offered(kind: str) -> bool:
    """Say whether a channel can be chosen by whoever hands in what they were told or sent."""
    return kind in {"walk_in", "phone", "letter", "transfer"}
