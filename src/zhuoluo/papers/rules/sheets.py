"""Sheets and agreements: proof of service, call-back, reception, requests for review, settlements."""

from collections.abc import Sequence

from zhuoluo.papers.rules.facts import Block, Content, Facts, on, paper, paragraphs

BLANK = "　"


def service(f: Facts) -> Content:
    """送达回证. extra: papers (names and numbers), method, served (when), by, to, place, note."""
    rows = (
        ("送达机关", f.organ),
        ("信访事项", f"{f.title}（{f.number}）"),
        ("受送达人", f.more("to") or f.person),
        ("送达地点", f.more("place") or f.address or BLANK),
        ("送达文书名称及文号", f.more("papers")),
        ("送达方式", f.more("method") or BLANK),
        ("送达时间", f.more("served") or "    年  月  日  时"),
        ("送达人", f.more("by") or BLANK),
        ("受送达人签名或者盖章", BLANK * 6 + "\n" + BLANK * 8 + "年　月　日"),
        ("代收人签名及与受送达人关系", BLANK),
        ("拒收事由、见证人签名", BLANK + "\n" + BLANK),
        ("备注", f.more("note") or BLANK),
    )
    return paper(f, "service", (Block(rows=rows),))


def callback(f: Facts) -> Content:
    """回访记录. extra: when, by, reached, solved, satisfaction, note."""
    rows = (
        ("事项编号", f.number),
        ("信访事项", f.title),
        ("承办单位", f.to),
        ("回访对象", f.person),
        ("回访时间", f.more("when")),
        ("回访人", f.more("by")),
        ("是否联系上", f.more("reached")),
        ("问题是否解决", f.more("solved") or "—"),
        ("满意度", f.more("satisfaction")),
        ("诉求人的话", f.more("note") or "—"),
    )
    return paper(f, "callback", (Block(rows=rows),), signer="", day="")


def reception_sheet(
    f: Facts, *, visitors: Sequence[tuple[str, str, str]], others: int, matters: Sequence[tuple[str, str, str]],
    leader: str = "", place: str = "", decision: str = "", batch: str = "", earlier: str = "",
) -> Content:  # fmt: skip
    """接访登记表 of a batch, for room reception; pass the result to papers.actions.draft(subject_kind="batch").

    `visitors`: name, identity number or '', unit or address of each representative (five at most); `others`: people
    beyond them. `matters`: number, what was raised, unit responsible. `decision`: what was decided, in words.
    """
    rows: list[tuple[str, ...]] = [
        ("批次", batch or BLANK),
        ("接访时间、地点", "　".join(part for part in (on(f.day), place) if part)),
        ("接访人", leader or BLANK),
    ]
    rows += [(f"来访人{i}", f"{name}　{number}　{home}".rstrip("　")) for i, (name, number, home) in enumerate(visitors, 1)]  # fmt: skip
    rows.append(("同行人数", f"{others}人"))
    for number, what, unit in matters:
        rows.append(("反映的主要问题", f"{number}　{what}\n责任单位：{unit or '待定'}"))
    rows += [
        ("以往来访及办理情况", earlier or "—"),
        ("接待处理意见", decision or BLANK),
        ("来访人签名", BLANK * 8 + "年　月　日"),
    ]
    return paper(f, "reception", (Block(rows=tuple(rows)),), signer="", day="")


def reception(f: Facts) -> Content:
    """接访登记表 of one matter alone. extra: leader, place, decision, batch."""
    return reception_sheet(
        f, visitors=[(f.person, "", f.address)], others=int(f.more("others") or 0),
        matters=[(f.number, f.title or f.request, f.to)], leader=f.more("leader"), place=f.more("place"),
        decision=f.text, batch=f.more("batch"),
    )  # fmt: skip


def _request(f: Facts, kind: str, word: str) -> Content:
    head = (("申请人", f.person), ("住址", f.address or BLANK), ("信访事项编号", f.number))
    texts = (
        f"申请人对{f.more('against')}就信访事项{f.matter}作出的{'处理意见' if word == '复查' else '复查意见'}不服，现申请{word}。",
        "一、申请事项和理由",
        f.text,
    )
    return paper(
        f, kind, (Block(rows=head), *paragraphs(*texts)), addressee=f.to or f.superior, signer="",
        signers=("申请人（签名）：",),
    )  # fmt: skip


def review_request(f: Facts) -> Content:
    """复查申请书, written for the raiser to sign. extra: against (the organ). `text`: request and reasons, `to`."""
    return _request(f, "review_request", "复查")


def second_request(f: Facts) -> Content:
    """复核申请书, as review_request."""
    return _request(f, "second_request", "复核")


def _agreement(f: Facts, kind: str) -> Content:
    texts = (
        f"就信访事项{f.matter}，双方在自愿、合法的基础上，经{f.more('mediator') or f.organ}主持，达成如下协议：",
        f.text,
        f"履行事项：{f.more('owed')}" if f.more("owed") else "",
        f"自愿情况：{f.more('free_will')}" if f.more("free_will") else "",
        "本协议不影响信访人依法申请复查、复核，提起诉讼或者就新的事实和理由再提出请求的权利。",
        "本协议一式三份，双方和主持单位各执一份，自双方签名或者盖章之日起生效。",
    )
    rows = (("甲方（单位）", f.organ), ("乙方（信访人）", f.person))
    signers = ("甲方（盖章）：", "乙方（签名）：", "主持人、见证人（签名）：")
    return paper(f, kind, (Block(rows=rows), *paragraphs(*texts)), signer="", signers=signers)


def mediation(f: Facts) -> Content:
    """调解协议书 (art. 33). `text`: the terms; extra: mediator, owed, free_will."""
    return _agreement(f, "mediation")


def reconciliation(f: Facts) -> Content:
    """和解协议书, as mediation."""
    return _agreement(f, "reconciliation")


def settlement(f: Facts) -> Content:
    """息访（和解）协议书: never blocks a later right, and says so. As mediation."""
    return _agreement(f, "settlement")
