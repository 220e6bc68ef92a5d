"""The site's own classification tree; its codes are the tree ("0102" lies under "01")."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.ledger import actions as ledger
from zhuoluo.ledger.rules import Act
from zhuoluo.matters.models import Category
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import Actor, Forbidden, Permission, may

TREE = UUID(int=2)  # the subject of entries about the tree as a whole
STEP = 2  # digits of one level


@transaction.atomic
def set_categories(*, rows: Mapping[str, str], by: Actor, at: datetime) -> int:
    """Make `rows` (code → name) the tree; returns how many there are. One entry.

    A category that is no longer named stays on the matters that have it and is offered no more. Raises Forbidden
    without the right, Refused (naming the code) for a code that is no tree code or has no category above it.
    """
    if not may(by, Permission.ADMINISTER):
        raise Forbidden("只有系统管理员可以做这件事")
    for code in rows:
        if not code.isascii() or not code.isdecimal() or len(code) % STEP or len(code) > 12:
            raise Refused("分类代码“%(code)s”应为 2、4、6 位数字", code=code)
        if len(code) > STEP and code[:-STEP] not in rows:
            raise Refused("分类“%(code)s”缺少上级“%(above)s”", code=code, above=code[:-STEP])
    Category.objects.exclude(code__in=list(rows)).update(active=False)
    Category.objects.bulk_create(
        [Category(code=code, name=name, full_name=_full_name(rows, code)) for code, name in rows.items()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "full_name", "active"],
    )
    act = Act(
        verb="matters.set_categories", subject_id=TREE, subject_kind="categories", at=at, actor_kind=by.kind,
        actor_id=by.id, actor_name=by.name, actor_post=by.post, unit_id=by.unit_id, unit_name=by.unit_name,
        payload={"count": len(rows)},
    )  # fmt: skip
    ledger.append(acts=[act], recorded_at=at)
    return len(rows)


def _full_name(rows: Mapping[str, str], code: str) -> str:
    return " / ".join(rows[code[:end]] for end in range(STEP, len(code) + 1, STEP))
