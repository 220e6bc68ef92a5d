"""One matter on its way: its plan, its words, and the small steps every life is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhuoluo.clock import reckon
from zhuoluo.clock.moments import local_day
from zhuoluo.demo.actions.world import World
from zhuoluo.demo.rules import texts
from zhuoluo.demo.rules.pictures import photo
from zhuoluo.demo.rules.places import Place
from zhuoluo.demo.rules.plans import Plan
from zhuoluo.demo.rules.rhythm import later
from zhuoluo.demo.rules.texts import Topic, Wording
from zhuoluo.files import actions as files
from zhuoluo.org.rules import Actor

Life = Iterator[datetime]
ANSWER_TERMS = {
    "claim": "xf.answer",
    "suggestion": "house.suggestion.answer",
    "inquiry": "house.inquiry.answer",
}


class Rests(Exception):
    """The plan says that nobody goes on from here: the matter rests until now."""


@dataclass
class Case:
    """A matter, its plan and where it has got to. `at` is the moment of its last act."""

    world: World
    topic: Topic
    plan: Plan
    place: Place
    wording: Wording
    raised_at: datetime
    at: datetime
    lead: str  # code of the competent unit
    id: UUID = field(default_factory=lambda: UUID(int=0))
    home: str = ""  # code of the unit that registered it
    handler: Actor | None = None
    reports: bool = False  # a report of completion is owed (交办)
    redone: str = ""  # how the facts begin when an annulled answer is made anew

    @property
    def kin(self) -> tuple[str, str, str]:
        """Return what a matter must share with another to be merged into it: topic, town, registering unit."""
        return (self.topic.id, self.place.town_code, self.home)

    @property
    def helper(self) -> str:
        """Return the code of the unit that helps with this topic, or ''."""
        return self.place.town_code[:9] if self.topic.co == "town" else self.topic.co

    @property
    def apart(self) -> str:
        """Return the unit that had no hand in it: the petition office, or supervision where that one had."""
        return "DC" if "XF" in {self.lead, self.helper, self.topic.unit} else "XF"

    def wait(self, low: float, high: float, *, before: datetime | None = None, step: str = "") -> datetime:
        """Return the moment of the next act, in office hours, and remember it. Raises Rests at the plan's stop."""
        if step and step == self.plan.stop:
            raise Rests
        moment = later(self.world.law.calendar, self.world.dice, self.at, low, high)
        if before is not None and moment >= before > self.at:
            moment = self.at + (before - self.at) * 0.6
        self.at = moment
        return moment

    def act(self, **more: Any) -> dict[str, Any]:
        """Return what every action on this matter takes."""
        return {"matter_id": self.id, "at": self.at, "law": self.world.law, **more}

    def finish(self) -> None:
        """Note that the matter is answered: others are no longer merged into it."""
        same = self.world.running.get(self.kin, [])
        if self.id in same:
            same.remove(self.id)

    def say(self, name: str) -> str:
        """Return one of the shared sentences."""
        return texts.say(self.world.dice, name)

    def chance(self, share: float) -> bool:
        """Throw the dice."""
        return self.world.dice.random() < share

    def picture(self, *, after: bool) -> UUID:
        """Draw and keep a photo of what the matter is about, or of a receipt where there is nothing to be seen."""
        drawn = photo(self.topic.photo or "paper", after=after, dice=self.world.dice)
        name = "现场照片.jpg" if self.topic.photo else "办理回执.jpg"
        return files.keep(data=drawn, name=name, at=self.at).id

    def answer_due(self, accepted: datetime, extension: int = 0) -> datetime:
        """Return the legal end of the time to answer."""
        term = self.world.law.rulebook.term(ANSWER_TERMS[self.topic.klass], local_day(accepted))
        return reckon(term, accepted, self.world.law.calendar, extension=extension or None).legal
