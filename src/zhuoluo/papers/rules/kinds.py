"""Every paper there is: its name, the word in its number, whom it is for, who issues it. Pure data."""

from dataclasses import dataclass

from zhuoluo.papers.rules.numbering import NUMBER_WORDS


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    `layout`: "red" (organ's name in red, number, red rule), "plain" (title only), "form" (title and a table).
    `remedy`: "" or the title of what can be asked for in 30 days from the organ above. `signers`: the permissions
    (org) of which one is needed to issue it. `to_raiser`: it is addressed to the one who raised the matter.
    """

    code: str
    name: str
    layout: str
    signers: tuple[str, ...]
    served: bool = False
    remedy: str = ""
    to_raiser: bool = False
    by_raiser: bool = False

    @property
    def word(self) -> str:
        """Return its word in the document number (清信访告字〔2026〕12号), '' where it has none."""
        return NUMBER_WORDS.get(self.code, "")

    @property
    def numbered(self) -> bool:
        """Say whether the paper gets a number of its own."""
        return bool(self.word)


_TRIAGE = ("triage", "issue")
_HEAD = ("issue",)
_HANDLE = ("handle", "issue")
_REVIEW = ("review",)
_ALL = (
    Kind("receipt", "信访事项登记回执", "plain", ("register", "triage", "receive"), to_raiser=True),
    Kind("acceptance", "信访事项受理告知书", "red", ("triage", "handle", "issue"), served=True, to_raiser=True),
    Kind("redirection", "信访事项途径告知书", "red", _TRIAGE, served=True, to_raiser=True),
    Kind("declining", "信访事项不予受理告知书", "red", _TRIAGE, served=True, to_raiser=True),
    Kind("no_more", "信访事项不再受理告知书", "red", _TRIAGE, served=True, to_raiser=True),
    Kind("forwarding", "信访事项转送函", "red", _TRIAGE),
    Kind("assignment", "信访事项交办函", "red", _TRIAGE),
    Kind("objection", "信访事项异议说明", "red", _HANDLE),
    Kind("designation", "信访事项指定办理函", "red", ("rule", "supervise", "issue", "triage")),
    Kind("extension", "信访事项延期告知书", "red", _HEAD, served=True, to_raiser=True),
    Kind("hearing", "信访事项听证通知书", "red", ("handle", "issue", "review"), served=True, to_raiser=True),
    Kind("mediation", "信访事项调解协议书", "plain", _HANDLE, to_raiser=True),
    Kind("reconciliation", "信访事项和解协议书", "plain", _HANDLE, to_raiser=True),
    Kind("opinion", "信访处理意见书", "red", _HEAD, served=True, remedy="复查", to_raiser=True),
    Kind("service", "送达回证", "form", (*_HANDLE, "review", "triage")),
    Kind("completion", "信访事项办结报告", "red", _HANDLE),
    Kind("review_request", "信访事项复查申请书", "plain", (*_REVIEW, "handle", "triage"), by_raiser=True),
    Kind("review_acceptance", "信访事项复查受理告知书", "red", _REVIEW, served=True, to_raiser=True),
    Kind("review_refusal", "信访事项复查申请不予受理告知书", "red", _REVIEW, served=True, to_raiser=True),
    Kind("review_opinion", "信访事项复查意见书", "red", _REVIEW, served=True, remedy="复核", to_raiser=True),
    Kind("second_request", "信访事项复核申请书", "plain", (*_REVIEW, "handle", "triage"), by_raiser=True),
    Kind("second_acceptance", "信访事项复核受理告知书", "red", _REVIEW, served=True, to_raiser=True),
    Kind("second_refusal", "信访事项复核申请不予受理告知书", "red", _REVIEW, served=True, to_raiser=True),
    Kind("second_opinion", "信访事项复核意见书", "red", _REVIEW, served=True, to_raiser=True),
    Kind("supervision", "信访事项督办函", "red", ("supervise",)),
    Kind("callback", "信访事项回访记录", "form", ("call_back",)),
    Kind("reception", "来访接待登记表", "form", ("receive", "register", "triage")),
    Kind("settlement", "息访（和解）协议书", "plain", _HANDLE, to_raiser=True),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}
UNNUMBERED = tuple(kind.code for kind in _ALL if not kind.numbered)
STATES: dict[str, str] = {"draft": "草稿", "issued": "已出具", "void": "已作废"}
