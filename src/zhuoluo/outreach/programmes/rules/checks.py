"""Who may decide what, and when money may go: verdicts over plain values."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from zhuoluo.kit.credit_code import is_credit_code, plain_code
from zhuoluo.outreach.programmes.rules.errors import Refused
from zhuoluo.outreach.programmes.rules.money import yuan

MOST_FILES = 10
FEWEST_WORDS = 5


def check_applicant(kind: str, audience: str, name: str, digits: int, code: str) -> str:
    """Return the plain credit code of an enterprise (nothing for a person). Raises Refused with what is missing."""
    if audience not in (kind, "both"):
        raise Refused("这个项目只接受个人申请" if audience == "person" else "这个项目只接受企业或组织申请")
    if not name.strip():
        raise Refused("请写姓名" if kind == "person" else "请写企业或组织的全称")
    if digits < 7:
        raise Refused("请写能打通的电话，有变动好告诉您")
    if kind == "person":
        return ""
    plain = plain_code(code)
    if not is_credit_code(plain):
        raise Refused("统一社会信用代码不对，请照营业执照逐位核对（18 位）")
    return plain


def check_window(state: str, opens: date, closes: date, today: date) -> None:
    """Raise Refused outside the days on which a programme takes applications."""
    if state != "announced":
        raise Refused("这个项目现在不收申请")
    if today < opens:
        raise Refused("还没有开始，%(day)s 起可以申请", day=f"{opens:%Y-%m-%d}")
    if today > closes:
        raise Refused("申报已经截止（%(day)s）", day=f"{closes:%Y-%m-%d}")


def check_why(text: str) -> str:
    """Return a reason that says something."""
    if len(text.strip()) < FEWEST_WORDS:
        raise Refused("请写明理由，不少于 5 个字")
    return text.strip()


def check_approver(by: UUID | None, checked_by: UUID | None) -> None:
    """Raise Refused when who approves is who checked."""
    if by is not None and by == checked_by:
        raise Refused("材料是您审核的，要由别人批准")


def check_payer(by: UUID | None, hands: Collection[UUID | None]) -> None:
    """Raise Refused when who pays had a hand in checking or approving."""
    if by is not None and by in hands:
        raise Refused("这份申请是您审核或者批准的，要由别人兑现")


def check_award(amount: int, reckoned: int, why: str) -> None:
    """Raise Refused for an amount above what the rule gives, or below it without a reason."""
    if amount <= 0:
        raise Refused("批准的金额要大于 0")
    if amount > reckoned:
        raise Refused("批准的金额不能超过按规则算出的 %(sum)s 元", sum=yuan(reckoned))
    if amount < reckoned and len(why.strip()) < FEWEST_WORDS:
        raise Refused("少于按规则算出的 %(sum)s 元，请写明理由", sum=yuan(reckoned))


def check_budget(budget: int, bound: int, more: int) -> None:
    """Raise Refused when awards would pass the budget."""
    if more > budget - bound:
        raise Refused(
            "预算还剩 %(left)s 元，不够批准 %(sum)s 元", left=yuan(max(budget - bound, 0)), sum=yuan(more)
        )


def check_payment(amount: int, left: int, day: date, ready: date, today: date) -> None:
    """Raise Refused for a payment that is nothing, too much, before the notice ended, or on a day to come."""
    if amount <= 0:
        raise Refused("兑现的金额要大于 0")
    if amount > left:
        raise Refused("这一项只剩 %(sum)s 元没有兑现，不能多付", sum=yuan(left))
    if day > today:
        raise Refused("兑现日期不能晚于今天")
    if day <= ready:
        raise Refused("公示到 %(day)s 才结束，之后才能兑现", day=f"{ready:%Y-%m-%d}")


def check_return(amount: int, paid: int) -> None:
    """Raise Refused when more would come back than was paid."""
    if amount <= 0:
        raise Refused("金额要大于 0")
    if amount > paid:
        raise Refused("这一项实际兑现了 %(sum)s 元，退回、追回不能超过它", sum=yuan(paid))
