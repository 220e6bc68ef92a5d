"""Any act, by anybody, at any moment, in any order on one matter, and what must hold after each of them.

The moves call the real actions. Whatever happens, an act is either done whole (one entry, lawful transition) or refused
with nothing changed; nothing else may come out of it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from tests.county import MONDAY, County
from zhuoluo.ledger.models import Entry
from zhuoluo.matters import actions
from zhuoluo.matters.models import (
    Answer,
    Commitment,
    Designation,
    Extension,
    Hearing,
    Matter,
    Milestone,
    Objection,
    Party,
    Review,
    Word,
)
from zhuoluo.matters.rules import Refused, Stale
from zhuoluo.matters.states import ENDED, HANDLED, TRANSITIONS, Stage, Verb
from zhuoluo.matters.tests.law import OPINION
from zhuoluo.matters.tests.path import DRAFT, filing
from zhuoluo.org.rules import RESIDENT, Actor, Forbidden

WORDS = "写得足够详细的一段说明文字"
STAFF = (
    "officer", "caller", "supervisor", "leader", "handler", "handler2", "head", "road", "road_head", "clerk",
    "town_head", "clerk2", "mediator", "auditor", "checker", "reviewer",
)  # fmt: skip
UNITS = ("XF", "DC", "LD", "ZJ", "JT", "SQ", "CG", "SQC", "FC", "HB")
ABOUT = "HB"  # the unit complained of in every walked matter
KEPT_ON = frozenset(
    {"supervise", "perform", "joint", "case", "report", "recheck", "next", "execute", "callback"}
)
# Commitments that stand exactly in these stages.
STANDS = {
    "route": {Stage.REGISTERED}, "accept": {Stage.ROUTED}, "answer": {Stage.HANDLING}, "serve": {Stage.ANSWERED},
    "admit": {Stage.SERVED}, "review": {Stage.SERVED},
}  # fmt: skip
Move = Callable[["Walk"], dict[str, Any]]


def last(model: Any, walk: "Walk", **more: Any) -> Any:
    """The newest row of the matter, or an id that is none."""
    row = model.objects.filter(matter=walk.matter, **more).order_by("-id").first()
    return row.id if row is not None else walk.matter.id


def soon(walk: "Walk") -> Any:
    return (walk.at + timedelta(days=walk.dice.randint(0, 40))).date()


def unit(walk: "Walk") -> Any:
    return walk.county.units[walk.dice.choice(UNITS if walk.dice.random() < 0.3 else ("ZJ", "JT"))].id


def person(walk: "Walk") -> Any:
    return walk.county.users[walk.dice.choice(STAFF)].id


def draft(walk: "Walk") -> dict[str, Any]:
    row = Answer.objects.filter(matter=walk.matter, issued_at__isnull=True).first()
    outcome = walk.dice.choice(["supported", "explained", "not_supported"])
    words = replace(DRAFT, outcome=outcome, facts=f"{DRAFT.facts}{walk.dice.randint(0, 3)}")
    return {"content": words, "draft_version": row.version if row else 0}


def issue(walk: "Walk") -> dict[str, Any]:
    row = Answer.objects.filter(matter=walk.matter, issued_at__isnull=True).first()
    return {"draft_version": row.version if row else 0}


def decide(walk: "Walk") -> dict[str, Any]:
    outcome = walk.dice.choice(["upheld", "annulled", "changed"])
    result = walk.dice.choice(["supported", "explained"]) if outcome == "changed" else ""
    return {"review_id": last(Review, walk), "outcome": outcome, "result": result, **OPINION}


MOVES: dict[str, Move] = {
    "forward": lambda w: {"unit_id": unit(w)},
    "assign": lambda w: {"unit_id": unit(w), "report_by": soon(w)},
    "accept": lambda w: {},
    "take": lambda w: {},
    "recall": lambda w: {"reason": WORDS},
    "decline": lambda w: {"ground": w.dice.choice(["in_progress", "after_second_review"]), "reason": WORDS},
    "redirect": lambda w: {"door": w.dice.choice(["litigation", "enforcement"]), "where": WORDS},
    "reinstate": lambda w: {"reason": WORDS},
    "answer_now": lambda w: {"opinion": WORDS},
    "correct": lambda w: {"changes": {"klass": w.dice.choice(["claim", "suggestion", "inquiry", "litigation"])}},
    "ask_more": lambda w: {"question": WORDS},
    "supplement": lambda w: {"text": WORDS},
    "object_to": lambda w: {"reason": WORDS},
    "rule_on": lambda w: {
        "objection_id": last(Objection, w), "uphold": w.dice.random() < 0.5, "ruling": WORDS},
    "ask_designation": lambda w: {"reason": WORDS},
    "designate": lambda w: {"designation_id": last(Designation, w), "unit_id": unit(w), "ruling": WORDS},
    "hand_over": lambda w: {"person_id": person(w)},
    "recuse": lambda w: {"person_id": person(w), "reason": WORDS},
    "invite": lambda w: {"unit_id": unit(w), "task": WORDS},
    "report_back": lambda w: {"report": WORDS},
    "report_done": lambda w: {"report": WORDS},
    "ask_extension": lambda w: {"days": w.dice.randint(0, 31), "reason": WORDS},
    "decide_extension": lambda w: {
        "extension_id": last(Extension, w), "grant": w.dice.random() < 0.7, "remark": WORDS},
    "simplify": lambda w: {"ground": "clear", "likely_supported": True},
    "to_ordinary": lambda w: {"reason": WORDS},
    "partly_done": lambda w: {"account": WORDS, "next_day": soon(w)},
    "draft": draft,
    "issue": issue,
    "serve": lambda w: {"method": w.dice.choice(["in_person", "post"])},
    "execute": lambda w: {"account": WORDS},
    "call_back": lambda w: {
        "reached": w.dice.random() < 0.7, "solved": w.dice.choice(["yes", "no"]), "satisfaction": "fairly"},
    "rate": lambda w: {"solved": w.dice.choice(["yes", "partly", "no"]), "satisfaction": "satisfied"},
    "keep_answer": lambda w: {"reason": WORDS},
    "reopen": lambda w: {"reason": WORDS},
    "certify": lambda w: {"evidence": WORDS},
    "uncertify": lambda w: {"reason": WORDS},
    "supervise": lambda w: {"reason": WORDS, "until": soon(w)},
    "lift_supervision": lambda w: {"reason": WORDS},
    "plan_hearing": lambda w: {
        "reason": WORDS, "planned": w.at + timedelta(days=w.dice.randint(0, 20)), "place": "镇会议室"},
    "close_hearing": lambda w: {"hearing_id": last(Hearing, w), "held_at": w.at, "minutes": WORDS},
    "cancel_hearing": lambda w: {"hearing_id": last(Hearing, w), "reason": WORDS},
    "request_review": lambda w: {"text": WORDS},
    "admit_review": lambda w: {"review_id": last(Review, w)},
    "refuse_review": lambda w: {
        "review_id": last(Review, w), "ground": w.dice.choice(["late", "not_party"]), "reason": WORDS},
    "withdraw_review": lambda w: {"review_id": last(Review, w)},
    "decide_review": decide,
    "serve_review": lambda w: {"review_id": last(Review, w), "method": "post"},
    "finalize": lambda w: {"ground": w.dice.choice(["lapsed", "second_review", "performed"])},
    "give_help": lambda w: {"text": WORDS},
    "withdraw": lambda w: {"reason": WORDS},
    "note": lambda w: {"text": WORDS},
}  # fmt: skip
# What only the raiser or the program does.
BY: dict[str, Actor] = {"rate": RESIDENT, "withdraw": RESIDENT}
EITHER = {"request_review", "withdraw_review", "supplement"}  # the raiser, or staff for them
NO_ACTOR = {"rate", "withdraw"}
OWN_SUBJECT = {
    "rule_on", "designate", "decide_extension", "close_hearing", "cancel_hearing", "admit_review", "refuse_review",
    "withdraw_review", "decide_review", "serve_review",
}  # fmt: skip
# Who usually does it: so that a walk gets far, and does not only collect refusals.
OF_UNIT = {
    "ZJ": ("handler", "head"), "JT": ("road", "road_head"), "SQ": ("clerk", "town_head"), "CG": ("clerk2",),
    "XF": ("officer",), "DC": ("supervisor",), "FC": ("reviewer",),
}  # fmt: skip
OF_LEAD = {
    "take", "object_to", "ask_designation", "hand_over", "recuse", "invite", "report_done", "ask_extension",
    "decide_extension", "simplify", "to_ordinary", "partly_done", "draft", "issue", "serve", "execute", "add_evidence",
}  # fmt: skip
OF_SENDER = {"recall", "rule_on"}
LIKELY: dict[str, tuple[str, ...]] = {
    "forward": ("clerk", "officer"), "assign": ("clerk", "officer"), "accept": ("clerk",), "designate": ("officer",),
    "report_back": ("road", "clerk", "handler"), "call_back": ("caller",), "certify": ("checker",),
    "plan_hearing": ("reviewer", "handler", "road"), "close_hearing": ("reviewer", "handler", "road"),
    "cancel_hearing": ("reviewer", "handler", "road"), "admit_review": ("reviewer",), "refuse_review": ("reviewer",),
    "decide_review": ("reviewer",), "serve_review": ("reviewer",), "reopen": ("checker",), "keep_answer": ("checker",),
    "uncertify": ("checker",), "supervise": ("supervisor",), "lift_supervision": ("supervisor",),
    "finalize": ("supervisor",), "correct": ("clerk",), "ask_more": ("clerk",), "supplement": ("clerk",),
}  # fmt: skip
ENDING = {"withdraw", "decline", "redirect", "correct", "refuse_review", "withdraw_review", "recuse"}
ADVANCING = {
    "forward", "take", "draft", "issue", "serve", "request_review", "admit_review", "decide_review", "serve_review",
    "rule_on", "designate", "close_hearing", "decide_extension",
}  # fmt: skip
VERBS_OF = {
    "object_to": ("object",), "rule_on": ("uphold_objection", "reject_objection"), "give_help": ("help",),
    "decide_extension": ("grant_extension", "refuse_extension"), "rate": ("rate", "dispute"),
    "decide_review": ("decide_review", "annul"), "lift_supervision": ("lift_supervision",),
}  # fmt: skip
STAGES_OF = {
    name: {str(stage) for verb in VERBS_OF.get(name, (name,)) for stage in TRANSITIONS[Verb(verb)]}
    for name in MOVES
}


class Walk:
    """One matter, walked by dice."""

    def __init__(self, county: County, dice: Random, klass: str = "claim") -> None:
        self.county, self.dice, self.at = county, dice, MONDAY
        self.done: dict[str, int] = {}
        self.refused = 0
        self.known: dict[str, Actor] = {}
        words = filing(klass=klass, about_units=(county.units[ABOUT].id,))
        self.matter = actions.register(filing=words, by=RESIDENT, at=self.at, law=county.law).matter
        self.seen: list[Entry] = []
        self.seen = self._entries()

    def _entries(self) -> list[Entry]:
        known = self.seen[-1].seq if self.seen else 0
        return self.seen + list(
            Entry.objects.filter(subject_id=self.matter.id, seq__gt=known).order_by("seq")
        )

    def wait(self, hours: int) -> None:
        """Let time pass; the program's own daily act may follow."""
        self.at += timedelta(hours=hours)
        if hours > 24 * 7:
            actions.finalize_lapsed(at=self.at, law=self.county.law)
            self.seen = self._entries()
            self.matter.refresh_from_db()

    def who(self, move: str) -> Actor:
        if move in BY:
            return BY[move]
        if move in EITHER and self.dice.random() < 0.6:
            return RESIDENT
        name = self.dice.choice(STAFF)
        if self.dice.random() < 0.85:
            name = self.dice.choice(self._likely(move) or STAFF)
        # Posts do not change in these walks, so an actor is asked for once.
        if name not in self.known:
            self.known[name] = self.county.who(name, self.at)
        return self.known[name]

    def _likely(self, move: str) -> tuple[str, ...]:
        lead = self.matter.lead_unit.code if self.matter.lead_unit else ""
        if move in OF_LEAD:
            return OF_UNIT.get(lead, ())
        if move in OF_SENDER:
            return OF_UNIT.get(self.matter.sender.code if self.matter.sender else "SQ", ("clerk",))
        return LIKELY.get(move, ())

    def choose(self) -> str:
        """A move: mostly one the table lists for the stage, rarely one that ends the walk early."""
        names = [n for n in MOVES if n not in ENDING or self.dice.random() < 0.04]
        if self.dice.random() < 0.85:
            names = [n for n in names if self.matter.stage in STAGES_OF[n]] or names
        return self.dice.choices(names, [9 if n in ADVANCING else 1 for n in names])[0]

    def step(self, move: str) -> None:
        """Try a move; check that it was done whole or not at all, and that the matter is lawful."""
        before, stage = self.seen, self.matter.stage
        self.at += timedelta(minutes=self.dice.randint(1, 1500))
        given = MOVES[move](self) | {"at": self.at, "law": self.county.law}
        by = self.who(move)
        if move not in OWN_SUBJECT:
            given["matter_id"] = self.matter.id
        if move not in NO_ACTOR:
            given["by"] = by
        version = self.matter.version
        try:
            getattr(actions, move)(**given)
        except (Refused, Forbidden, Stale):
            refused = True
        except type(self)._missing():
            refused = True  # the row the move names does not exist: nothing to act on
        else:
            refused = False
        self.matter = Matter.objects.get(pk=self.matter.pk)
        self.seen = self._entries()
        self._check_entry(move, before, stage, version, refused=refused)
        self.check()

    @staticmethod
    def _missing() -> tuple[type[Exception], ...]:
        return (
            Objection.DoesNotExist, Designation.DoesNotExist, Extension.DoesNotExist, Hearing.DoesNotExist,
            Review.DoesNotExist,
        )  # fmt: skip

    def _check_entry(
        self, move: str, before: list[Entry], stage: str, version: int, *, refused: bool
    ) -> None:
        fresh = self.seen[len(before) :]
        if refused:
            self.refused += 1
            assert not fresh, f"{move} was refused and left an entry"
            assert (self.matter.stage, self.matter.version) == (stage, version), (
                f"{move} was refused and changed"
            )
            return
        self.done[move] = self.done.get(move, 0) + 1
        assert len(fresh) == 1, f"{move} left {len(fresh)} entries"
        assert self.matter.version == version + 1
        assert TRANSITIONS[Verb(fresh[0].verb)][Stage(stage)] == self.matter.stage, f"{move} from {stage}"

    # --- what must hold whenever nobody is acting ---

    def check(self) -> None:
        """Everything that must hold of a matter at rest."""
        owed = list(Commitment.objects.filter(matter=self.matter, closed_at__isnull=True))
        kinds = [row.kind for row in owed]
        held = set(
            Milestone.objects.filter(matter=self.matter, undone_at__isnull=True).values_list(
                "kind", flat=True
            )
        )
        self._check_deadlines(owed, kinds)
        self._check_facts(held)
        self._check_people()
        self._check_reviews(kinds, held)

    def _check_deadlines(self, owed: list[Commitment], kinds: list[str]) -> None:
        single = [k for k in kinds if k not in {"cohandle", "perform", "joint", "review_serve"}]
        assert len(single) == len(set(single)), f"two live deadlines of one kind: {kinds}"
        stage = Stage(self.matter.stage)
        for kind, stages in STANDS.items():
            if kind in {"admit", "review"}:
                assert kind not in kinds or stage in stages, f"{kind} is owed in {stage}"
            else:
                assert (kind in kinds) == (stage in stages), f"{kind} in {stage}: {kinds}"
        if stage in ENDED:
            assert set(kinds) <= {"supervise", "perform", "joint", "case"}, f"owed after the end: {kinds}"
        for row in owed:
            if row.kind == "route":
                assert row.starts_at == self.matter.registered_at, "a bounce moved the first clock"
            if row.kind == "answer":
                assert row.extension <= 30

    def _check_facts(self, held: set[str]) -> None:
        stage = self.matter.stage
        assert ("served" in held) == (stage == Stage.SERVED), f"served in {stage}"
        # An answer that was issued and then taken back by the raiser before its service stays on record.
        answered = stage in {Stage.ANSWERED, Stage.SERVED} or (
            stage == Stage.WITHDRAWN and "answered" in held
        )
        assert ("answered" in held) == answered, f"answered in {stage}"
        for effect, cause in (("resolved", "served"), ("final", "served"), ("executed", "served")):
            assert effect not in held or cause in held, f"{effect} without {cause}"
        current = Answer.objects.filter(matter=self.matter, issued_at__isnull=False, replaced_at__isnull=True)
        assert current.count() == int(answered)
        assert (self.matter.lead_unit_id is not None) or stage not in {
            Stage.ROUTED, Stage.HANDLING, Stage.ANSWERED, Stage.SERVED,
        }  # fmt: skip

        self._check_standing(held)

    def _check_standing(self, held: set[str]) -> None:
        """The column that is kept on the matter is the one that its rows say."""
        shown = self.matter.attachments.filter(by_raiser=False).exclude(role="raised").exists()
        said = self.matter.words.filter(superseded_at__isnull=True, solved="yes").exists()
        found = self.matter.standing
        assert (found == "ended") == (self.matter.stage in ENDED)
        if found != "ended":
            closed = "resolved" in held and shown and said
            assert (found == "closed") == closed
            assert (found == "stage") == (not closed and "partly" in held)
            assert (found == "new") == (
                not closed and not held & {"partly", "accepted", "answered", "served"}
            )

    def _check_people(self) -> None:
        accused = self.county.units[ABOUT].id
        assert not Party.objects.filter(matter=self.matter, unit_id=accused).exists(), "reached the accused"
        assert self.matter.lead_unit_id != accused
        handlers = {e.actor_id for e in self.seen if e.verb in {str(v) for v in HANDLED} and e.actor_id}
        for entry in self.seen:
            if entry.verb in {"call_back", "certify", "keep_answer", "decide_review", "annul"}:
                earlier = {
                    e.actor_id for e in self.seen if e.seq < entry.seq and e.verb in {str(v) for v in HANDLED}
                }
                assert entry.actor_id not in earlier, f"{entry.verb} by a handler"
        assert len(handlers) <= len(STAFF)
        assert (
            not Word.objects.filter(matter=self.matter, satisfaction="not_reached")
            .exclude(solved="")
            .exists()
        )

    def _check_reviews(self, kinds: list[str], held: set[str]) -> None:
        reviews = list(Review.objects.filter(matter=self.matter).select_related("answer"))
        open_ = [r for r in reviews if not (r.refused_at or r.withdrawn_at or r.decided_at)]
        assert len(open_) <= 1
        assert ("review" in kinds) == bool(open_), f"review owed: {kinds}"
        assert ("admit" in kinds) == bool(open_ and open_[0].admitted_at is None)
        if open_:
            assert "final" not in held, "final while a review is open"
        for row in reviews:
            assert row.level == 1 or (row.first is not None and row.first.served_at is not None), "a fork"
            assert row.answer.served_at is not None
            assert row.requested_at >= row.answer.served_at
        if "final" in held:
            third = [r for r in reviews if r.level > 2]
            assert not third


def walk(county: County, dice: Random, steps: int) -> Walk:
    """Walk one matter so many steps."""
    here = Walk(county, dice, klass=dice.choice(["claim", "claim", "claim", "suggestion", "inquiry"]))
    for _ in range(steps):
        if dice.random() < 0.04:
            here.wait(dice.choice([24, 24 * 5, 24 * 16, 24 * 35, 24 * 70]))
        here.step(here.choose())
    return here
