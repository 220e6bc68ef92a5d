"""Registers taken in from sheets: all rows or none; what came before adds nothing."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from zhuoluo.clock import local_day
from zhuoluo.enterprise.actions.firms import FirmContent, save_firm, set_liaison
from zhuoluo.enterprise.actions.needs import contact, owe
from zhuoluo.enterprise.actions.noted import check_keeps
from zhuoluo.enterprise.models import Chain, Firm, Need
from zhuoluo.enterprise.rules.errors import Refused
from zhuoluo.enterprise.rules.sheet import (
    FIRMS,
    FIRMS_MAY_MISS,
    NEEDS,
    NEEDS_MAY_MISS,
    FirmRow,
    NeedRow,
    read_firm,
    read_need,
)
from zhuoluo.files.rules.rows import first_sheet
from zhuoluo.kit.rows import BadRows, Wrong, lines, read_all
from zhuoluo.kit.sentences import Sentence
from zhuoluo.kit.taking import Taken
from zhuoluo.matters import actions as matters
from zhuoluo.matters.actions import Filing
from zhuoluo.matters.reads.names import Names
from zhuoluo.org.reads import SHANGHAI, Law, live_posts
from zhuoluo.org.rules import Actor, Forbidden, Permission
from zhuoluo.residents.actions import Contact

MOST_ROWS = 5000


def import_firms(*, data: bytes, by: Actor, at: datetime) -> Taken:
    """Take in a register of enterprises, with chains and liaisons as named. Raises Unreadable, Refused or BadRows."""
    check_keeps(by)
    rows = read_all(lines(first_sheet(data), FIRMS, FIRMS_MAY_MISS), read_firm, MOST_ROWS)
    known = set(Firm.objects.filter(code__in=[row.code for row in rows]).values_list("code", flat=True))
    chains = dict(Chain.objects.values_list("name", "id"))
    people, names = _people(at), Names()
    wrong: list[Wrong] = []
    new = 0
    with transaction.atomic():
        for row in rows:
            if row.code in known:
                continue
            known.add(row.code)
            try:
                _firm(row, chains, people, names, by, at)
                new += 1
            except (Sentence, Forbidden) as error:
                wrong.append(Wrong(row.place, error if isinstance(error, Sentence) else Refused(str(error))))
        if wrong:
            raise BadRows(wrong)
    return Taken(new, len(rows) - new)


def _people(at: datetime) -> dict[str, UUID]:
    """Return members of staff by name; a name that two bear means nobody for sure."""
    posts = {post.user_id: post.user.name for post in live_posts(local_day(at))}
    count = Counter(posts.values())
    return {name: user for user, name in posts.items() if count[name] == 1}


def _firm(
    row: FirmRow, chains: dict[str, UUID], people: dict[str, UUID], names: Names, by: Actor, at: datetime
) -> None:
    if row.chain and row.chain not in chains:
        raise Refused("没有产业链“%(name)s”，请先登记产业链", name=row.chain[:30])
    if row.liaison and row.liaison not in people:
        raise Refused("联络员“%(name)s”没有找到，或者重名，请导入后再指定", name=row.liaison[:30])
    content = FirmContent(
        row.code,
        row.firm,
        row.size,
        names.area(row.area),
        row.address,
        chains.get(row.chain),
        row.makes,
        row.name,
        row.phone,
    )
    made = save_firm(content=content, by=by, at=at)
    if row.liaison:
        set_liaison(firm_id=made.id, user_id=people[row.liaison], by=by, at=at)


def import_needs(*, data: bytes, by: Actor, at: datetime, law: Law) -> Taken:
    """Take in what enterprises need: each row a matter of its unit. Rows with a number of ours stand here already."""
    check_keeps(by)
    rows = read_all(lines(first_sheet(data), NEEDS, NEEDS_MAY_MISS), read_need, MOST_ROWS)
    firms = {f.code: f for f in Firm.objects.filter(code__in=[r.code for r in rows]).select_related("area")}
    keys = [row.source_key for row in rows]
    known = {k for k in Need.objects.filter(source_key__in=keys).values_list("source_key", flat=True) if k}
    fresh: list[NeedRow] = []
    for row in rows:
        if not row.number and row.source_key not in known:
            known.add(row.source_key)
            fresh.append(row)
    try:
        with transaction.atomic():
            _take_needs(fresh, firms, by, at, law)
    except IntegrityError as error:
        raise Refused("这份台账刚被别人导入过，请再试一次") from error
    return Taken(len(fresh), len(rows) - len(fresh))


def _take_needs(rows: Sequence[NeedRow], firms: dict[str, Firm], by: Actor, at: datetime, law: Law) -> None:
    wrong: list[Wrong] = []
    names = Names()
    for row in rows:
        try:
            _need(row, firms, names, by, at, law)
        except (Sentence, Forbidden) as error:
            wrong.append(Wrong(row.place, error if isinstance(error, Sentence) else Refused(str(error))))
    if wrong:
        raise BadRows(wrong)


def _need(row: NeedRow, firms: dict[str, Firm], names: Names, by: Actor, at: datetime, law: Law) -> None:
    firm = firms.get(row.code)
    if firm is None:
        raise Refused("这家企业还没有登记，请先导入企业名录")
    check_keeps(by, firm)
    unit_id = names.unit(row.unit)
    if row.day is not None and row.day > local_day(at):
        raise Refused("日期不能晚于今天")
    raised = datetime.combine(row.day, time(9), SHANGHAI) if row.day else at
    who = contact(firm, Contact(phone=row.phone) if row.phone else None)
    filing = Filing(
        klass="claim", text=row.text, contact=who, channel="enterprise", area=firm.area_id, place=firm.address or firm.name,
        unit_id=matters.desk_of(by, unit_id), raised_at=min(raised, at),
    )  # fmt: skip
    made = matters.register(filing=filing, by=by, at=at, law=law, right=Permission.ENTERPRISE)
    owe(firm, made, unit_id, by, at, law, source_key=row.source_key, fresh=row.day in (None, local_day(at)))
