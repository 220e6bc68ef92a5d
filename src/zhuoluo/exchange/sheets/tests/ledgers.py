"""Real-style 台账, made here: each with what must come of it. The words are invented."""

from collections.abc import Sequence
from datetime import date, datetime, time

from zhuoluo.exchange.sheets.tests.books import csv, one
from zhuoluo.exchange.sheets.tests.ledger import HEADER, MERGED_HEADER, MERGES, Ledger, visit
from zhuoluo.exchange.sheets.tests.ledgers_rare import merged_rows, odd, old, texts


def ledgers() -> Sequence[Ledger]:
    """All of them."""
    return [*_headers(), *_rows_that_are_none(), *_values(), *merged_rows(), *texts(), *old(), *odd()]


def _headers() -> list[Ledger]:
    three = [
        ["2020年一季度信访台账"],
        ["序号", "信访人", None, None, "诉求", None, None],
        [None, "基本情况", None, "电话", "时间", "内容", "类别"],
        [None, "姓名", "住址", None, None, None, None],
        [1, "张三", "一村", "13800000000", "2020-1-6", "路灯不亮", "城建"],
    ]
    return [
        Ledger(
            "plain header",
            one([HEADER, visit(1), visit(2)]),
            (1,),
            (2, 3),
            values={(2, "text"): "门前路灯不亮", (2, "raised_at"): date(2020, 1, 6)},
        ),
        Ledger(
            "title, filler line and merged header of two rows",
            one(MERGED_HEADER, MERGES),
            (3, 4),
            (5, 6),
            skipped={1: "title", 2: "title"},
            values={
                (5, "answered_at"): date(2020, 1, 9),
                (6, "answer_text"): "已更换",
                (5, "raiser_name"): "张三",
                (5, "address"): "一村",
            },
        ),
        Ledger(
            "the same without its merges, as text",
            csv([[str(cell or "") for cell in row] + [""] * (8 - len(row)) for row in MERGED_HEADER], "gbk"),
            (3, 4),
            (5, 6),
            skipped={1: "title", 2: "title"},
            values={(5, "answered_at"): date(2020, 1, 9), (6, "answer_text"): "已更换"},
        ),
        Ledger(
            "header of three rows",
            one(three, ("A1:G1", "A2:A4", "B2:D2", "E2:G2", "B3:C3", "D3:D4", "E3:E4", "F3:F4", "G3:G4")),
            (2, 3, 4),
            (5,),
            skipped={1: "title"},
            values={
                (5, "raiser_name"): "张三",
                (5, "phone"): "13800000000",
                (5, "raised_at"): date(2020, 1, 6),
                (5, "text"): "路灯不亮",
            },
        ),
        Ledger(
            "empty rows and columns in front",
            one([[], [], [None, None, *HEADER], [None, None, *visit(1)], [], [None, None, *visit(2)]]),
            (3,),
            (4, 6),
            skipped={5: "blank"},
        ),
        Ledger(
            "gaps and breaks inside labels",
            one(
                [
                    ["序 号", "姓    名", "联系\n电话", "反映的\n主要问题（简要）", "日　期"],
                    [1, "张三", "13800000000", "路灯", "2020-1-6"],
                ]
            ),
            (1,),
            (2,),
            values={
                (2, "raiser_name"): "张三",
                (2, "phone"): "13800000000",
                (2, "text"): "路灯",
                (2, "raised_at"): date(2020, 1, 6),
            },
        ),
        Ledger(
            "full-width labels",
            one([["编号", "＊留言主题", "留言内容（必填）"], ["１", "路灯", "不亮"]]),
            (1,),
            (2,),
            values={(2, "external_id"): "1", (2, "title"): "路灯"},
        ),
        Ledger(
            "no header at all",
            one(
                [
                    ["张三", "13800000000", "2020-1-6", "门前路灯不亮已经一个月了，请有关部门派人来看一看"],
                    ["李四", "13900000000", "2020-1-7", "水管漏水没人管，打了三次电话都没有人来，请尽快处理"],
                ]
            ),
            (),
            (1, 2),
            values={(1, "phone"): "13800000000", (2, "raised_at"): date(2020, 1, 7)},
            extra={(1, "A列"): "张三"},
        ),
        Ledger("only one column", one([["反映的主要问题"], ["路灯不亮"], ["水管漏水"]]), (1,), (2, 3)),
        Ledger("two columns", one([["姓名", "诉求"], ["张三", "路灯不亮"]]), (1,), (2,)),
        Ledger(
            "units and numbers of columns below the header",
            one([HEADER, ["甲", "1", "2", "3", "4", "5", "6", "7"], visit(1)]),
            (1,),
            (3,),
            skipped={2: "numbering"},
        ),
        Ledger(
            "units below the header",
            one(
                [
                    ["编号", "诉求", "涉及人数", "金额"],
                    [None, None, "（人）", "（万元）"],
                    ["1", "欠薪", 12.0, 3.5],
                ]
            ),
            (1,),
            (3,),
            skipped={2: "units"},
            extra={(3, "涉及人数"): "12", (3, "金额"): "3.5"},
        ),
    ]


def _rows_that_are_none() -> list[Ledger]:
    return [
        Ledger(
            "total below",
            one([HEADER, visit(1), visit(2), ["合计", None, None, None, None, "2件"]]),
            (1,),
            (2, 3),
            skipped={4: "total"},
        ),
        Ledger(
            "subtotals between",
            one(
                [
                    HEADER,
                    visit(1),
                    ["小计", None, None, None, None, 1],
                    visit(2),
                    ["总 计：", None, None, None, None, 2],
                ]
            ),
            (1,),
            (2, 4),
            skipped={3: "total", 5: "total"},
        ),
        Ledger(
            "who filled it in",
            one(
                [
                    HEADER,
                    visit(1),
                    [],
                    ["填表人：张某", None, "审核人：李某", None, "填报日期：2020年1月8日"],
                ],
                ("A4:B4",),
            ),
            (1,),
            (2,),
            skipped={3: "blank", 4: "footer"},
        ),
        Ledger(
            "notes below",
            one(
                [HEADER, visit(1), ["注：1.本表每月5日前报送。"], ["说明：责任单位填全称。"]],
                ("A3:H3", "A4:H4"),
            ),
            (1,),
            (2,),
            skipped={3: "footer", 4: "footer"},
        ),
        Ledger(
            "notes below, not merged",
            one([HEADER, visit(1), ["备注：本表每月报送。"], ["第1页 共1页"]]),
            (1,),
            (2,),
            skipped={3: "footer", 4: "footer"},
        ),
        Ledger(
            "header repeated on each printed page",
            one([HEADER, visit(1), HEADER, visit(2)]),
            (1,),
            (2, 4),
            skipped={3: "repeated_header"},
        ),
        Ledger(
            "groups",
            one([HEADER, ["一、城乡建设类"], visit(1), ["二、劳动社保类"], visit(2)], ("A2:H2", "A4:H4")),
            (1,),
            (3, 5),
            skipped={2: "group", 4: "group"},
            extra={(3, "所在分组"): "一、城乡建设类", (5, "所在分组"): "二、劳动社保类"},
        ),
        Ledger(
            "a person whose name starts like a footer",
            one([HEADER, visit(1, problem="附近工地夜间施工"), visit("说明", problem="说明情况：欠薪")]),
            (1,),
            (2, 3),
        ),
        Ledger(
            "the last matter speaks of totals",
            one([["编号", "诉求"], ["1", "合计欠薪三万元"], ["2", "累计上访五次仍未解决"]]),
            (1,),
            (2, 3),
        ),
    ]


def _values() -> list[Ledger]:
    days = [
        "2020/1/6 12:09:38",
        "2020年1月6日 上午9时5分",
        43836.5,
        date(2020, 1, 6),
        datetime(2020, 1, 6, 9, 5),
        "２０２０．１．６",
        20200106.0,
    ]
    return [
        Ledger(
            "dates of every kind",
            one([HEADER, *[visit(n, day) for n, day in enumerate(days)]]),
            (1,),
            tuple(range(2, 9)),
            values={(8, "raised_at"): date(2020, 1, 6)},
        ),
        Ledger(
            "dates that cannot be",
            one(
                [
                    HEADER,
                    visit(1, "2020年2月30日"),
                    visit(2, "1月6日"),
                    visit(3, "无"),
                    visit(4, time(9, 5)),
                    visit(5, "上周五"),
                ]
            ),
            (1,),
            (4,),
            rejected=("B2", "B3", "B5", "B6"),
        ),
        Ledger(
            "numbers kept as numbers",
            one(
                [
                    ["留言编号", "留言主题", "联系电话", "点赞数"],
                    [188006.0, "路灯", 13800000000.0, 3.0],
                    [1.5201e4, "水管", "无", 0.0],
                ]
            ),
            (1,),
            (2, 3),
            values={
                (2, "external_id"): "188006",
                (3, "external_id"): "15201",
                (2, "phone"): "13800000000",
                (2, "likes"): 3,
            },
        ),
        Ledger(
            "numbers that lost their end",
            one(
                [
                    ["信访编号", "诉求", "身份证号"],
                    [4.30281198001012e17, "路灯", "430281198001012345"],
                    ["1", "水管", 4.30281198001012e17],
                    ["2", "欠薪", "４３０２８１１９８００１０１２３４５"],
                ]
            ),
            (1,),
            (4,),
            rejected=("A2", "C3"),
            values={(4, "id_number"): "430281198001012345"},
        ),
        Ledger(
            "long number in a column that is no field",
            one([["诉求", "银行账号"], ["欠薪", 6.2220212345678e18]]),
            (1,),
            (2,),
            noted=("B2",),
        ),
        Ledger(
            "phones of every kind",
            one(
                [
                    HEADER,
                    visit(1, phone="１３８００００００００"),
                    visit(2, phone="+86 138 0000 0000"),
                    visit(3, phone="0731-88888888"),
                    visit(4, phone="1380000000"),
                    visit(5, phone="不详"),
                ]
            ),
            (1,),
            (2, 3, 4, 5, 6),
            noted=("E5",),
            values={(2, "phone"): "13800000000", (3, "phone"): "13800000000", (4, "phone"): "0731-88888888"},
        ),
        Ledger(
            "rows that say nothing",
            one([HEADER, visit(1), visit(2, problem=None), visit(3, problem="　\u200b")]),
            (1,),
            (2,),
            rejected=("F3", "F4"),
        ),
        Ledger(
            "answered before it was raised",
            one(
                [
                    ["编号", "内容", "来信时间", "答复时间"],
                    ["1", "路灯", "2020-1-6", "2020-1-5"],
                    ["2", "水管", "2020-1-6 10:00", "2020-1-6"],
                ]
            ),
            (1,),
            (3,),
            rejected=("D2",),
        ),
        Ledger(
            "formulas",
            one([["编号", "诉求", "姓名"], ["1", "路灯", '=A2&"x"'], ["2", "=A2", "张三"]]),
            (1,),
            (),
            rejected=("C2", "B3"),
        ),
        Ledger(
            "texts that look like formulas",
            one([["编号", "诉求"], ["1", "—路灯"], ["2", "＝欠薪"], ["3", "@所有人"]]),
            (1,),
            (2, 3, 4),
            values={(3, "text"): "＝欠薪"},
        ),
        Ledger(
            "names that GBK cannot hold",
            one([["姓名", "诉求"], ["㛃", "路灯"], ["䶮", "路灯"], ["𠮷", "路灯"], ["张　三", "路灯"]]),
            (1,),
            (2, 3, 4, 5),
            values={
                (2, "raiser_name"): "㛃",
                (3, "raiser_name"): "䶮",
                (4, "raiser_name"): "𠮷",
                (5, "raiser_name"): "张三",
            },
        ),
        Ledger(
            "breaks and tabs inside cells",
            one([["编号", "留言详情"], ["1", "\n\t\t第一行\n\n\n第二行\t\n"]]),
            (1,),
            (2,),
            values={(2, "text"): "第一行\n\n第二行"},
        ),
        Ledger(
            "a lost character",
            one([["编号", "诉求", "姓名"], ["1", "路灯", "张�"]]),
            (1,),
            (2,),
            noted=("C2",),
        ),
    ]
