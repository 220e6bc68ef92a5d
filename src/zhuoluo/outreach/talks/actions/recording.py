"""What came of a talk: that it was held, what was asked and suggested, what those who came thought of it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from zhuoluo.clock import local_day
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing, Registered
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.policy import reads as policy
from zhuoluo.outreach.talks.actions.limits import RATINGS_AN_HOUR, count_try
from zhuoluo.outreach.talks.actions.noted import check_holds, locked, note
from zhuoluo.outreach.talks.models import Question, Rating, Suggestion, Talk
from zhuoluo.outreach.talks.rules.errors import Refused
from zhuoluo.outreach.talks.rules.words import COUNTED, RATINGS
from zhuoluo.residents.actions import Contact

MOST_PEOPLE = 1_000_000


@transaction.atomic
def hold(
    *, talk_id: UUID, counting: str, by: Actor, at: datetime, people: int | None = None, how: str = "",
    version: int | None = None,
) -> Talk:  # fmt: skip
    """Record that a talk was held. How many came is counted, estimated with how, or not known: then there is no number."""
    talk = locked(talk_id, version)
    check_holds(by, talk.unit_id)
    _begun(talk, at)
    _check_count(counting, people, how)
    given = (counting, people, how.strip()[:120])
    if talk.state == "held" and (talk.counting, talk.people, talk.counted_how) == given:
        return talk
    talk.state, talk.recorded_at = "held", talk.recorded_at or at
    talk.counting, talk.people, talk.counted_how = given
    talk.version += 1
    talk.save()
    note("hold", talk.id, by, at, counting=counting, people=people)
    return talk


def _check_count(counting: str, people: int | None, how: str) -> None:
    if counting not in COUNTED:
        raise Refused("请选择人数是清点的、估计的，还是没有清点")
    if counting == "unknown" and people is not None:
        raise Refused("没有清点，就不要填人数")
    if counting != "unknown" and (people is None or not 0 <= people <= MOST_PEOPLE):
        raise Refused("请写到场多少人")
    if counting == "estimated" and len(how.strip()) < 2:
        raise Refused("估计的人数，请写怎么估的，例如：数了三排，每排约十人")


def _taking_place(talk_id: UUID, by: Actor, at: datetime) -> Talk:
    """Return a talk, locked, of which something can be told: it was not cancelled and has begun."""
    talk = locked(talk_id)
    check_holds(by, talk.unit_id)
    _begun(talk, at)
    return talk


def _begun(talk: Talk, at: datetime) -> None:
    if talk.state == "cancelled":
        raise Refused("这场宣讲已经取消")
    if at < talk.starts_at:
        raise Refused("还没有到开始的时间")


def _next(talk: Talk, rows: "type[Question] | type[Suggestion]") -> int:
    last = rows.objects.filter(talk=talk).order_by("-place").values_list("place", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def answer_on_spot(
    *, talk_id: UUID, text: str, answer: str, by: Actor, at: datetime, clause_id: UUID | None = None
) -> Question:
    """Keep a question and what was answered, with the clause as it stood on the day of the talk."""
    talk = _taking_place(talk_id, by, at)
    if len(text.strip()) < 2 or len(answer.strip()) < 2:
        raise Refused("请写问的什么、怎么答的")
    same = Question.objects.filter(talk=talk, text=text.strip()[:500], answer=answer.strip()).first()
    if same is not None:
        return same
    cited = policy.cite(clause_id, local_day(talk.starts_at)) if clause_id else ""
    row = Question.objects.create(
        talk=talk, place=_next(talk, Question), text=text.strip()[:500], answer=answer.strip(), clause_id=clause_id,
        citation=cited[:200], at=at, by_id=by.id,
    )  # fmt: skip
    note("answer", talk.id, by, at, question=str(row.id), clause=str(clause_id or ""))
    return row


@transaction.atomic
def raise_question(
    *,
    talk_id: UUID,
    text: str,
    contact: Contact,
    key: str,
    by: Actor,
    at: datetime,
    law: Law,
    unit_id: UUID | None = None,
) -> Registered:
    """Make a question that was not answered on the spot a matter, with an owner and a date."""
    talk = _taking_place(talk_id, by, at)
    made = matters.register(
        filing=_filing(talk, "inquiry", text, contact, unit_id), by=by, at=at, law=law, key=f"talk:{key}"
    )
    if made.fresh:
        Question.objects.create(
            talk=talk, place=_next(talk, Question), text=text.strip()[:500], matter_id=made.matter.id, at=at, by_id=by.id
        )  # fmt: skip
    return made


@transaction.atomic
def suggest(
    *,
    talk_id: UUID,
    text: str,
    contact: Contact,
    key: str,
    by: Actor,
    at: datetime,
    law: Law,
    unit_id: UUID | None = None,
) -> Registered:
    """Make a suggestion gathered at a talk (建言献策) a matter; whoever made it follows it by number and code."""
    talk = _taking_place(talk_id, by, at)
    made = matters.register(
        filing=_filing(talk, "suggestion", text, contact, unit_id), by=by, at=at, law=law, key=f"talk:{key}"
    )
    if made.fresh:
        Suggestion.objects.create(talk=talk, place=_next(talk, Suggestion), matter_id=made.matter.id, at=at)
    return made


def _filing(talk: Talk, klass: str, text: str, contact: Contact, unit_id: UUID | None) -> Filing:
    return Filing(
        klass=klass, text=text, contact=contact, channel="talk", area=talk.area_id, place=talk.place, unit_id=unit_id,
        raised_at=talk.starts_at,
    )  # fmt: skip


def rate(*, talk_id: UUID, mark: str, value: int, at: datetime, words: str = "", address: str = "") -> Rating:
    """Keep what one phone thought of a talk; told again, its last word counts. No account, no name, no entry. Raises TooMany."""
    if value not in RATINGS:
        raise Refused("请选择一项")
    talk = Talk.objects.filter(pk=talk_id, state__in=["planned", "held"]).first()
    if talk is None or at < talk.starts_at:
        raise Refused("这场宣讲还没有开始，听过再评")
    if address:
        count_try(kind="rating", value=address, most=RATINGS_AN_HOUR, at=at)
    digest = salted_hmac("talks.rating", f"{talk_id}:{mark}", algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            return Rating.objects.create(
                talk=talk, digest=digest, value=value, words=words.strip()[:200], at=at
            )
    except IntegrityError:
        row = Rating.objects.get(talk=talk, digest=digest)
        row.value, row.words, row.at = value, words.strip()[:200], at
        row.save()
        return row
