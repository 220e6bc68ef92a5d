"""The basic pension of employees and of those who pay for themselves (企业职工基本养老保险): what it comes to a month."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhuoluo.outreach.policy.rules.calculators.asked import Ask, Given
from zhuoluo.outreach.policy.rules.calculators.reckoned import (
    Calculator,
    Outcome,
    Step,
    fen,
    plain,
    yuan,
)
from zhuoluo.outreach.policy.rules.calculators.retirement import payout_months, retirement
from zhuoluo.outreach.policy.rules.calculators.said import said, years_and_months
from zhuoluo.outreach.policy.rules.calculators.standards import Standards

KINDS = (
    ("male", "男职工"), ("female55", "女职工，原来 55 岁退休（管理、技术岗位）"), ("female50", "女职工，原来 50 岁退休（工人岗位）"),
)  # fmt: skip
ASKS = (
    Ask("kind", "您是", "choice", "个人缴费（灵活就业）的女性，按当地规定选 55 岁或 50 岁。", KINDS),
    Ask("born", "哪年哪月出生", "month", "身份证上的出生年月，写成 196605 或者 1966-05。"),
    Ask("years", "一共缴了几年", "number", "满几年写几年。", most=Decimal(60), initial="15"),
    Ask("months", "另外还有几个月", "number", "不满一年的月数，没有就不填。", required=False, most=Decimal(11)),
    Ask(
        "index", "平均缴费指数", "number", "社保缴费明细单上有。按当地平均工资缴是 1，按最低档缴一般是 0.6。",
        least=Decimal("0.3"), most=Decimal(3), places=4, initial="0.6",
    ),
    Ask("account", "个人账户里一共有多少钱（元）", "money", "社保缴费明细单或者手机社保卡上的“个人账户储存额”。"),
)  # fmt: skip


def _(msgid: str) -> str:
    """Mark a sentence for translation."""
    return msgid


def _number(given: Given, name: str) -> Decimal:
    value = given[name]
    return value if isinstance(value, Decimal) else Decimal(0)


def reckon(given: Given, standards: Standards, on: date) -> Outcome:
    """Return the monthly pension by the standards of a day: basic part, account part, and their sum."""
    when = retirement(str(given["kind"]), int(given["born"] or 0), standards, on)
    paid = int(_number(given, "years")) * 12 + int(_number(given, "months"))
    counted = Step(said(_("您一共缴了")), years_and_months(paid))
    if paid < when.least:
        lacks = Step(said(_("还差")), years_and_months(when.least - paid), when.steps[1].source)
        return Outcome(Decimal("0.00"), _("元/月"), (*when.steps, counted, lacks), _SHORT, entitled=False)
    base, way = standards.on("wage_base", on), standards.on("employee_pension", on)
    table = standards.on("payout_months", on)
    wage, index, account = fen(Decimal(base.value)), _number(given, "index"), _number(given, "account")
    own = fen(wage * index)
    basic = fen(Fraction(wage + own) / 2 * Fraction(paid, 12) * Fraction(way.value["rate"]) / 100)
    over = payout_months(when.age, table.value)
    monthly = fen(Fraction(account) / over)
    span = f"{float(over):g}"
    steps = (
        *when.steps, counted,
        Step(said(_("养老金计发基数（当地平均工资）")), yuan(wage), base.source),
        Step(said(_("您的指数化月平均缴费工资：计发基数 × 平均缴费指数")), yuan(own), way.source, f"{plain(wage)} × {index:f}"),
        Step(
            said(_("基础养老金：（计发基数 + 指数化月平均缴费工资）÷ 2 × 缴费年限 × %(rate)s%%"), rate=way.value["rate"]),
            yuan(basic), way.source, f"({plain(wage)} + {plain(own)}) ÷ 2 × {_years(paid)} × {way.value['rate']}%",
        ),
        Step(said(_("个人账户养老金计发月数")), said(_("%(months)s 个月"), months=span), table.source),
        Step(said(_("个人账户养老金：个人账户储存额 ÷ 计发月数")), yuan(monthly), way.source, f"{plain(account)} ÷ {span}"),
        Step(
            said(_("每月合计：基础养老金 + 个人账户养老金")), yuan(basic + monthly), way.source, f"{plain(basic)} + {plain(monthly)}"
        ),
    )  # fmt: skip
    return Outcome(basic + monthly, _("元/月"), steps, _NOTES)


def _years(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{months} ÷ 12" if rest else str(years)


_NOTES = (
    said(_("参加工作早、有“视同缴费年限”的，另外还有过渡性养老金，这里没有算。")),
    said(_("缴费满最低年限的，可以自愿提前退休，最多提前三年；也可以商定推迟。算的是到法定退休年龄的。")),
    said(_("计发基数每年公布一次，到退休那年会变；这里按您选的那一天的标准算。")),
)
_SHORT = (
    said(_("现在还不能按月领。可以按规定延长缴费，或者一次性缴费，缴满以后按月领取。")),
    said(_("具体怎么补，请带身份证到社保窗口问一问。")),
)
EMPLOYEE_PENSION = Calculator(
    "employee-pension", _("职工养老金，每月能拿多少"),
    _("在单位上班参保，或者自己按灵活就业缴费的，到退休每月领多少。"), ASKS,
    ("retirement", "payout_months", "employee_pension", "wage_base"), reckon,
)  # fmt: skip
