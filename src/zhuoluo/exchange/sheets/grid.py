"""A raw sheet with its merged cells at hand, and what the look of a text says about it."""

import re

from zhuoluo.exchange.sheets.read import Merge, RawSheet
from zhuoluo.exchange.sheets.values import Value, as_text, blank, half_width, tidy_line

_LONGEST_LABEL = 24  # characters, remarks in brackets left out
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_PAIR = re.compile(r"[^：:]{1,16}[：:]")
_NUMERIC = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?.{0,20}|\d{1,2}月\d{1,2}日.{0,20}")
_SENTENCE = re.compile(r"[。；;！!？?]")
_WORD = re.compile(
    "序号|编号|单号|件号|流水号|姓名|用户|来访人|信访人|反映人|诉求人|投诉人|来电人|联系人|当事人|申请人|电话|手机|联系方式|身份证|证件|"
    "住址|地址|单位|部门|时间|日期|年月|主题|标题|名称|内容|问题|诉求|事项|事由|详情|描述|情况|摘要|类别|类型|分类|标签|来源|渠道|形式|方式|"
    "区划|乡镇|街道|镇街|社区|发生地|地点|位置|点位|责任|承办|办理|处理|答复|回复|意见|结果|状态|进度|满意|备注|说明|领导|人数|期限|时限|"
    "是否|数量|点赞|反对|性别|年龄|科室|经办|措施|化解|程度|次数|留言|工单|受理|登记|原因|附件"
)


def clean_label(value: Value) -> str:
    """A header label on one line, without the gaps people put between characters, as in 姓　　名."""
    return _CJK_GAP.sub("", tidy_line(as_text(value)))


def has_word(text: str) -> bool:
    """Whether a text has a word that headers are made of."""
    return bool(_WORD.search(text))


def is_pair(text: str) -> bool:
    """Whether a text is a label with its value, such as 填报单位：某局."""
    return bool(_PAIR.match(text))


def is_date(text: str) -> bool:
    """Whether a text looks like a date."""
    return bool(_DATE.fullmatch(text))


def label_like(text: str) -> bool:
    """Whether a text could be a header label: no number, date or sentence, no label with its value."""
    bare = half_width(_BRACKETS.sub("", text)).strip()
    if not bare:
        return 0 < len(text) <= _LONGEST_LABEL
    if len(bare) > _LONGEST_LABEL or _NUMERIC.fullmatch(bare) or is_date(bare):
        return False
    return not _SENTENCE.search(bare) and not (is_pair(bare) and not bare.endswith(":"))


class Grid:
    """A sheet whose merged ranges can be asked for by place. Rows and columns are counted from 0."""

    def __init__(self, sheet: RawSheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.faulty = {row for row, _ in sheet.faults}
        self.owner: dict[tuple[int, int], Merge] = {}
        for merge in sheet.merges:
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    self.owner[(row, column)] = merge

    def cells(self, row: int) -> dict[int, Value]:
        """The filled cells of a row by column."""
        return {column: value for column, value in enumerate(self.sheet.rows[row]) if not blank(value)}

    def empty(self, row: int) -> bool:
        """Whether a row holds neither content nor a cell that could not be read."""
        return row not in self.faulty and all(blank(value) for value in self.sheet.rows[row])

    def shown(self, row: int, column: int) -> Value:
        """What a reader sees at a place: the value of the merged range it belongs to."""
        merge = self.owner.get((row, column))
        return self.sheet.at(merge.top, merge.left) if merge else self.sheet.at(row, column)

    def labels(self, row: int) -> list[str]:
        """The texts of a row's filled cells, as labels."""
        return [clean_label(value) for value in self.cells(row).values()]

    def spread(self, row: int) -> set[int]:
        """The columns of a row that are filled or covered by a merged range starting in a filled cell."""
        found: set[int] = set()
        for column in self.cells(row):
            merge = self.owner.get((row, column))
            found |= set(range(merge.left, merge.right + 1)) if merge else {column}
        return found
