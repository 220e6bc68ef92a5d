"""How people ask and how documents write: question words around what is asked, numbers in two ways. Pure."""

import re

from zhuoluo.outreach.policy.rules.numerals import CHINESE, read_numeral, write_numeral

# What a question has around the thing it asks about; longer ones before those they begin with.
ASKING = (
    "请问", "我想问", "想问一下", "问一下", "我要问", "可不可以", "能不能", "要不要", "是不是", "有没有", "可以", "应该", "怎么办",
    "怎么样", "怎么", "怎样", "如何", "多少钱", "多少", "什么时候", "什么", "哪些", "哪个", "哪里", "为什么", "吗", "呢", "吧", "我们",
    "他们", "我家", "我", "您", "你", "了", "的",
)  # fmt: skip
_ASKING = re.compile("|".join(ASKING))
_UNITS = "(?:个月|周岁|平方米|万元|亿元|万人|元|年|月|岁|日|天|次|人|项|条|类|万|亿)"
_CHINESE = re.compile(f"([{CHINESE}]{{1,8}})({_UNITS})")
_ARABIC = re.compile(f"(?<![0-9.])([0-9]{{1,4}})({_UNITS})")
_SHARE = re.compile(f"百分之([{CHINESE}]{{1,5}})")
MOST = 60  # numbers of one text


def asked(text: str) -> str:
    """Return a question without the words that only make it a question; the text itself where nothing else is in it."""
    bare = " ".join(_ASKING.sub(" ", text).split())
    return bare if sum(c.isalnum() for c in bare) > 1 else text


def also_written(text: str) -> str:
    """Return the numbers of a text written the other way, so that 40万元 finds 四十万元 and the other way round."""
    found = [f"{n}{m[2]}" for m in _CHINESE.finditer(text) if (n := read_numeral(m[1])) is not None]
    found += [f"{write_numeral(int(m[1]))}{m[2]}" for m in _ARABIC.finditer(text) if int(m[1])]
    found += [f"{n}%" for m in _SHARE.finditer(text) if (n := read_numeral(m[1])) is not None]
    return " ".join(dict.fromkeys(found[:MOST]))
