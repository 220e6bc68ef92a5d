"""The story as the page tells it: one line an entry, the words said, the dates that began to run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhuoluo.kit.templatetags.kit import icon, moment
from zhuoluo.matters.models import Matter
from zhuoluo.matters.reads.case import Case
from zhuoluo.matters.reads.page import Told
from zhuoluo.matters.reads.wording import ICONS, TONES, opened, sentence
from zhuoluo.matters.rules import KLASSES
from zhuoluo.matters.states import STAGE_WORDS
from zhuoluo.org.reads import areas

STAGE_TONES = {
    "registered": "info", "routed": "info", "handling": "info", "answered": "good", "served": "good", "declined": "bad",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One entry as shown. `body`: the words said; `public`: the raiser reads them too."""

    at: SafeString
    who: str
    post: str
    sentence: str
    dates: str
    body: str
    public: bool
    icon: SafeString
    tone: str


def lines(story: Iterable[Told]) -> list[Line]:
    """Return the story's lines, the newest first. Of drafts saved in a row by one person only the last is told."""
    kept: list[Told] = []
    for told in story:
        if kept and told.verb == kept[-1].verb == "draft" and told.actor_id == kept[-1].actor_id:
            kept.pop()
        kept.append(told)
    icons = {name: icon(name) for name in {ICONS.get(told.verb, "check") for told in kept}}
    return [_line(told, icons[ICONS.get(told.verb, "check")]) for told in reversed(kept)]


def _line(told: Told, mark: SafeString) -> Line:
    staff = told.actor_kind == "staff"
    return Line(
        at=moment(told.at),
        who=told.actor if staff else _(told.actor),
        post=" ".join(word for word in (told.unit, told.post) if word),
        sentence=sentence(told),
        dates=opened(told),
        body="\n\n".join(text.body for text in told.texts),
        public=any(text.to_raiser for text in told.texts),
        icon=mark,
        tone=TONES.get(told.verb, ""),
    )


def since(case: Case, version: int) -> list[Line]:
    """Return what was done after the version a reader had seen: each act is one version and one entry."""
    newer = case.matter.version - version
    return lines(case.page.story[-newer:]) if newer > 0 else []


@dataclass(frozen=True)
class Brief:
    """What stands at the head of every page about a matter."""

    stage: str
    tone: str
    klass: str
    klass_key: str
    place: str
    raised_at: datetime


def brief(matter: Matter) -> Brief:
    """Return the head of a page about the matter."""
    area = areas().get(matter.area_id or "")
    return Brief(
        stage=_(STAGE_WORDS[matter.stage]),
        tone=STAGE_TONES.get(matter.stage, ""),
        klass=_(KLASSES[matter.klass]),
        klass_key=matter.klass,
        place=" ".join(word for word in (area.full_name if area else "", matter.place) if word),
        raised_at=matter.raised_at,
    )
