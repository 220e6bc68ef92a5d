"""The accounts a visitor can try, in the order in which a matter passes through their hands. Pure.

The sentences are msgids: the screen shows them through gettext.
"""

TRIES: dict[str, str] = {
    "clerk": "登记来访来电，处理石桥镇收件箱：受理、转送、并案、要求补充",
    "officer": "信访局收件箱：转送、交办、裁定退回异议",
    "handler": "县住建局的待办：接收、提异议、请协办、加证据、起草答复",
    "head": "签发答复、审批延期，看全单位办得怎样",
    "road": "另一个单位的待办：县交通局，看不到住建局的事项",
    "town": "镇里自办事项的签发，看全镇办得怎样",
    "caller": "回访诉求人，记录本人是否解决、是否满意",
    "supervisor": "先看例外：超期、退回、重办；督办，认定化解，谁看过这件事",
    "reviewer": "复查申请：受理、审查、作出复查意见",
    "sealed": "检举控告：只有这里看得到，别处查不到、数不到",
    "outreach": "政策库、宣讲菜单和安排、直播间、人才和补贴项目",
    "finance": "已批准的奖补：逐笔付款，分文不差",
    "coordinator": "调研课题、现场办公、日调度、夜宿排班、企业名录",
    "leader": "全县的数，点开就是一件件事",
    "mediator": "替邻里登记，只看得到自己登记的",
    "auditor": "谁在什么时候看过谁的信息",
    "admin": "单位、岗位、账号、放假通知",
}
