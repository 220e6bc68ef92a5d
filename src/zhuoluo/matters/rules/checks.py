"""What a filing, an extension and an answer must hold, and who may not confirm."""

from collections.abc import Collection
from uuid import UUID

from zhuoluo.matters.rules.errors import Refused
from zhuoluo.matters.rules.tables import KLASSES, OUTCOMES, SUGGESTION_OUTCOMES


def check_filing(
    klass: str, kind: str, name: str, address: str, phone: str, text: str, *, required: bool
) -> None:
    """Refuse a filing that lacks what the law asks, and ask for nothing more.

    A petition needs name and address (信访工作条例 art. 19); an inquiry or suggestion only needs a way to answer.
    Sheets and old registers (`required=False`) are taken as they are: what is missing stays visibly missing.
    """
    if klass not in KLASSES:
        raise Refused("请选择事项类别")
    if not text.strip():
        raise Refused("请写明反映的事情")
    if not required or kind == "anonymous":
        return
    if klass in {"claim", "litigation"} and not (name.strip() and address.strip()):
        raise Refused("信访事项需要姓名和住址（信访工作条例第19条）；不便留名的，请选择匿名")
    if klass in {"inquiry", "suggestion"} and not (phone.strip() or name.strip()):
        raise Refused("请留下一种联系方式，方便答复您")


def check_not_handler(by: UUID | None, units: Collection[UUID], handlers: Collection[UUID],
                      handling_units: Collection[UUID]) -> None:  # fmt: skip
    """Refuse when whoever records the raiser's word, or certifies, handled the matter or sits in the handling unit."""
    if by is None or by in handlers or not set(units).isdisjoint(handling_units):
        raise Refused("承办人和承办单位不能回访、评价或者认定化解自己办理的事项，请由其他人员办理")


def check_extension(days: int, limit: int, reason: str, *, already: bool, expired: bool) -> None:
    """Refuse an extension that the law does not give (信访工作条例 art. 34: once, before expiry, ≤30 days, with reason)."""
    if already:
        raise Refused("只能延期一次（信访工作条例第34条）")
    if expired:
        raise Refused("办理期限已经届满，不能再延期（信访工作条例第34条）")
    if not 1 <= days <= limit:
        raise Refused("延期应为 1 至 %(limit)s 日（信访工作条例第34条）", limit=limit)
    if len(reason.strip()) < 5:
        raise Refused("请写明延期理由，理由会告知诉求人（信访工作条例第34条）")


def check_answer(request: str, facts: str, opinion: str, basis: str, outcome: str, *, klass: str) -> None:
    """Refuse an answer without the contents the law wants (信访工作条例 arts. 29, 32)."""
    if klass == "suggestion" and outcome not in OUTCOMES | SUGGESTION_OUTCOMES:
        raise Refused("请选择：采纳、部分采纳、不采纳或者解释说明（信访工作条例第29条）")
    if klass != "suggestion" and outcome not in OUTCOMES:
        raise Refused("请选择处理结果：支持、解释说明或者不予支持（信访工作条例第32条）")
    missing = [word for word, value in (("处理意见", opinion),) if not value.strip()]
    if klass == "claim":
        wanted = (("投诉请求", request), ("事实和理由", facts), ("法律法规依据", basis))
        missing += [word for word, value in wanted if not value.strip()]
    if missing:
        raise Refused("处理意见书缺少：%(parts)s（信访工作条例第32条）", parts=missing)
