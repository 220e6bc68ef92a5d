"""Document numbers: words of kinds and of organs in them. They are Chinese by law and have no English."""

NUMBER_WORDS = {
    "receipt": "登",
    "acceptance": "受告",
    "redirection": "途告",
    "declining": "不受",
    "no_more": "不再",
    "forwarding": "转",
    "assignment": "交",
    "objection": "异",
    "designation": "指",
    "extension": "延告",
    "hearing": "听",
    "mediation": "调",
    "reconciliation": "和",
    "opinion": "意",
    "completion": "结",
    "review_acceptance": "复查受",
    "review_refusal": "复查不受",
    "review_opinion": "复查",
    "second_acceptance": "复核受",
    "second_refusal": "复核不受",
    "second_opinion": "复核",
    "supervision": "督",
    "settlement": "息",
}
# How organs are called in short in their numbers; a site sets its own by unit code (Jurisdiction.rules, paper_words).
SHORT = {
    "住房和城乡建设": "住建", "交通运输": "交通", "生态环境": "环", "人力资源和社会保障": "人社", "自然资源": "自然资",
    "农业农村": "农", "市场监督管理": "市监", "卫生健康": "卫健", "应急管理": "应急", "退役军人事务": "退役", "发展和改革": "发改",
    "教育": "教", "公安": "公", "民政": "民", "财政": "财", "水利": "水", "人民政府": "政",
}  # fmt: skip


def unit_word(county: str, short_name: str, unit_kind: str) -> str:
    """Return the word that stands for a unit in its numbers: 清溪县 + 信访局 → 清信访.

    The county's first character, then the unit's short name without county, organ endings and 县 in front.
    """
    words = short_name.removeprefix(county).removeprefix("县")
    for ending in (
        "工作委员会办公室",
        "委员会办公室",
        "工作局",
        "办公室",
        "管理局",
        "委员会",
        "街道办事处",
        "局",
        "委",
        "办",
    ):
        if words.endswith(ending) and len(words) > len(ending):
            words = words.removesuffix(ending)
            break
    if unit_kind in {"township", "village"}:
        words = words.removesuffix("镇").removesuffix("乡").removesuffix("街道") or words
    return county[:1] + SHORT.get(words, words[:6])


def write_number(unit_word: str, kind_word: str, year: int, sequence: int) -> str:
    """Return a document number: 清信访告字〔2026〕12号. The year in full, the sequence without zeros in front."""
    return f"{unit_word}{kind_word}字〔{year}〕{sequence}号"
