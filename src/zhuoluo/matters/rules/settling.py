"""What a settlement, its voiding and a mediation must hold. A signature closes nothing (信访工作条例 art. 33)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhuoluo.matters.rules.errors import Refused
from zhuoluo.matters.rules.tables import MEDIATION_RESULTS, SETTLEMENTS

SIDES = ("unit", "raiser", "other")


@dataclass(frozen=True)
class Owes:
    """What one side promises in a settlement, by when."""

    side: str
    what: str
    until: date


def check_settlement(
    kind: str, text: str, signed_on: date, free_will: str, owes: Sequence[Owes], *, today: date, nothing_owed: bool
) -> None:  # fmt: skip
    """Refuse a settlement without its text, its day, how free will was made sure, or what each side owes."""
    if kind not in SETTLEMENTS:
        raise Refused("请选择协议种类")
    if len(text.strip()) < 10:
        raise Refused("请写下协议全文（信访工作条例第33条）")
    if signed_on > today:
        raise Refused("签订日期不能晚于今天")
    if len(free_will.strip()) < 5:
        raise Refused("请写明怎样确认当事人自愿签订、了解内容（信访工作条例第33条）")
    if nothing_owed and owes:
        raise Refused("写了要履行的事，就不能再选“双方都没有要履行的事”")
    if not owes and not nothing_owed:
        raise Refused("请写明各方要做什么、到哪一天；都没有的，请选“双方都没有要履行的事”")
    for one in owes:
        if one.side not in SIDES or len(one.what.strip()) < 2:
            raise Refused("请写明谁要做什么")
        if one.until < signed_on:
            raise Refused("履行期限不能早于签订日期")


def check_mediation(*, consent_of_both: bool, mediator: str, result: str, account: str) -> None:
    """Refuse a mediation that both sides did not agree to (信访工作条例 art. 33), or that says too little."""
    if consent_of_both is not True:
        raise Refused("调解须经双方同意（信访工作条例第33条）")
    if not mediator.strip():
        raise Refused("请写明由谁主持调解")
    if result not in MEDIATION_RESULTS:
        raise Refused("请选择调解结果")
    if len(account.strip()) < 5:
        raise Refused("请写明调解的经过")
