"""The list of mediators taken in from a sheet; all rows or none."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.clock import local_day
from zhuoluo.files.rules.rows import first_sheet
from zhuoluo.kit.rows import BadRows, Wrong, lines, read_all
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.taking import Taken
from zhuoluo.matters.reads.names import Names
from zhuoluo.org.rules import Actor, Forbidden
from zhuoluo.village.actions.listing import able_posts, list_mediator
from zhuoluo.village.actions.noted import note
from zhuoluo.village.models import Mediator
from zhuoluo.village.rules.errors import Refused
from zhuoluo.village.rules.sheet import MAY_MISS, MEDIATORS, MediatorRow, read_mediator

MOST_ROWS = 2000
LIST = UUID(int=9)


def import_mediators(*, data: bytes, by: Actor, at: datetime) -> Taken:
    """List the mediators of a sheet. Raises Unreadable, Refused or BadRows; then nobody is listed."""
    rows = read_all(lines(first_sheet(data), MEDIATORS, MAY_MISS), read_mediator, MOST_ROWS)
    names = Names()
    posts = {post.user_id: post.user.name for post in able_posts(local_day(at))}
    count = Counter(posts.values())
    people = {name: user for user, name in posts.items() if count[name] == 1}
    wrong: list[Wrong] = []
    new = 0
    with transaction.atomic():
        for row in rows:
            try:
                new += _one(row, names, people, by, at)
            except (Sentence, Forbidden) as error:
                said = error if isinstance(error, Sentence) else Refused(str(error))
                wrong.append(Wrong(row.place, said))
        if wrong:
            raise BadRows(wrong)
        if new:
            note("import", LIST, by, at, new=new, known=len(rows) - new)
    return Taken(new, len(rows) - new)


def _one(row: MediatorRow, names: Names, people: dict[str, UUID], by: Actor, at: datetime) -> int:
    user, area = people.get(row.name), names.area(row.area)
    if user is None:
        raise Refused("“%(name)s”没有“湾村明白人”的账号，或者重名", name=row.name[:30])
    if area is None:
        raise Refused("请写村、社区")
    if Mediator.objects.filter(
        user_id=user, area_id=area, consented_on=row.consented_on, ended_on__isnull=True
    ).exists():
        return 0
    list_mediator(
        user_id=user,
        area=area,
        consented_on=row.consented_on,
        by=by,
        at=at,
        good_at=row.good_at,
        phone=row.phone,
    )
    return 1
