"""What the raiser is told: receipt, acceptance, where to go, declining, extension, hearing, opinion, reviews."""

from zhuoluo.papers.rules.facts import Block, Content, Facts, on, paper, paragraphs, remedy_words

CLOSING = "特此告知。"


def receipt(f: Facts) -> Content:
    """登记回执. extra: channel, code (how to ask how it stands), phone."""
    rows = (
        ("登记编号", f.number),
        ("登记日期", on(f.registered)),
        ("信访人", f.person),
        ("信访形式", f.more("channel")),
        ("反映事项", f.title or f.request),
        ("当前办理单位", f.to or f.organ),
        ("应当告知的期限", on(f.due) if f.due else "按规定办理"),
    )
    blocks = (
        Block("您提出的信访事项已经登记。"),
        Block(rows=rows),
        Block("可以凭登记编号和查询码查询办理进展，并在办结后作出评价（《信访工作条例》第二十一条）。"),
    )
    return paper(f, "receipt", blocks)


def acceptance(f: Facts) -> Content:
    """受理告知书: accepted on, answer due on."""
    texts = (
        f"您于{on(f.registered)}提出的信访事项{f.matter}收悉。经审查，属于本机关职权范围，决定予以受理，受理日期为{on(f.accepted)}。",
        f"根据《信访工作条例》第三十四条规定，本机关应当在{on(f.due)}前办结；情况复杂的，经本机关负责人批准可以适当延长办理期限，并告知您延期理由。"
        if f.due
        else "",
        "办理进展可以凭登记编号和查询码查询。",
        f.text,
        CLOSING,
    )
    return paper(f, "acceptance", paragraphs(*texts), addressee=f.person)


def redirection(f: Facts) -> Content:
    """途径告知书: `text` says where and how, `article` which door."""
    texts = (
        f"您于{on(f.registered)}提出的信访事项{f.matter}收悉。",
        f"经审查，该事项应当依法通过以下途径提出（{f.article or '信访工作条例 第31条'}）：",
        f.text,
        "请您依照上述途径提出。各机关对依法提出的请求应当接收并依法处理。",
        CLOSING,
    )
    return paper(f, "redirection", paragraphs(*texts), addressee=f.person)


def declining(f: Facts) -> Content:
    """不予受理告知书."""
    return _declined(f, "declining", "决定不予受理")


def no_more(f: Facts) -> Content:
    """不再受理告知书: after a second review only. extra: earlier (number of the matter finally reviewed)."""
    earlier = f.more("earlier")
    before = f"该事项（原编号{earlier}）已经复核并送达复核意见。" if earlier else ""
    return _declined(
        f, "no_more", "决定不再受理", before, "对您生活中的实际困难，有关单位将继续依照规定予以帮助。"
    )


def _declined(f: Facts, kind: str, decision: str, before: str = "", after: str = "") -> Content:
    texts = (
        f"您于{on(f.registered)}提出的信访事项{f.matter}收悉。",
        before,
        f"经审查，根据《{(f.article or '信访工作条例 第19条').replace(' ', '》')}规定，{decision}。理由如下：",
        f.text,
        "如有新的事实和理由，可以另行提出。",
        after,
        CLOSING,
    )
    return paper(f, kind, paragraphs(*texts), addressee=f.person)


def extension(f: Facts) -> Content:
    """延期告知书. extra: days, reason. `due`: the new last day."""
    texts = (
        f"本机关于{on(f.accepted)}受理了您提出的信访事项{f.matter}。",
        f"因情况复杂，不能在规定期限内办结，经本机关负责人批准，办理期限延长{f.more('days')}日，至{on(f.due)}（《信访工作条例》第三十四条）。",
        f"延期理由：{f.more('reason')}",
        CLOSING,
    )
    return paper(f, "extension", paragraphs(*texts), addressee=f.person)


def hearing(f: Facts) -> Content:
    """听证通知书. extra: when, place, public, reason."""
    texts = (
        f"对您提出的信访事项{f.matter}，决定举行听证（《信访工作条例》第三十一条、第三十六条）。现将有关事项通知如下：",
        f"一、听证时间：{f.more('when')}",
        f"二、听证地点：{f.more('place')}",
        f"三、听证方式：{f.more('public') or '不公开举行'}",
        f"四、听证事由：{f.more('reason')}",
        "请您携带身份证明准时参加；可以委托代理人，多人提出共同事项的应当推选代表，代表不超过5人。认为听证人员与本事项有直接利害关系的，可以申请回避。",
        "特此通知。",
    )
    return paper(f, "hearing", paragraphs(*texts), addressee=f.person)


def opinion(f: Facts) -> Content:
    """信访处理意见书 (art. 32). extra: request, facts, opinion, basis, outcome, execute_by."""
    execute = f.more("execute_by")
    texts = (
        f"您于{on(f.registered)}提出的信访事项{f.matter}，本机关已于{on(f.accepted)}受理，现已办理完毕。处理意见如下：",
        "一、投诉请求",
        f.more("request") or f.request,
        "二、事实和理由",
        f.more("facts"),
        "三、处理意见",
        f"处理结果：{f.more('outcome')}。" if f.more("outcome") else "",
        f.more("opinion"),
        f"上述意见由责任单位于{execute}前执行。" if execute else "",
        "四、法律法规依据",
        f.more("basis"),
    )
    return paper(
        f, "opinion", paragraphs(*texts), addressee=f.person, remedy=remedy_words("复查", f.superior)
    )


def _admitted(f: Facts, kind: str, word: str, article: str) -> Content:
    texts = (
        f"您对信访事项{f.matter}的{'处理意见' if word == '复查' else '复查意见'}不服，于{f.more('asked')}提出{word}申请。"
        f"经审查，符合《信访工作条例》第{article}条规定，决定予以受理。",
        f"本机关应当在{on(f.due)}前作出{word}意见并书面答复您。" if f.due else "",
        "您可以补充与申请有关的材料。",
        CLOSING,
    )
    return paper(f, kind, paragraphs(*texts), addressee=f.person)


def review_acceptance(f: Facts) -> Content:
    """复查受理告知书. extra: asked (day of the request)."""
    return _admitted(f, "review_acceptance", "复查", "三十五")


def second_acceptance(f: Facts) -> Content:
    """复核受理告知书. extra: asked."""
    return _admitted(f, "second_acceptance", "复核", "三十六")


def _turned_away(f: Facts, kind: str, word: str) -> Content:
    texts = (
        f"您对信访事项{f.matter}的{'处理意见' if word == '复查' else '复查意见'}不服，于{f.more('asked')}提出{word}申请。"
        f"经审查，本机关决定不予受理。理由和依据如下：",
        f.text,
        f"仍在申请期限内的，您可以补正后再次申请{word}。不影响您依法通过其他法定途径维护权益。",
        CLOSING,
    )
    return paper(f, kind, paragraphs(*texts), addressee=f.person)


def review_refusal(f: Facts) -> Content:
    """复查申请不予受理告知书. extra: asked. `text`: the reasons with their article."""
    return _turned_away(f, "review_refusal", "复查")


def second_refusal(f: Facts) -> Content:
    """复核申请不予受理告知书, as review_refusal."""
    return _turned_away(f, "second_refusal", "复核")


def _reviewed(f: Facts, kind: str, word: str, remedy: str) -> Content:
    texts = (
        f"您对信访事项{f.matter}的{'处理意见' if word == '复查' else '复查意见'}不服，于{f.more('asked')}申请{word}。"
        f"本机关依法进行了{word}，现提出如下意见：",
        "一、申请事项",
        f.more("request"),
        f"二、{word}查明的事实",
        f.more("facts"),
        f"三、{word}意见",
        f"{word}结果：{f.more('outcome')}。",
        f.more("opinion"),
        "四、法律法规依据",
        f.more("basis"),
        "本意见为信访事项终结性意见。"
        "您以同一事实和理由再提出投诉请求的，将不再受理（《信访工作条例》第三十六条）。" if word == "复核" else "",
    )  # fmt: skip
    return paper(f, kind, paragraphs(*texts), addressee=f.person, remedy=remedy)


def review_opinion(f: Facts) -> Content:
    """复查意见书. extra: asked, request, facts, outcome, opinion, basis."""
    return _reviewed(f, "review_opinion", "复查", remedy_words("复核", f.superior))


def second_opinion(f: Facts) -> Content:
    """复核意见书: no remedy is left. extra as in review_opinion."""
    return _reviewed(f, "second_opinion", "复核", "")
