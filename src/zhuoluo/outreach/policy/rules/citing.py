"""How a clause is cited in Chinese texts. Citations are kept as words, so they have no English."""

from datetime import date

from zhuoluo.outreach.policy.rules.numerals import read_numeral, write_numeral


def citation(document: str, label: str, since: date) -> str:
    """Return 《海创园人才三十六条》第十七条（2024年1月1日起施行）; a bare number becomes 第17项."""
    title = document if document.startswith("《") else f"《{document}》"
    return f"{title}{place(label)}（{since.year}年{since.month}月{since.day}日起施行）"


def place(label: str) -> str:
    """Return a label as a citation says it: a bare 17 is 第17项, a bare 六 is 第六部分, all others as they stand."""
    bare = label.strip("（）() 　")
    if label.startswith("第") or read_numeral(bare) is None:
        return label
    return f"第{bare}项" if bare.isdecimal() else f"第{bare}部分"


def article(number: int) -> str:
    """Return the label of an article: 第十七条."""
    return f"第{write_numeral(number)}条"
