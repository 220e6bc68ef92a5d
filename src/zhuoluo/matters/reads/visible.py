"""Which matters a reader may see. Every other read starts here."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhuoluo.matters.models import About, Matter, Party
from zhuoluo.matters.rules import Refused, read_number
from zhuoluo.org.rules import Actor, Permission


class NotFound(Exception):
    """No such matter, or not for this reader; the two are told apart to nobody."""


def visible(actor: Actor) -> QuerySet[Matter]:
    """Return the matters `actor` may read.

    Those of their units, or all with READ_ALL; never one about themselves or their unit (信访工作条例 art. 30, 46);
    accusations only with their own permission.
    """
    rows = Matter.objects.all()
    if actor.kind == "system":
        return rows
    if not actor.can(Permission.READ_ALL):
        mine = Party.objects.filter(matter=OuterRef("pk"), unit_id__in=actor.units, until_at__isnull=True)
        rows = rows.filter(Exists(mine))
    if not actor.can(Permission.READ_ACCUSATIONS):
        rows = rows.exclude(klass="accusation")
    against = About.objects.filter(matter=OuterRef("pk")).filter(Q(unit_id__in=actor.shadow) | Q(person_id=actor.id))
    return rows.filter(~Exists(against))


def by_number(actor: Actor, number: str) -> Matter:
    """Return a matter by its number as typed. Raises NotFound."""
    try:
        written = read_number(number)
    except Refused as error:
        raise NotFound(str(error)) from error
    return _get(actor, Q(number=written))


def by_id(actor: Actor, matter_id: UUID) -> Matter:
    """Return a matter by id. Raises NotFound."""
    return _get(actor, Q(pk=matter_id))


def _get(actor: Actor, wanted: Q) -> Matter:
    row = visible(actor).filter(wanted).select_related("raiser", "area", "category", "lead_person").first()
    if row is None:
        raise NotFound("没有找到这件事项，或者您没有查看权限")
    return row


def reader_tokens(actor: Actor) -> tuple[frozenset[str], frozenset[str]]:
    """Return the search tokens that let the actor read, and those that forbid it (see tasks.document)."""
    if actor.can(Permission.READ_ACCUSATIONS):
        allow = {"all", "sealed"}
    elif actor.can(Permission.READ_ALL):
        allow = {"all"}
    else:
        allow = {f"u{unit.hex}" for unit in actor.units}
    deny = {f"u{unit.hex}" for unit in actor.shadow} | ({f"p{actor.id.hex}"} if actor.id else set())
    return frozenset(allow), frozenset(deny)
