"""The insurance for serious illness (大病保险): what it pays in a year, its ceiling, and for whom there is none."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhuoluo.outreach.policy.rules.calculators.asked import Ask, Given
from zhuoluo.outreach.policy.rules.calculators.reckoned import (
    Calculator,
    Outcome,
    Step,
    fen,
    plain,
    yuan,
)
from zhuoluo.outreach.policy.rules.calculators.said import said
from zhuoluo.outreach.policy.rules.calculators.standards import Source, Standards

WHO = (
    ("ordinary", "普通城乡居民"), ("destitute", "特困人员"), ("minimum", "低保对象"), ("returned", "返贫致贫人口"),
)  # fmt: skip
ASKS = (
    Ask("who", "病人是", "choice", "低保、特困等以民政、农业农村部门认定的为准。", WHO),
    Ask(
        "cost", "这一年住院等费用里，医保目录内、自己付的部分一共多少（元）", "money",
        "基本医保报销以后，单子上写的“合规自付”加起来，从 1 月到 12 月。自费药、目录外的不算。",
    ),
)  # fmt: skip


def _(msgid: str) -> str:
    """Mark a sentence for translation."""
    return msgid


def reckon(given: Given, standards: Standards, on: date) -> Outcome:
    """Return what is paid for a year's costs by the standards of a day, band by band, up to the ceiling if there is one."""
    rule, ceiling = standards.on("serious_illness", on), standards.on("serious_illness_ceiling", on)
    tilt = standards.on("serious_illness_tilt", on)
    favoured = str(given["who"]) in tilt.value["who"]
    cost = given["cost"] if isinstance(given["cost"], Decimal) else Decimal(0)
    threshold = fen(Decimal(rule.value["threshold"]))
    first = [
        Step(said(_("这一年合规自付")), yuan(cost)), Step(said(_("起付线")), yuan(threshold), rule.source),
    ]  # fmt: skip
    if favoured:
        cut = tilt.value["threshold_cut"]
        threshold, before = fen(Fraction(threshold) * (100 - cut) / 100), threshold
        words = said(_("照顾困难群众：起付线降低 %(cut)s%%"), cut=cut)
        first.append(Step(words, yuan(threshold), tilt.source, f"{plain(before)} × {100 - cut}%"))
    over = max(cost - threshold, Decimal(0))
    first.append(
        Step(said(_("超过起付线的部分")), yuan(over), rule.source, f"{plain(cost)} − {plain(threshold)}")
    )
    add = tilt.value["rate_add"] if favoured else 0
    bands, paid = _bands(over, rule.value["bands"], add, tilt.source if favoured else rule.source)
    steps = [*first, *bands, Step(said(_("各段加起来")), yuan(paid), rule.source)]
    result, last = _capped(
        paid, None if favoured else Decimal(ceiling.value), tilt.source if favoured else ceiling.source
    )
    return Outcome(result, _("元"), (*steps, last), _NOTES)


def _bands(
    over: Decimal, bands: list[dict[str, Any]], add: int, source: Source
) -> tuple[list[Step], Decimal]:
    """Return a step for each band the amount reaches, and their sum."""
    steps, paid, lower = [], Decimal("0.00"), Decimal(0)
    for band in bands:
        upper = Decimal(band["up_to"]) if "up_to" in band else None
        part = (over if upper is None else min(over, upper)) - lower
        if part <= 0:
            break
        rate = band["rate"] + add
        amount = fen(Fraction(part) * rate / 100)
        paid += amount
        words = (
            said(_("超过 %(lower)s 元的部分，报 %(rate)s%%"), lower=plain(lower), rate=rate)
            if upper is None
            else said(
                _("%(lower)s 元到 %(upper)s 元的部分，报 %(rate)s%%"),
                lower=plain(lower),
                upper=plain(upper),
                rate=rate,
            )
        )
        steps.append(Step(words, yuan(amount), source, f"{plain(part)} × {rate}%"))
        lower = upper if upper is not None else lower
    return steps, paid


def _capped(paid: Decimal, ceiling: Decimal | None, source: Source) -> tuple[Decimal, Step]:
    if ceiling is None:
        return paid, Step(said(_("不设最高支付限额，全部支付")), yuan(paid), source)
    result = min(paid, fen(ceiling))
    words = (
        said(_("一年最高支付 %(ceiling)s 元：超过了，只付到这里"), ceiling=plain(ceiling))
        if paid > ceiling
        else said(_("一年最高支付 %(ceiling)s 元：没有超过，全部支付"), ceiling=plain(ceiling))
    )
    return result, Step(words, yuan(result), source)


_NOTES = (
    said(_("算的是大病保险这一层。困难群众在这以后还可以申请医疗救助，这里没有算。")),
    said(_("住院结算时一般当场就减掉了，不用另外申请；在外地看病没有备案的，报得会少一些。")),
)
SERIOUS_ILLNESS = Calculator(
    "serious-illness", _("得了大病，医保一年最多报多少"),
    _("基本医保报销以后，自己付的还很多，大病保险再报多少；一年最高多少，哪些人不封顶。"), ASKS,
    ("serious_illness", "serious_illness_ceiling", "serious_illness_tilt"), reckon,
)  # fmt: skip
