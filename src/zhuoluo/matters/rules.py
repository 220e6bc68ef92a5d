"""The rules of the path, pure: plain values in, a verdict or consequences out."""

import hmac
import re
import unicodedata
from collections.abc import Collection
from datetime import date
from uuid import UUID

from zhuoluo.kit.numbers import check_digit, checks

KLASSES: dict[str, str] = {
    "claim": "申诉求决",
    "suggestion": "建议意见",
    "inquiry": "咨询求助",
    "accusation": "检举控告",
    "litigation": "涉法涉诉",
}
CHANNELS: dict[str, str] = {
    "web": "网上", "walk_in": "来访", "phone": "电话", "letter": "书信", "sheet": "台账导入", "talk": "宣讲",
    "research": "调研", "reception": "接访", "onsite": "现场办公", "duty": "值班", "transfer": "上级转交",
}  # fmt: skip
KINDS: dict[str, str] = {
    "route": "登记转交", "accept": "受理告知", "answer": "答复", "report": "报送办结报告", "rule": "裁定退回异议",
    "cohandle": "协办反馈", "serve": "送达答复", "execute": "落实执行", "callback": "回访", "recheck": "复核不满意",
    "supervise": "督办", "supplement": "补充材料",
}  # fmt: skip
MILESTONES: dict[str, str] = {
    "registered": "登记", "routed": "转交", "accepted": "受理", "answered": "答复", "served": "送达", "executed": "执行",
    "resolved": "化解", "rated": "评价", "disputed": "提出异议", "reopened": "重新办理", "declined": "不予受理",
    "redirected": "告知途径", "merged": "并案", "withdrawn": "撤回",
}  # fmt: skip
OUTCOMES: dict[str, str] = {
    "supported": "支持",
    "explained": "合理但缺乏依据，解释说明",
    "not_supported": "不予支持",
}
SATISFACTION: dict[str, str] = {
    "satisfied": "满意", "fairly": "基本满意", "dissatisfied": "不满意", "not_rated": "未评价", "not_reached": "未联系上",
}  # fmt: skip
SOLVED: dict[str, str] = {"yes": "已解决", "partly": "部分解决", "no": "没有解决"}
# Declining is lawful only on these grounds; "not our competence" is a notice of where to go (redirect), not a refusal.
DECLINE_GROUNDS: dict[str, tuple[str, str]] = {
    "in_progress": ("同一事项已在受理或者正在办理期限内，又向上级提出", "信访工作条例 第19条"),
    "after_second_review": ("已经复核，以同一事实和理由再提出", "信访工作条例 第36条"),
}
REDIRECTS: dict[str, tuple[str, str]] = {
    "litigation": ("诉讼、行政复议、检察监督、公安程序", "信访工作条例 第31条第1项"),
    "arbitration": ("仲裁", "信访工作条例 第31条第2项"),
    "party": ("党员申诉、申请复审", "信访工作条例 第31条第3项"),
    "administrative": ("行政裁决、许可、确认等行政程序", "信访工作条例 第31条第4项"),
    "enforcement": ("申请查处违法行为、履行法定职责", "信访工作条例 第31条第5项"),
    "elsewhere": ("不属于本机关职权，向有权机关提出", "信访工作条例 第23条"),
}
SERVICE_METHODS: dict[str, str] = {
    "in_person": "当面送达", "post": "邮寄送达", "electronic": "网上送达", "phone": "电话告知", "left": "留置送达",
}  # fmt: skip
ROUTE_TERM = {"inquiry": "xf.simple.forward"}
ACCEPT_TERM = {"inquiry": "xf.simple.accept"}
ANSWER_TERM = {
    "claim": "xf.answer",
    "suggestion": "house.suggestion.answer",
    "inquiry": "house.inquiry.answer",
}
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without the look-alikes 0 O 1 I L


class Refused(Exception):
    """The rules do not allow it. Its text says why, with the article, and how to go on."""


class Stale(Exception):
    """Somebody else changed the matter meanwhile; nothing was overwritten."""


class KeyReused(Exception):
    """The same idempotency key came with another body; both texts are kept."""


def route_term(klass: str) -> str:
    """Return the term for routing: 15 days (art. 22); an inquiry goes the simplified way, a working day a layer."""
    return ROUTE_TERM.get(klass, "xf.route")


def accept_term(klass: str) -> str:
    """Return the term for telling the raiser about acceptance: 15 days (art. 23), simplified 3 working days."""
    return ACCEPT_TERM.get(klass, "xf.notify")


def answer_term(klass: str) -> str:
    """Return the term for the answer: 60 days for claims (art. 34), house rules where the law states none."""
    return ANSWER_TERM.get(klass, "xf.answer")


def make_number(prefix: str, day: date, sequence: int) -> str:
    """Return a matter's number: letters of the place, registration day, sequence of the day, check digit."""
    body = f"{day:%y%m%d}{sequence:04d}"
    return f"{prefix}{day:%y%m%d}-{sequence:04d}-{check_digit(_digits(prefix) + body)}"


def _digits(letters: str) -> str:
    return "".join(str(ord(c) - 55) if c.isalpha() else c for c in letters)


def read_number(text: str) -> str:
    """Return a typed number in its one written form. Raises Refused when it cannot be right.

    Full-width characters, lower case, missing hyphens and stray blanks are understood.
    """
    plain = re.sub(r"[\s\-—–－_]", "", unicodedata.normalize("NFKC", text)).upper()
    match = re.fullmatch(r"([A-Z]{1,4})(\d{6})(\d{4,6})(\d)", plain)
    if match is None:
        raise Refused("编号不完整，请照回执逐位核对，例如 QX261122-0042-7")
    letters, day, sequence, check = match.groups()
    if not checks(_digits(letters) + day + sequence + check):
        raise Refused("编号有一位不对，请照回执逐位核对")
    return f"{letters}{day}-{sequence}-{check}"


def query_code(key: str, matter_id: UUID, generation: int) -> str:
    """Return the eight-character code that opens a matter to whoever raised it. Nothing of it is stored."""
    mac = hmac.digest(key.encode(), f"code:{matter_id}:{generation}".encode(), "sha256")
    number = int.from_bytes(mac, "big")
    letters = []
    for _ in range(8):
        number, index = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[index])
    return "".join(letters)


def same_code(given: str, real: str) -> bool:
    """Compare a typed code with the real one in constant time; case, blanks and hyphens do not matter."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", given)).upper()
    return hmac.compare_digest(plain.encode(), real.encode())


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
    if klass in {"claim", "litigation", "accusation"} and not (name.strip() and address.strip()):
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
        raise Refused(f"延期应为 1 至 {limit} 日（信访工作条例第34条）")
    if len(reason.strip()) < 5:
        raise Refused("请写明延期理由，理由会告知诉求人（信访工作条例第34条）")


def check_answer(request: str, facts: str, opinion: str, basis: str, outcome: str, *, claim: bool) -> None:
    """Refuse an answer without the contents the law wants (信访工作条例 art. 32)."""
    if outcome not in OUTCOMES:
        raise Refused("请选择处理结果：支持、解释说明或者不予支持（信访工作条例第32条）")
    missing = [word for word, value in (("处理意见", opinion),) if not value.strip()]
    if claim:
        wanted = (("投诉请求", request), ("事实和理由", facts), ("法律法规依据", basis))
        missing += [word for word, value in wanted if not value.strip()]
    if missing:
        raise Refused(f"处理意见书缺少：{'、'.join(missing)}（信访工作条例第32条）")
