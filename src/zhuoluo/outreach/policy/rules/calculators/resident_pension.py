"""The pension of residents (城乡居民基本养老保险): paid for fifteen years, how much a month?"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhuoluo.outreach.policy.rules.calculators.asked import Ask, Given, WrongValue
from zhuoluo.outreach.policy.rules.calculators.reckoned import (
    Calculator,
    Outcome,
    Step,
    fen,
    plain,
    yuan,
)
from zhuoluo.outreach.policy.rules.calculators.said import age, said, years_and_months
from zhuoluo.outreach.policy.rules.calculators.standards import Standards

ASKS = (
    Ask("years", "一共缴了几年", "number", "满几年写几年。", most=Decimal(60), initial="15"),
    Ask(
        "yearly", "每年缴多少钱（元）", "money", "每年缴的不一样多，就写平均数。知道账户里有多少钱的，可以不填。", required=False,
        most=Decimal(100_000),
    ),
    Ask(
        "account", "个人账户里一共有多少钱（元）", "money", "存折、手机社保卡上有，含补贴和利息。填了就按它算，更准。", required=False,
    ),
)  # fmt: skip


def _(msgid: str) -> str:
    """Mark a sentence for translation."""
    return msgid


def reckon(given: Given, standards: Standards, on: date) -> Outcome:
    """Return the monthly pension by the standards of a day: basic part, more for more years, account part."""
    way = standards.on("resident_pension", on)
    paid = _whole(given["years"])
    first = (
        Step(said(_("领取年龄（男女一样）")), age(way.value["age"] * 12), way.source),
        Step(said(_("至少要缴")), years_and_months(way.value["least_years"] * 12), way.source),
        Step(said(_("您一共缴了")), years_and_months(paid * 12)),
    )
    lacks = way.value["least_years"] - paid
    if lacks > 0:
        short = Step(said(_("还差")), years_and_months(lacks * 12), way.source)
        return Outcome(Decimal("0.00"), _("元/月"), (*first, short), _SHORT, entitled=False)
    account, saved = _account(given, paid, standards, on)
    base = standards.on("resident_base", on)
    basic, more = fen(Decimal(base.value["base"])), fen(Decimal(base.value["each_more"]) * -lacks)
    months = way.value["months"]
    monthly = fen(Fraction(account) / months)
    whole = basic + more + monthly
    steps = (
        *first,
        *saved,
        Step(said(_("基础养老金")), yuan(basic), base.source),
        Step(
            said(_("多缴多得：超过 %(years)s 年的，每多一年每月加 %(more)s 元"), years=way.value["least_years"],
                 more=plain(Decimal(base.value["each_more"]))),
            yuan(more), base.source, f"{plain(Decimal(base.value['each_more']))} × {-lacks}",
        ),
        Step(
            said(_("个人账户养老金：个人账户总额 ÷ %(months)s"), months=months), yuan(monthly), way.source,
            f"{plain(account)} ÷ {months}",
        ),
        Step(
            said(_("每月合计")), yuan(whole), way.source, f"{plain(basic)} + {plain(more)} + {plain(monthly)}"
        ),
    )  # fmt: skip
    return Outcome(whole, _("元/月"), steps, _NOTES if given["account"] is not None else _ESTIMATED)


def _whole(value: Any) -> int:
    return int(value or 0)


def _account(given: Given, paid: int, standards: Standards, on: date) -> tuple[Decimal, tuple[Step, ...]]:
    """Return what stands in the account: as the person knows it, else what was paid in and added, without interest."""
    known, yearly = given["account"], given["yearly"]
    if isinstance(known, Decimal):
        return known, (Step(said(_("您的个人账户里有")), yuan(known)),)
    if not isinstance(yearly, Decimal):
        raise WrongValue("yearly", "每年缴多少、账户里有多少，请至少填一样")
    rule = standards.on("resident_subsidy", on)
    tiers = [tier for tier in rule.value if Decimal(tier["from"]) <= yearly]
    added = Decimal(tiers[-1]["subsidy"]) if tiers else Decimal(0)
    account = (yearly + added) * paid
    steps = (
        Step(said(_("每缴一年，政府补贴")), yuan(added), rule.source),
        Step(
            said(_("估计的个人账户总额：（每年缴的 + 每年补的）× 年数，没算利息")), yuan(account), rule.source,
            f"({plain(yearly)} + {plain(added)}) × {paid}",
        ),
    )  # fmt: skip
    return account, steps


_NOTES = (
    said(_("延迟退休只管职工养老保险；城乡居民养老保险还是 60 岁开始领。")),
    said(_("年纪大的老人，有的地方另外加发高龄的基础养老金，这里没有算。")),
)
_ESTIMATED = (said(_("账户总额是估的：没算利息，所以实际一般会多一点。")), *_NOTES)
_SHORT = (
    said(_("现在还不能按月领。到 60 岁时没缴满的，可以逐年缴，也可以一次补缴，补缴年限不超过规定。")),
    said(_("具体怎么补，请带身份证到村（社区）或者镇里的便民服务中心问一问。")),
)
RESIDENT_PENSION = Calculator(
    "resident-pension", _("城乡居民养老金，每月能拿多少"),
    _("在村里、社区每年缴一次的城乡居民养老保险，缴满 15 年，到 60 岁每月领多少。"), ASKS,
    ("resident_pension", "resident_base", "resident_subsidy"), reckon,
)  # fmt: skip
