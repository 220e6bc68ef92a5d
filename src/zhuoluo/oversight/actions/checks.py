"""Random re-checks, what was found, and what supervision saw of a sign. And the traces that signs rest on."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zhuoluo.matters import actions as matters
from zhuoluo.matters.reads import by_id, had_a_hand, served_between
from zhuoluo.matters.rules import KLASSES, Refused
from zhuoluo.org.reads import Law
from zhuoluo.org.rules import Actor, Permission
from zhuoluo.oversight.actions.noted import check_may, noted
from zhuoluo.oversight.models import Doubt, Drawn, Sample, Trace
from zhuoluo.oversight.rules import ALGORITHM, FINDINGS, check_draw, digest_of, draw
from zhuoluo.residents.rules import blind

_P = Permission
SAME_BROWSER = timedelta(minutes=10)  # one trace of a browser in so long


@transaction.atomic
def make_sample(
    *, seed: str, since: date, until: date, size: int, by: Actor, at: datetime, unit_id: UUID | None = None,
    klass: str = "",
) -> Sample:  # fmt: skip
    """Draw served matters of a period by lot, with a seed written down for ever; the same asked again is the same draw."""
    check_may(by, _P.SUPERVISE)
    if klass and klass not in KLASSES:
        raise Refused("请选择事项类别")
    population = served_between(since, until, unit=unit_id, klass=klass)
    check_draw(seed, since, until, size, population)
    told = {"since": since, "until": until, "unit_id": unit_id, "klass": klass, "size": size}
    digest = digest_of(population)
    known = Sample.objects.filter(seed=seed.strip(), digest=digest, **told).first()
    if known is not None:
        return known
    row = Sample.objects.create(
        seed=seed.strip()[:80], algorithm=ALGORITHM, population=len(population), digest=digest, at=at, by_id=by.id,
        **told,
    )  # fmt: skip
    drawn = draw(row.seed, population, size)
    Drawn.objects.bulk_create(
        Drawn(sample=row, matter_id=one, place=place) for place, one in enumerate(drawn, 1)
    )
    noted(
        "draw", row.id, by, at, seed=row.seed, algorithm=ALGORITHM, population=len(population), digest=digest,
        drawn=[str(one) for one in drawn],
    )  # fmt: skip
    return row


@transaction.atomic
def recheck(*, drawn_id: UUID, finding: str, words: str, by: Actor, at: datetime, law: Law) -> Drawn:
    """Record what the re-check of a drawn matter found. A false closure is reopened with these words.

    Never by somebody who handled it, called back about it or certified it.
    """
    check_may(by, _P.SUPERVISE, _P.CERTIFY)
    row = Drawn.objects.select_for_update().get(pk=drawn_id)
    by_id(by, row.matter_id)
    if row.finding:
        raise Refused("这一件已经核查过了")
    check_finding(finding, words)
    if had_a_hand(by, [row.matter_id]):
        raise Refused("办理、回访或者认定过这件事的人不能核查")
    row.finding, row.words, row.at, row.by_id = finding, words.strip(), at, by.id
    row.save(update_fields=["finding", "words", "at", "by_id"])
    noted("recheck", row.sample_id, by, at, matter=str(row.matter_id), finding=finding)
    if finding == "false":
        matters.reopen(matter_id=row.matter_id, reason=words, by=by, at=at, law=law)
    return row


def check_finding(finding: str, words: str) -> None:
    """Refuse a finding without words."""
    if finding not in FINDINGS:
        raise Refused("请选择核查结果")
    if len(words.strip()) < 5:
        raise Refused("请写明怎么核查的、看到了什么")


@transaction.atomic
def look_into(*, doubt_id: UUID, finding: str, words: str, by: Actor, at: datetime, law: Law) -> Doubt:
    """Record what supervision saw when it looked into a sign. A closure found false is reopened with these words."""
    check_may(by, _P.SUPERVISE)
    row = Doubt.objects.select_for_update().get(pk=doubt_id)
    by_id(by, row.matter_id)
    if row.looked_at is not None:
        raise Refused("这一条已经看过了")
    check_finding(finding, words)
    if had_a_hand(by, [row.matter_id]):
        raise Refused("办理、回访或者认定过这件事的人不能核查")
    row.finding, row.words, row.looked_at, row.looked_by = finding, words.strip(), at, by.id
    row.save(update_fields=["finding", "words", "looked_at", "looked_by"])
    noted("doubt", row.id, by, at, matter=str(row.matter_id), sign=row.sign, finding=finding)
    if finding == "false":
        matters.reopen(matter_id=row.matter_id, reason=words, by=by, at=at, law=law)
    return row


def trace(
    *, network: str, browser: str, at: datetime, by: Actor | None = None, matter_id: UUID | None = None
) -> None:
    """Keep that a browser on a network was used by a member of staff, or to rate a matter: its keyed digest only.

    No act: it leaves no entry, like a look. After 90 days it is gone (tasks.sweep).
    """
    digest = blind(settings.IDENTITY_KEY, "device", f"{network}\n{browser}") if network or browser else ""
    if not digest:
        return
    user_id = by.id if by is not None and by.kind == "staff" else None
    if user_id is not None:
        if not Trace.objects.filter(digest=digest, user_id=user_id, at__gt=at - SAME_BROWSER).exists():
            Trace.objects.create(
                digest=digest, at=at, user_id=user_id, unit_id=by.unit_id if by is not None else None
            )
    elif matter_id is not None:
        Trace.objects.create(digest=digest, at=at, matter_id=matter_id)
