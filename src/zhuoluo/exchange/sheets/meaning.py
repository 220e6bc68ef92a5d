"""What the words in a 台账 mean here: class, channel and outcome. Only what is certain is translated."""

from collections.abc import Mapping

from zhuoluo.exchange.sheets.values import half_width


def _words(table: Mapping[str, str]) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in words.split()}


ACCUSATION = "accusation"  # no class of a matter: such a row is refused
# 举报 alone is left out: on a hotline it mostly asks for enforcement and is no accusation of an official.
_KLASSES = _words({
    "claim": "申诉求决 申诉 求决 投诉 投诉求决 投诉举报 投诉类 投诉请求 诉求 诉求类 求决类 纠纷 矛盾纠纷 信访 信访事项",
    "inquiry": "咨询求助 咨询 求助 咨询类 求助类 业务咨询 政策咨询 信息咨询 紧急求助 非紧急求助 查询",
    "suggestion": "建议意见 意见建议 建议 意见 建议类 意见类 建言 建言献策 意见和建议",
    "accusation": "检举控告 检举 控告 揭发控告 检举控告类 纪检监察",
    "litigation": "涉法涉诉 涉诉 涉法 涉法涉诉类 诉讼",
})  # fmt: skip
_CHANNELS = _words({
    "web": "网上 网络 网站 网上信访 互联网 网民留言 网络留言 留言 留言板 微信 公众号 微信公众号 小程序 app 邮箱 电子邮件 "
           "网上投诉 网信 领导信箱 县长信箱 书记信箱 网络问政",
    "walk_in": "来访 走访 上访 来访接待 窗口 现场来访 个人访 集体访 来人",
    "phone": "电话 来电 热线 12345 12345热线 12345政务服务便民热线 政务热线 市民热线 县长热线 县长电话",
    "letter": "书信 来信 信件 信函 写信 群众来信",
    "talk": "宣讲",
    "live": "政务直播 直播",
    "research": "调研",
    "reception": "接访 领导接访 下访 领导下访 接访下访",
    "onsite": "现场办公 现场办公会",
    "enterprise": "企业走访 企业服务 走访企业",
    "duty": "值班 夜宿值班 值班记录",
    "transfer": "上级转交 上级交办 上级转办 上级转送 转办 交办 转送",
    "sheet": "台账 台账导入",
})  # fmt: skip
_OUTCOMES = _words({
    "supported": "支持 予以支持 支持类 支持性意见",
    "explained": "解释说明 解释 合理但缺乏依据 合理但缺乏依据,解释说明 说明解释 解释疏导",
    "not_supported": "不予支持 不支持",
})  # fmt: skip
_ANONYMOUS = frozenset(
    ["匿名", "匿名用户", "匿名群众", "匿名网友", "不愿透露", "不愿透露姓名", "保密", "要求保密"]
)


def _plain(words: str) -> str:
    return "".join(half_width(words).lower().split()).strip("()[]【】“”\"'")


def klass_of(words: str) -> str:
    """The class that words name for certain, or an empty text."""
    return _KLASSES.get(_plain(words), "")


def channel_of(words: str) -> str:
    """The channel that words name for certain, or an empty text."""
    return _CHANNELS.get(_plain(words), "")


def outcome_of(words: str) -> str:
    """The outcome of an answer that words name for certain, or an empty text."""
    return _OUTCOMES.get(_plain(words), "")


def anonymous(name: str) -> bool:
    """Whether a name only says that there is none."""
    return _plain(name) in _ANONYMOUS
