"""Rarer real-style 台账: merged rows, pasted texts, old files, odd ones. The words are invented."""

from datetime import date

from zhuoluo.exchange.sheets.ole import clean_container
from zhuoluo.exchange.sheets.tests.books import csv, number, one, record, workbook_stream, xls, xlsx
from zhuoluo.exchange.sheets.tests.ledger import HEADER, Ledger, visit


def merged_rows() -> list[Ledger]:
    areas = [["乡镇", "编号", "诉求"], ["城关镇", "1", "路灯"], [None, "2", "水管"], ["东乡", "3", "欠薪"]]
    several = [
        ["序号", "反映的主要问题", "姓名", "电话"],
        [1, "三户共用的水管漏水", "张三", "13800000000"],
        [None, None, "李四", "13900000000"],
        [None, None, "王五", None],
        [2, "路灯", "赵六", None],
    ]
    return [
        Ledger(
            "area merged over its rows",
            one(areas, ("A2:A3",)),
            (1,),
            (2, 3, 4),
            values={(3, "area"): "城关镇", (4, "area"): "东乡"},
        ),
        Ledger(
            "one matter of several people",
            one(several, ("A2:A4", "B2:B4")),
            (1,),
            (2, 5),
            parts={3: 2, 4: 2},
            extra={
                (2, "第 3 行 姓名"): "李四",
                (2, "第 4 行 姓名"): "王五",
                (2, "第 3 行 电话"): "13900000000",
            },
        ),
        Ledger(
            "one problem, two numbers",
            one([["编号", "诉求", "姓名"], ["1", "水管漏水", "张三"], ["2", None, "李四"]], ("B2:B3",)),
            (1,),
            (2, 3),
            values={(3, "text"): "水管漏水"},
        ),
        Ledger(
            "whole rows merged in twos",
            one([["编号", "诉求"], ["1", "路灯"], [None, None], ["2", "水管"]], ("A2:A3", "B2:B3")),
            (1,),
            (2, 4),
            parts={3: 2},
        ),
        Ledger(
            "cells merged sideways in a row",
            one([HEADER, visit(1, name="张三等三人", address=None)], ("C2:D2",)),
            (1,),
            (2,),
        ),
    ]


def texts() -> list[Ledger]:
    rows = [
        ["编号", "姓名", "诉求", "时间"],
        ["00123", "张三", "路灯,坏了\n一个月", "2020-1-6"],
        ["00124", "李四", "他说“快修”", "2020年1月6日"],
    ]
    good = {
        "header_rows": (1,),
        "good": (2, 3),
        "values": {
            (2, "external_id"): "00123",
            (2, "text"): "路灯,坏了\n一个月",
            (3, "raised_at"): date(2020, 1, 6),
        },
    }
    found = [
        Ledger(f"text {encoding} {delimiter!r}.{ending}", csv(rows, encoding, delimiter), **good)  # type: ignore[arg-type]  # kept together above
        for encoding, delimiter, ending in (
            ("utf-8", ",", "csv"),
            ("utf-8-sig", ",", "csv"),
            ("gbk", ",", "csv"),
            ("gb18030", ";", "csv"),
            ("utf-16", "\t", "txt"),
            ("utf-8", "\t", "tsv"),
            ("utf-16-le", ",", "csv"),
            ("gbk", "\t", "xls"),
        )
    ]
    broken = csv(
        [["编号", "姓名", "诉求"], ["1", "张三", "路灯"], ["2", "某", "水管"], ["3", "王五", "欠薪"]], "gbk"
    ).replace("某".encode("gbk"), b"\xff\xff")
    return [
        *found,
        Ledger("bad bytes.csv", broken, (1,), (2, 4), rejected=("B3",)),
        Ledger(
            "separator named.csv",
            b"sep=;\r\n" + csv([["编号", "诉求"], ["1", "路灯"]], delimiter=";"),
            (2,),
            (3,),
        ),
        Ledger(
            "an open quotation mark.csv",
            '编号,诉求,姓名\r\n1,"路灯不亮,张三\r\n2,"水管,漏水",李四\r\n'.encode(),
            (1,),
            (2, 3),
            noted=("B2",),
            values={(3, "text"): "水管,漏水"},
        ),
        Ledger(
            "numbers as Excel saves them in text.csv",
            '编号,诉求,电话\r\n4.30281E+17,路灯,13800000000\r\n"=""00123""",水管,1.38E+10\r\n00124,欠薪,13900000000\r\n'.encode(
                "gbk"
            ),
            (1,),
            (4,),
            rejected=("A2", "C3"),
        ),
        Ledger(
            "trailing separators.csv",
            "编号,诉求,,,\r\n1,路灯,,,\r\n,,,,\r\n2,水管,,,\r\n,,,,\r\n".encode(),
            (1,),
            (2, 4),
            skipped={3: "blank"},
        ),
    ]


def old() -> list[Ledger]:
    rows: list[list[str | float | None]] = [
        ["编号", "诉求", "时间"],
        [188006.0, "路灯", "2020-1-6"],
        ["00123", "水管" * 9000, 43836.5],
    ]
    dated = workbook_stream(
        ["诉求", "时间", "路灯"],
        (
            "台账",
            record(0x00FD, b"\0\0\0\0\0\0\0\0\0\0")
            + record(0x00FD, b"\0\0\1\0\0\0\1\0\0\0")
            + record(0x00FD, b"\1\0\0\0\0\0\2\0\0\0")
            + number(1, 1, 43836.5, look=1),
        ),
    )
    return [
        Ledger(
            "old workbook.xls",
            xls(rows),
            (1,),
            (2, 3),
            values={
                (2, "external_id"): "188006",
                (3, "external_id"): "00123",
                (2, "raised_at"): date(2020, 1, 6),
            },
        ),
        Ledger("old workbook with a real date.xls", clean_container(dated), (1,), (2,)),
        Ledger(
            "old workbook of 1904.xls",
            xls([["诉求", "时间"], ["路灯", 42374.0], ["水管", 42374.0]], extra=record(0x0022, b"\1\0")),
            (1,),
            (2, 3),
            values={(2, "raised_at"): date(2020, 1, 6)},
        ),
    ]


def odd() -> list[Ledger]:
    second = ["来电时间", "来电人", "来电内容", "承办单位"]
    stacked = [
        ["来访台账"],
        HEADER,
        visit(1),
        [],
        ["来电台账"],
        second,
        ["2020-1-7", "李四", "水管漏水", "水务局"],
    ]
    two = xlsx(("封面", [["某县信访台账"]], ()), ("来访", [HEADER, visit(1), visit(2)], ()))
    return [
        Ledger("two sheets", two, (1,), (2, 3), sheet=1),
        Ledger(
            "attachment list of messages",
            one(
                [
                    ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数"],
                    [
                        188006.0,
                        "A000102948",
                        "A3区路灯",
                        "2019/2/28 11:25:05",
                        "\n\t\t\t路灯不亮\n\t\t\t",
                        0.0,
                        1.0,
                    ],
                ]
            ),
            (1,),
            (2,),
            values={(2, "title"): "A3区路灯", (2, "likes"): 1, (2, "dislikes"): 0, (2, "text"): "路灯不亮"},
        ),
        Ledger(
            "second table below the first", one(stacked, ("A1:H1", "A5:H5")), (2,), (3,), skipped={1: "title"}
        ),
        Ledger(
            "words of headers inside the data",
            one(
                [
                    HEADER,
                    visit(1, problem="环境问题"),
                    ["2", "2020-1-6", "某单位", "某社区", "", "道路问题", "住建部门", "已答复"],
                    visit(3),
                ]
            ),
            (1,),
            (2, 3, 4),
        ),
        Ledger(
            "hotline sheet",
            one(
                [
                    [
                        "工单编号",
                        "来电时间",
                        "来电人",
                        "来电号码",
                        "诉求类型",
                        "诉求内容",
                        "问题发生地",
                        "承办单位",
                        "办结时间",
                        "办理结果",
                        "是否满意",
                    ],
                    [
                        "GD2020010600001",
                        "2020-01-06 08:00:00",
                        "王女士",
                        "13800000000",
                        "投诉",
                        "噪声扰民",
                        "城关镇",
                        "城管局",
                        "2020-01-08 17:30:00",
                        "已解决",
                        "满意",
                    ],
                ]
            ),
            (1,),
            (2,),
            values={
                (2, "klass"): "投诉",
                (2, "area"): "城关镇",
                (2, "unit"): "城管局",
                (2, "outcome"): "已解决",
            },
            extra={(2, "是否满意"): "满意"},
        ),
        Ledger(
            "our own returned copy",
            one([[*HEADER, "导入结果", "原因和改法"], [*visit(1), "未导入", "F2：…"]]),
            (1,),
            (2,),
        ),
    ]
