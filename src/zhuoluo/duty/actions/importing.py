"""The register of nights taken in from a sheet: nights, and what was raised in them as matters; all rows or none."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.duty.actions.noted import check_plans
from zhuoluo.duty.models import Night, Raised, Seat
from zhuoluo.duty.rules.errors import Refused
from zhuoluo.duty.rules.nights import begins
from zhuoluo.duty.rules.sheet import MAY_MISS, NIGHTS, NightRow, read_night
from zhuoluo.files.rules.rows import first_sheet
from zhuoluo.kit.rows import BadRows, Wrong, lines, read_all
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.taking import Taken
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.matters.reads.names import Names
from zhuoluo.org.actions import noter
from zhuoluo.org.models import Post
from zhuoluo.org.reads import Law, units
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.residents.actions import Contact

MOST_ROWS = 5000
REGISTER = UUID(int=7)
note = noter("duty", "duty")


def import_nights(*, data: bytes, by: Actor, at: datetime, law: Law) -> Taken:
    """Take in nights that are over. Raises Unreadable, Refused or BadRows; then nothing is kept."""
    check_plans(by)
    rows = read_all(lines(first_sheet(data), NIGHTS, MAY_MISS), read_night, MOST_ROWS)
    names = Names()
    posts = {p.user_id: p.user.name for p in Post.objects.select_related("user")}
    count = Counter(posts.values())
    people = {name: user for user, name in posts.items() if count[name] == 1}
    wrong: list[Wrong] = []
    new = 0
    try:
        with transaction.atomic():
            for row in rows:
                try:
                    new += _one(row, names, people, by, at, law)
                except (Sentence, Forbidden) as error:
                    wrong.append(
                        Wrong(row.place, error if isinstance(error, Sentence) else Refused(str(error)))
                    )
            if wrong:
                raise BadRows(wrong)
            if new:
                note("import", REGISTER, by, at, new=new, known=len(rows) - new)
    except IntegrityError as error:
        raise Refused("这份台账刚被别人导入过，请再试一次") from error
    return Taken(new, len(rows) - new)


def _one(row: NightRow, names: Names, people: dict[str, UUID], by: Actor, at: datetime, law: Law) -> int:
    if row.number:
        return 0
    unit_id = names.unit(row.unit)
    if row.who not in people:
        raise Refused("值班领导“%(name)s”没有找到，或者重名", name=row.who[:30])
    if row.day >= local_day(at):
        raise Refused("只导入已经过去的夜晚")
    unit = units()[unit_id]
    night, made = Night.objects.get_or_create(
        source_key=row.night_key,
        defaults={
            "unit_id": unit_id, "day": row.day, "place": unit.short_name, "state": "handed", "told": row.households,
            "handed_at": begins(row.day) + timedelta(hours=14), "taken_by": "台账导入", "made_at": at,
        },
    )  # fmt: skip
    if made:
        Seat.objects.create(night=night, place=1, planned_id=people[row.who], sits_id=people[row.who])
    if len(row.problem) < 2:
        return int(made)
    text = f"{row.problem}\n当晚处置：{row.tonight}" if row.tonight else row.problem
    raised = min(begins(row.day) + timedelta(hours=2), at)
    filing = Filing(
        klass="claim", text=text, contact=Contact(kind="anonymous"), channel="duty", area=unit.area_id, place=unit.short_name,
        unit_id=unit_id, raised_at=raised, origin="值班台账", external_id=row.problem_key, complete=False,
    )  # fmt: skip
    if not matters_known(row.problem_key):
        done = matters.register(filing=filing, by=by, at=at, law=law, right=Permission.NIGHTS)
        Raised.objects.create(night=night, matter_id=done.matter.id, at=raised)
        return 1
    return int(made)


def matters_known(key: str) -> bool:
    """Say whether a problem of a sheet stands here already."""
    return Raised.objects.filter(matter__origin="值班台账", matter__external_id=key).exists()
