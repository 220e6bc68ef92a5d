"""Every paper there is: its name, the word in its number, whom it is for, who issues it. Pure data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    `word`: its word in the document number (清信访告字〔2026〕12号), "" for a sheet without a number of its own.
    `layout`: "red" (organ's name in red, number, red rule), "plain" (title only), "form" (title and a table).
    `remedy`: "" or the title of what can be asked for in 30 days from the organ above. `signers`: the permissions
    (org) of which one is needed to issue it. `to_raiser`: it is addressed to the one who raised the matter.
    """

    code: str
    name: str
    word: str
    layout: str
    signers: tuple[str, ...]
    served: bool = False
    remedy: str = ""
    to_raiser: bool = False
    by_raiser: bool = False

    @property
    def numbered(self) -> bool:
        """Say whether the paper gets a number of its own."""
        return bool(self.word)


_TRIAGE = ("triage", "issue")
_HEAD = ("issue",)
_HANDLE = ("handle", "issue")
_REVIEW = ("review",)
_ALL = (
    Kind("receipt", "信访事项登记回执", "登", "plain", ("register", "triage", "receive"), to_raiser=True),
    Kind("acceptance", "信访事项受理告知书", "受告", "red", ("triage", "handle", "issue"), served=True, to_raiser=True),
    Kind("redirection", "信访事项途径告知书", "途告", "red", _TRIAGE, served=True, to_raiser=True),
    Kind("declining", "信访事项不予受理告知书", "不受", "red", _TRIAGE, served=True, to_raiser=True),
    Kind("no_more", "信访事项不再受理告知书", "不再", "red", _TRIAGE, served=True, to_raiser=True),
    Kind("forwarding", "信访事项转送函", "转", "red", _TRIAGE),
    Kind("assignment", "信访事项交办函", "交", "red", _TRIAGE),
    Kind("objection", "信访事项异议说明", "异", "red", _HANDLE),
    Kind("designation", "信访事项指定办理函", "指", "red", ("rule", "supervise", "issue", "triage")),
    Kind("extension", "信访事项延期告知书", "延告", "red", _HEAD, served=True, to_raiser=True),
    Kind("hearing", "信访事项听证通知书", "听", "red", ("handle", "issue", "review"), served=True, to_raiser=True),
    Kind("mediation", "信访事项调解协议书", "调", "plain", _HANDLE, to_raiser=True),
    Kind("reconciliation", "信访事项和解协议书", "和", "plain", _HANDLE, to_raiser=True),
    Kind("opinion", "信访处理意见书", "意", "red", _HEAD, served=True, remedy="复查", to_raiser=True),
    Kind("service", "送达回证", "", "form", (*_HANDLE, "review", "triage")),
    Kind("completion", "信访事项办结报告", "结", "red", _HANDLE),
    Kind("review_request", "信访事项复查申请书", "", "plain", (*_REVIEW, "handle", "triage"), by_raiser=True),
    Kind("review_acceptance", "信访事项复查受理告知书", "复查受", "red", _REVIEW, served=True, to_raiser=True),
    Kind("review_opinion", "信访事项复查意见书", "复查", "red", _REVIEW, served=True, remedy="复核", to_raiser=True),
    Kind("second_request", "信访事项复核申请书", "", "plain", (*_REVIEW, "handle", "triage"), by_raiser=True),
    Kind("second_acceptance", "信访事项复核受理告知书", "复核受", "red", _REVIEW, served=True, to_raiser=True),
    Kind("second_opinion", "信访事项复核意见书", "复核", "red", _REVIEW, served=True, to_raiser=True),
    Kind("supervision", "信访事项督办函", "督", "red", ("supervise",)),
    Kind("callback", "信访事项回访记录", "", "form", ("call_back",)),
    Kind("reception", "来访接待登记表", "", "form", ("receive", "register", "triage")),
    Kind("settlement", "息访（和解）协议书", "息", "plain", _HANDLE, to_raiser=True),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}
UNNUMBERED = tuple(kind.code for kind in _ALL if not kind.numbered)
STATES: dict[str, str] = {"draft": "草稿", "issued": "已出具", "void": "已作废"}


def write_number(unit_word: str, kind: Kind, year: int, sequence: int) -> str:
    """Return a document number: 清信访告字〔2026〕12号. The year in full, the sequence without zeros in front."""
    return f"{unit_word}{kind.word}字〔{year}〕{sequence}号"


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
