"""What organs write to each other: forwarding, assignment, objection, designation, report, supervision."""

from zhuoluo.papers.rules.facts import Content, Facts, on, paper, paragraphs


def forwarding(f: Facts) -> Content:
    """转送函. `to`: the receiving unit, `due`: the last day for telling the raiser."""
    texts = (
        f"现将信访人{f.person}于{on(f.registered)}提出的信访事项{f.matter}转送你单位，请依照《信访工作条例》办理。",
        f"请在{on(f.due)}前决定是否受理，并书面告知信访人（《信访工作条例》第二十三条）。" if f.due else "",
        "认为不属于本机关职权范围的，应当自收到之日起5个工作日内提出异议并详细说明理由，经转送机关核实同意后退还相关材料。",
        f.text,
        "信访人反映的主要问题：",
        f.request,
    )
    return paper(f, "forwarding", paragraphs(*texts), addressee=f.to)


def assignment(f: Facts) -> Content:
    """交办函. extra: report_by (day the report of completion is due)."""
    texts = (
        f"现将信访人{f.person}于{on(f.registered)}提出的信访事项{f.matter}交你单位办理。",
        f"请依法受理、认真办理，于{f.more('report_by')}前报送办结报告，写明办理过程、结果、法律依据和信访人意见（《信访工作条例》第二十二条）。",
        f"请在{on(f.due)}前书面告知信访人是否受理。" if f.due else "",
        f.text,
        "信访人反映的主要问题：",
        f.request,
    )
    return paper(f, "assignment", paragraphs(*texts), addressee=f.to)


def objection(f: Facts) -> Content:
    """异议说明. `text`: the detailed reasons; extra: received (day)."""
    texts = (
        f"你单位转来的信访事项{f.matter}，本单位于{f.more('received')}收到。经研究，认为该事项不属于本单位职权范围，现依照《信访工作条例》第二十三条提出异议，理由如下：",
        f.text,
        "请核实。如同意，我单位即退还相关材料。",
    )
    return paper(f, "objection", paragraphs(*texts), addressee=f.to)


def designation(f: Facts) -> Content:
    """指定函. extra: unit (the designated one), reason (why it was asked). `text`: the ruling."""
    texts = (
        f"关于信访事项{f.matter}的办理职责，有关单位意见不一：{f.more('reason')}",
        f"根据《信访工作条例》第二十四条规定，决定由{f.more('unit')}负责办理。",
        f.text,
        "请接到本函后依法受理，不得再行推诿。",
    )
    return paper(f, "designation", paragraphs(*texts), addressee=f.to)


def completion(f: Facts) -> Content:
    """办结报告. `text`: the account; extra: outcome, served, opinion."""
    served = f.more("served")
    texts = (
        f"你单位交办的信访事项{f.matter}，现已办结，报告如下：",
        "一、办理过程和结果",
        f.text,
        f.more("opinion"),
        "二、答复和送达情况" if served else "",
        f"信访处理意见书（结果：{f.more('outcome')}）已于{served}送达信访人。" if served else "",
    )
    return paper(f, "completion", paragraphs(*texts), addressee=f.to)


def supervision(f: Facts) -> Content:
    """督办函. `text`: why and what is asked, `due`: until when."""
    texts = (
        f"信访事项{f.matter}由你单位办理。根据《信访工作条例》第四十条规定，现予督办：",
        f.text,
        f"请在{on(f.due)}前书面反馈办理情况；未采纳改进建议的，应当说明理由。",
    )
    return paper(f, "supervision", paragraphs(*texts), addressee=f.to)
