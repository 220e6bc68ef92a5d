"""The words of the path, key → Chinese. The database holds the keys; screens pass the words through gettext."""

KLASSES: dict[str, str] = {
    "claim": "申诉求决",
    "suggestion": "建议意见",
    "inquiry": "咨询求助",
    "litigation": "涉法涉诉",
}
CHANNELS: dict[str, str] = {
    "web": "网上", "walk_in": "来访", "phone": "电话", "letter": "书信", "sheet": "台账导入", "talk": "宣讲",
    "research": "调研", "reception": "接访", "onsite": "现场办公", "duty": "值班", "transfer": "上级转交",
    "live": "政务直播", "enterprise": "企业走访",
}  # fmt: skip
KINDS: dict[str, str] = {
    "route": "登记转交", "accept": "受理告知", "answer": "答复", "report": "报送办结报告", "rule": "裁定退回异议",
    "cohandle": "协办反馈", "serve": "送达答复", "execute": "落实执行", "callback": "回访", "recheck": "复核不满意",
    "supervise": "督办", "supplement": "补充材料", "designate": "指定承办单位", "admit": "审查复查复核申请",
    "review": "作出复查复核意见", "review_serve": "送达复查复核意见", "perform": "履行协议", "next": "下一阶段办理",
    "case": "领导包案", "joint": "交办任务", "tonight": "当晚回应", "contact": "首次联系",
}  # fmt: skip
MILESTONES: dict[str, str] = {
    "registered": "登记", "routed": "转交", "accepted": "受理", "answered": "答复", "served": "送达", "executed": "执行",
    "resolved": "化解", "rated": "评价", "disputed": "提出异议", "reopened": "重新办理", "declined": "不予受理",
    "redirected": "告知途径", "merged": "并案", "withdrawn": "撤回", "partly": "阶段办结", "settled": "达成协议",
    "performed": "履行协议", "review_asked": "申请复查", "reviewed": "复查意见", "annulled": "撤销重办",
    "second_asked": "申请复核", "rereviewed": "复核意见", "final": "终结",
}  # fmt: skip
OUTCOMES: dict[str, str] = {
    "supported": "支持",
    "explained": "合理但缺乏依据，解释说明",
    "not_supported": "不予支持",
}
# A suggestion is studied and adopted or not (信访工作条例 art. 29); a claim is supported or not (art. 32).
SUGGESTION_OUTCOMES: dict[str, str] = {
    "adopted": "采纳",
    "partly_adopted": "部分采纳",
    "not_adopted": "不采纳",
}
ANSWERS: dict[str, str] = OUTCOMES | SUGGESTION_OUTCOMES  # every outcome an answer can have
REVIEW_LEVELS: dict[int, str] = {1: "复查", 2: "复核"}
REVIEW_OUTCOMES: dict[str, str] = {"upheld": "维持", "annulled": "撤销，责令重新办理", "changed": "变更"}
# Why a review is not taken up. Anything else is no ground (信访工作条例 arts. 35-36).
REVIEW_REFUSALS: dict[str, tuple[str, str]] = {
    "late": ("超过三十日的申请期限", "信访工作条例 第35条、第36条"),
    "not_reviewable": ("不是信访处理意见书，不适用复查复核", "信访工作条例 第31条、第35条"),
    "not_party": ("申请人不是原信访人", "信访工作条例 第35条"),
}
# Why a matter is final. None of them ends help and mediation (art. 37).
FINAL_GROUNDS: dict[str, str] = {
    "lapsed": "期限内没有申请复查或者复核", "second_review": "已作出复核意见并送达", "performed": "和解协议已履行",
}  # fmt: skip
# What the simplified way is for (国信办发〔2022〕17号, an excerpt was read).
SIMPLE_GROUNDS: dict[str, str] = {
    "clear": "事实清楚、争议不大", "at_once": "咨询、建议、感谢，可以即时答复", "urgent_life": "日常生活中的紧迫事项",
    "promised": "有权机关已经承诺或者已有结论", "other": "其他适合简易办理的",
}  # fmt: skip
SETTLEMENTS: dict[str, str] = {
    "mediation": "调解协议",
    "reconciliation": "和解协议",
    "settlement": "息访（和解）协议",
}
MEDIATION_RESULTS: dict[str, str] = {"agreed": "达成一致", "again": "再次调解", "failed": "没有达成一致"}
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
# A first response beside the law's path, and the working rule of the house that gives it its time.
RESPONSES: dict[str, str] = {"tonight": "house.same_night", "contact": "house.firm_contact"}
