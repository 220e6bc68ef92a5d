"""Every address of the project, found in its URL table, with the values that fill it for a role and a matter.

A new URL with a parameter nobody named here fails: KeyError names it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.scene import KINDS, Scene
from zhuoluo.matters.forms.bulk import VERBS
from zhuoluo.matters.models import Matter
from zhuoluo.matters.views.table import ACTS
from zhuoluo.org.models import Post
from zhuoluo.outreach.live.models import Question, Room
from zhuoluo.sealed.views.office import ACTS as SEALED_ACTS

STEPS = ("kind", "what", "about", "where", "photos", "who", "check")


@dataclass(frozen=True)
class Address:
    """One row of the access table: a URL name, the variant of it (an act, a step), whether a matter is in it."""

    name: str
    variant: str
    view: Callable[..., Any]
    parameters: frozenset[str]

    @property
    def key(self) -> str:
        return f"{self.name}/{self.variant}" if self.variant else self.name

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of matter the row speaks of; a resident's pages know only one's own and another's."""
        if not self.parameters & {"number", "commitment", "run_id"} or self.name == "duty:respond":
            return ("",)
        return KINDS if self.name.startswith("matters:") else ("own", "other")  # of forms, sheets

    def url(self, scene: Scene, role: str, kind: str = "") -> str:
        """The address for a role and a kind of matter."""
        matter = scene.matter(kind or "own", role)
        values = {name: VALUES[name](scene, self, matter) for name in self.parameters - {"run_id"}}
        if "run_id" in self.parameters:
            made = scene.exports if self.name == "sheets:download" else scene.runs
            values["run_id"] = scene.run(kind, role, made)
        return reverse(self.name, kwargs=values)


def _post(scene: Scene) -> Any:
    return Post.objects.filter(user=scene.county.users["handler2"]).earliest("from_date", "pk").pk


# What happens on a day that is still to come; everything else happens today.
COMING = {f"reception:{name}" for name in ("change", "cancel", "book-for", "book", "event")}
# Of programmes: which application, programme or award a page is about; anything else is the one in full swing.
ABOUT = {
    "decide": "received", "approve": "checked", "object": "noticed", "change": "draft", "item": "draft", "drop": "draft",
    "step": "programme", "complete": "more", "withdraw": "more", "disagree": "more",
}  # fmt: skip


def _room(scene: Scene) -> str:
    return Room.objects.get(pk=scene.lives["room"]).code


def _about(scene: Scene, at: Address, usual: str) -> Any:
    return scene.programmes[ABOUT.get(at.name.partition(":")[2], usual)]


# Of the policy library: the document under review; anything else is the one in force.
DRAFT = {"desk-about", "desk-step", "desk-add", "desk-proposed"}
# Of talks: the one that can be changed, the one that can be recorded; anything else is the one that was held.
TALK = {
    "move": "coming", "substitute": "coming", "cancel": "coming", "event": "coming", "hold": "begun", "rate": "held",
}  # fmt: skip


# Of the fronts: which row a page is about where its parameter has several; anything else is the parameter's own.
FRONTS = {
    "onsite:change": "coming", "onsite:cancel": "coming", "onsite:agenda": "coming", "onsite:drop": "coming",
    "duty:change": "coming-night", "duty:cancel": "coming-night", "research:check": "checked",
    "village:take": "given", "village:back": "given",
}  # fmt: skip


def _number(scene: Scene, at: Address, matter: Matter) -> Any:
    if at.name == "duty:respond":
        return scene.fronts["raised"]
    return Question.objects.get(pk=scene.lives["shown"]).number if at.name == "live:asked" else matter.number


def _front(usual: str) -> Callable[[Scene, Address, Matter], Any]:
    return lambda scene, at, matter: scene.fronts[FRONTS.get(at.name, usual)]


VALUES: dict[str, Callable[[Scene, Address, Matter], Any]] = {
    **{
        f"{name}_id": _front(name)
        for name in (
            "firm",
            "chain",
            "project",
            "step",
            "topic",
            "visit",
            "met",
            "finding",
            "dissection",
            "site",
            "statement",
            "day",
            "series",
            "night",
            "household",
            "swap",
            "mediator",
            "quarrel",
            "record",
        )
    },
    "item_id": lambda scene, at, matter: scene.fronts["agenda" if at.name == "onsite:drop" else "item"],
    "number": lambda scene, at, matter: _number(scene, at, matter),
    "commitment": lambda scene, at, matter: scene.commitment(matter),
    "file_id": lambda scene, at, matter: scene.photo if at.name == "portal:photo" else scene.files[matter.id],
    "name": lambda scene, at, matter: at.variant,
    "verb": lambda scene, at, matter: at.variant,
    "paper": lambda scene, at, matter: at.variant,
    "step": lambda scene, at, matter: at.variant,
    "page": lambda scene, at, matter: at.variant,
    "state": lambda scene, at, matter: at.variant,
    "kind": lambda scene, at, matter: at.variant,
    "paper_id": lambda scene, at, matter: scene.papers.get(matter.id, matter.id),
    "form": lambda scene, at, matter: at.variant,
    "size": lambda scene, at, matter: "small",
    "code": lambda scene, at, matter: _room(scene) if at.name.startswith("live:") else "431281000000",
    "token": lambda scene, at, matter: (scene.walk if at.variant == "filed" else scene.draft).token,
    "sealed_number": lambda scene, at, matter: scene.letter.case.number,
    "sealed_file": lambda scene, at, matter: scene.letter.case.files.get().pk,
    "sealed_act": lambda scene, at, matter: at.variant,
    "user_id": lambda scene, at, matter: scene.county.users["handler2"].pk,
    "unit_id": lambda scene, at, matter: scene.county.units["HB"].pk,
    "post_id": lambda scene, at, matter: _post(scene),
    "session_id": lambda scene, at, matter: scene.receptions["coming" if at.name in COMING else "today"],
    "case_id": lambda scene, at, matter: scene.oversights[
        "forward" if at.name == "oversight:certify" else "case"
    ],
    "listed_id": lambda scene, at, matter: scene.oversights["listed"],
    "meeting_id": lambda scene, at, matter: scene.oversights["meeting"],
    "sample_id": lambda scene, at, matter: scene.oversights["sample"],
    "drawn_id": lambda scene, at, matter: scene.oversights["drawn"],
    "doubt_id": lambda scene, at, matter: scene.oversights["doubt"],
    "batch_id": lambda scene, at, matter: scene.receptions["batch"],
    "request_id": lambda scene, at, matter: scene.receptions["request"],
    "rule_id": lambda scene, at, matter: (scene.fronts if at.name.startswith("duty:") else scene.receptions)[
        "rule"
    ],
    "programme_id": lambda scene, at, matter: _about(scene, at, "programme"),
    "application_id": lambda scene, at, matter: _about(scene, at, "received"),
    "award_id": lambda scene, at, matter: scene.programmes["award"],
    "objection_id": lambda scene, at, matter: scene.programmes["objection"],
    "wanted_id": lambda scene, at, matter: scene.programmes["wanted"],
    "handed_id": lambda scene, at, matter: scene.programmes["file"],
    "document_id": lambda scene, at, matter: scene.policies[
        "draft" if at.name.partition(":")[2] in DRAFT else "published"
    ],
    "clause_id": lambda scene, at, matter: scene.policies["clause"],
    "proposed_id": lambda scene, at, matter: scene.policies["proposed"],
    "slug": lambda scene, at, matter: at.variant,
    "talk_id": lambda scene, at, matter: (
        scene.lives["talk"]
        if at.name == "live:make"
        else scene.talks[TALK.get(at.name.partition(":")[2], "held")]
    ),
    "room_id": lambda scene, at, matter: scene.lives["room"],
    "question_id": lambda scene, at, matter: scene.lives["shown"],
    "language": lambda scene, at, matter: "zh",
    "lesson_id": lambda scene, at, matter: scene.talks["lesson"],
    "lecturer_id": lambda scene, at, matter: scene.talks["second"],
    "order_id": lambda scene, at, matter: scene.talks["order"],
}
VARIANTS: dict[str, tuple[str, ...]] = {
    "live:now": ("list", "wall"),
    "policy:calculator": ("employee-pension", "serious-illness"),
    "policy:desk-calculator": ("resident-pension",),
    "matters:act": tuple(ACTS),
    "matters:bulk": tuple(VERBS),
    "matters:slip": ("a4",),
    "matters:paper-copy": ("pdf", "docx"),
    "portal:step": STEPS,
    "portal:done": ("filed", "draft"),
    "portal:print": ("filed",),
    "portal:receipt": ("filed",),
    "portal:add-filed": ("filed",),
    "sealed:act": tuple(SEALED_ACTS),
    "kit:style-page": ("list",),
    "sheets:rows": ("ready", "flagged"),
    "figures:rows": ("registered",),
}


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", one


def addresses() -> list[Address]:
    """Every address, acts and steps one by one."""
    found = []
    for name, pattern in patterns():
        parameters = frozenset(pattern.pattern.converters)
        if name == "matters:inbox-matter":
            parameters |= {"number"}
        if (
            name == "live:now"
        ):  # an address by expression, which the fast way in front reads with the same one
            parameters |= {"code", "kind", "language"}
        for variant in VARIANTS.get(name, ("",)):
            found.append(Address(name, variant, pattern.callback, parameters))
    return found
