"""What things are called on the screen."""

PROGRAMMES = {"draft": "草稿", "announced": "已公布", "closed": "已截止", "settled": "已办结"}
APPLICATIONS = {
    "received": "已收到", "more": "待补材料", "checked": "材料齐全，待审批", "refused": "不予通过", "withdrawn": "已撤回",
    "approved": "已批准，待公示", "noticed": "公示中或待兑现", "revoked": "批准已撤销", "paid": "已兑现",
}  # fmt: skip
TONES = {
    "received": "info", "more": "warn", "checked": "info", "refused": "bad", "withdrawn": "none", "approved": "good",
    "noticed": "good", "revoked": "bad", "paid": "good", "draft": "none", "announced": "good", "closed": "warn",
    "settled": "info",
}  # fmt: skip
# What a resident reads of the same state.
TOLD = {
    "received": "收到了，正在看材料", "more": "还要补材料", "checked": "材料齐全，等审批", "refused": "没有通过",
    "withdrawn": "您撤回了", "approved": "批准了，还要公示", "noticed": "批准了，公示以后兑现", "revoked": "批准被撤销",
    "paid": "已经兑现",
}  # fmt: skip
APPLICANTS = {"person": "个人", "enterprise": "企业或组织"}
AUDIENCES = {"person": "个人", "enterprise": "企业或组织", "both": "个人、企业都可以"}
PAYMENTS = {"paid": "兑现", "returned": "退回", "clawed": "追回"}
OBJECTIONS = {"objection": "公示异议", "appeal": "对结果不服"}
RULINGS = {"": "未处理", "upheld": "异议成立", "dismissed": "异议不成立"}
# Codes of the ledger in words, for the story of a programme or an application.
VERBS = {
    "make": "起草项目", "change": "修改项目", "item": "写了一项", "drop_item": "去掉一项", "announce": "公布项目",
    "close": "截止申报", "settle": "办结归档", "apply": "提出申请", "complete": "补了材料", "withdraw": "撤回申请",
    "ask_more": "要求补材料", "check": "材料审核通过", "refuse": "不予通过", "approve": "批准", "publish": "公示",
    "object": "提出异议", "appeal": "对结果不服", "rule": "处理异议", "pay": "兑现", "give_back": "退回或追回",
    "export": "导出", "want": "登记人才需求", "change_wanted": "修改人才需求",
    "end_wanted": "结束人才需求", "import_wanted": "导入人才需求",
}  # fmt: skip
