"""What a row of a 台账 can say about a matter: the fields, their labels, their names in real sheets."""

import re
from dataclasses import dataclass
from typing import Literal

from zhuoluo.exchange.sheets.values import half_width

Shape = Literal["code", "line", "block", "name", "phone", "id_number", "when", "count"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: key, labels, look of its values, whether it tells of a person, its names, its limit."""

    key: str
    label: str
    label_en: str
    shape: Shape
    personal: bool
    names: tuple[str, ...]
    longest: int = 200  # characters
    needed: bool = False  # a row needs at least one of the needed fields


def _days(*verbs: str) -> tuple[str, ...]:
    """The names of a moment: each verb with 时间 and with 日期."""
    return tuple(verb + noun for verb in verbs for noun in ("时间", "日期"))


def _names(words: str) -> tuple[str, ...]:
    """Names written apart by spaces."""
    return tuple(words.split())


FIELDS: tuple[Field, ...] = (
    Field(
        "external_id",
        "编号",
        "Number",
        "code",
        False,
        _names(
            "编号 留言编号 信访编号 信访件编号 信访件号 工单编号 工单号 工单号码 受理编号 "
            "受理单号 受理号 登记编号 登记号 案件编号 件号 来件编号 来信编号 来访编号 诉求编号 "
            "事项编号 问题编号 任务编号 交办编号 业务编号 流水号 单号 案卷号 投诉编号 信件编号 "
            "办件编号 留言ID 工单ID ID"
        ),
        longest=64,
    ),
    Field(
        "title",
        "主题",
        "Title",
        "line",
        False,
        _names(
            "主题 标题 留言主题 留言标题 诉求主题 诉求标题 工单标题 工单主题 信访标题 信件标题 "
            "信件主题 来信标题 来电主题 事项标题 事项名称 问题标题 问题名称 案件名称 事件名称 "
            "题目"
        ),
        needed=True,
    ),
    Field(
        "text",
        "详情",
        "Details",
        "block",
        False,
        _names(
            "详情 内容 留言详情 留言内容 详细内容 具体内容 主要内容 内容摘要 反映内容 反映问题 "
            "反映的问题 反映主要问题 反映的主要问题 反映事项 反映情况 主要问题 问题 问题描述 "
            "问题内容 问题详情 问题简述 具体问题 信访内容 信访事项 信访问题 信访诉求 信访事由 "
            "主要诉求 诉求 诉求内容 诉求事项 诉求描述 群众诉求 来信内容 来电内容 来访内容 "
            "来访事由 来访诉求 来电诉求 受理内容 工单内容 事项内容 事项描述 事由 情况描述 "
            "情况说明 基本情况 案情简介 概况 概况信息 投诉内容 咨询内容 咨询问题 求助内容 "
            "纠纷简要情况 事件描述 内容概述 问题概述 反映问题及诉求 反映的问题及诉求 "
            "主要问题及诉求 来访反映的主要问题"
        ),
        longest=100_000,
        needed=True,
    ),
    Field(
        "raised_at",
        "反映时间",
        "Raised at",
        "when",
        False,
        (
            *_days(
                *_names(
                    "留言 来访 信访 来信 来电 来件 反映 诉求 提交 投诉 咨询 登记 受理 接访 接待 "
                    "接电 接单 收件 收信 收到 创建 录入 上报 提出 发布 求助 建单 写信 来文 受件 接件"
                )
            ),
            "时间",
            "日期",
            "登记日",
            "来访时间日期",
        ),
    ),
    Field(
        "raiser_name",
        "反映人",
        "Raised by",
        "name",
        True,
        _names(
            "姓名 反映人 反映人姓名 留言用户 留言人 留言人姓名 用户 用户名 网友 来访人 "
            "来访人姓名 来访者 来访者姓名 来访群众 信访人 信访人姓名 来信人 来信人姓名 写信人 "
            "诉求人 诉求人姓名 投诉人 投诉人姓名 来电人 来电人姓名 来电者 申请人 申请人姓名 "
            "联系人 联系人姓名 群众姓名 当事人 当事人姓名 咨询人 求助人 提出人 代表姓名 来访代表 "
            "来访人员 居民姓名"
        ),
        longest=80,
    ),
    Field(
        "phone",
        "联系电话",
        "Phone",
        "phone",
        True,
        _names(
            "电话 联系电话 手机 手机号 手机号码 电话号码 联系方式 联系手机 来电号码 来电电话 "
            "来电人电话 来访人电话 信访人电话 诉求人电话 反映人电话 联系人电话 移动电话 联系号码 "
            "主叫号码 反映人联系电话 诉求人联系电话 来访人联系电话 信访人联系电话 来访人联系方式 "
            "诉求人联系方式"
        ),
        longest=40,
    ),
    Field(
        "id_number",
        "身份证号",
        "Identity number",
        "id_number",
        True,
        _names(
            "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码 公民身份证号码 居民身份证号 "
            "来访人身份证号 信访人身份证号 诉求人身份证号"
        ),
        longest=18,
    ),
    Field(
        "address",
        "住址",
        "Address",
        "line",
        True,
        _names(
            "住址 地址 家庭住址 家庭地址 联系地址 居住地址 居住地 现住址 常住地址 户籍地址 "
            "户籍地 通讯地址 通信地址 来访人住址 信访人住址 反映人住址 诉求人住址 单位和住址 "
            "单位及住址 单位或住址 住址或单位 单位住址 工作单位及住址 工作单位或住址 住址及单位 "
            "来访人地址 诉求人地址"
        ),
    ),
    Field(
        "area",
        "所属区域",
        "Area",
        "line",
        False,
        _names(
            "发生地 地点 区划 行政区划 区域 所属区域 所属区划 所在区域 乡镇 镇街 镇乡 乡镇街道 "
            "镇乡街道 街道 街镇 所属乡镇 所在乡镇 乡镇名称 所属镇街 所属街道 属地 问题属地 "
            "事权属地 责任属地 县区 县市区 区县 所属县区 所属区县 村 村社区 村居 所属村 所属社区 "
            "社区 问题发生地 事发地 网格 所属网格 事项发生地"
        ),
    ),
    Field(
        "place",
        "具体地点",
        "Place",
        "line",
        False,
        _names(
            "具体地点 具体位置 详细地点 详细地址 详细位置 事发地点 事发地址 发生地点 发生地址 "
            "问题地点 问题地址 问题位置 点位 位置 诉求地址 案发地点 事件地点 地理位置 诉求地点"
        ),
        longest=200,
    ),
    Field(
        "klass",
        "类别",
        "Class",
        "line",
        False,
        _names(
            "类别 类型 分类 问题类别 问题类型 问题分类 信访类别 信访分类 诉求类别 诉求类型 "
            "诉求分类 事项类别 事项类型 事项分类 内容分类 内容类别 工单类型 工单分类 业务类型 "
            "业务类别 一级分类 一级标签 一级类别 留言类别 留言类型 反映类别 大类 问题大类 "
            "受理类型 案件类型 纠纷类型 信访目的 事件类型"
        ),
    ),
    Field(
        "topic",
        "专题",
        "Topic",
        "line",
        False,
        _names(
            "专题 话题 关键词 二级分类 二级标签 二级类别 三级分类 三级标签 小类 问题小类 热点 "
            "热点问题 主题词 标签 细类"
        ),
    ),
    Field(
        "channel",
        "来源",
        "Channel",
        "line",
        False,
        _names(
            "来源 渠道 来源渠道 来件渠道 来件来源 受理渠道 受理方式 受理来源 诉求来源 诉求渠道 "
            "信访形式 信访方式 信访渠道 问题来源 事项来源 工单来源 反映渠道 反映方式 反映形式 "
            "来访形式 来访方式 来信来访 登记渠道 形式 方式 案件来源 线索来源 投诉渠道 信件来源 "
            "平台来源 来源平台"
        ),
    ),
    Field(
        "unit",
        "责任单位",
        "Unit",
        "line",
        False,
        _names(
            "责任单位 承办单位 办理单位 主办单位 牵头单位 处理单位 处置单位 转办单位 交办单位 "
            "责任部门 承办部门 办理部门 主办部门 牵头部门 处理部门 处置部门 答复单位 回复单位 "
            "答复部门 回复部门 去向 去向单位 去向机构 派往单位 承接单位 责任主体 有权处理机关 "
            "办理机关 转送单位 责任单位名称 承办科室 化解责任单位 包保单位 整改单位 受理单位 "
            "主责单位"
        ),
        longest=300,
    ),
    Field(
        "answer_text",
        "答复意见",
        "Answer",
        "block",
        False,
        _names(
            "答复意见 答复 答复内容 答复情况 回复 回复内容 回复意见 回复情况 办理情况 办理意见 "
            "办理情况及结果 办理过程 处理情况 处理意见 处置情况 办复情况 办复意见 办理答复情况 "
            "办理回复 处理回复 处理答复 答复处理意见 处理意见及结果 整改情况 化解情况 办理内容 "
            "办结意见 办理反馈 反馈内容 反馈情况 答复口径"
        ),
        longest=100_000,
    ),
    Field(
        "answered_at",
        "答复时间",
        "Answered at",
        "when",
        False,
        _days(
            *_names(
                "答复 回复 办结 办复 办理 处理 完成 办理答复 办理完成 结案 处置 整改 办理回复 官方回复 办毕"
            )
        ),
    ),
    Field(
        "served_at",
        "送达时间",
        "Served at",
        "when",
        False,
        _days(*_names("送达 签收 告知 反馈 答复送达 答复告知 书面告知 文书送达 送达签收")),
    ),
    Field(
        "outcome",
        "办理结果",
        "Outcome",
        "line",
        False,
        _names(
            "办理结果 处理结果 结果 办结情况 办理状态 办结状态 是否办结 是否解决 是否化解 "
            "解决情况 状态 当前状态 结案情况 完成情况 办理进度 处置结果 化解结果 工单状态 "
            "事项状态 办理进展 回访结果"
        ),
        longest=2000,
    ),
    Field("likes", "点赞数", "Likes", "count", False, _names("点赞数 点赞 赞成数 支持数 点赞量 赞同数")),
    Field("dislikes", "反对数", "Dislikes", "count", False, _names("反对数 反对 点踩数 不支持数 反对量")),
    Field(
        "remark",
        "备注",
        "Remark",
        "block",
        False,
        _names("备注 备注说明 备注信息 其他 其它 说明 附注"),
        longest=10_000,
    ),
)

BY_KEY = {field.key: field for field in FIELDS}

# Names of columns that are no field but belong to headers of real sheets.
_OTHER_NAMES = _names(
    "序号 性别 年龄 民族 人数 来访人数 批次 次数 反映人数 涉及人数 办理期限 办结期限 "
    "办理时限 截止时间 截止日期 期限 是否满意 满意度 满意情况 群众评价 是否重复 是否初次 "
    "包案领导 包案领导姓名 责任人 责任领导 经办人 承办人 办理人 接访人 接待人 接访领导 "
    "登记人 受理人 领导批示 批示 化解措施 下一步措施 风险等级 职务 附件 首次信访时间 "
    "回访情况 回访时间 紧急程度 是否公开 交办时间 派单时间 转办时间"
)

_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_LEAD = re.compile(r"^[*#\d]+[.、:]?")
_NOISE = re.compile(r"[\s、，,/／\\|及和与的:：*★]+")


def plain_name(label: str) -> str:
    """A header label reduced to what names are compared by: no brackets, numbering, gaps, 及/和/与/的."""
    text = _BRACKETS.sub("", half_width(label).replace("（", "(").replace("）", ")"))
    text = _LEAD.sub("", text.strip())
    return _NOISE.sub("", text).lower()


KNOWN: dict[str, str] = {
    plain_name(name): field.key for field in reversed(FIELDS) for name in reversed(field.names)
}
OTHER_NAMES = frozenset(plain_name(name) for name in _OTHER_NAMES)
NAMES = frozenset(KNOWN) | OTHER_NAMES
