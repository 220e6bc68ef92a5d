from datetime import date

import pytest

from zhuoluo.clock import Calendar, NoticeError, YearNotice, read_notice_csv

WHOLE_YEAR = """date,kind,name
2026-12-31,holiday,元旦
2027-01-01,holiday,元旦
2026-12-27,workday,
2027-05-01,holiday,劳动节
2027-10-01,holiday,国庆节
2027-10-02,holiday,国庆节
2027-10-03,holiday,国庆节
2027-10-09,workday,国庆节
"""


def sheet(notice: YearNotice) -> str:
    rows = [f"{day},holiday,{name}" for day, name in notice.holidays.items()]
    rows += [f"{day},workday," for day in sorted(notice.workdays)]
    return "\n".join(["date,kind,name", *rows])


def test_a_sheet_is_read_with_its_december_days() -> None:
    notice = read_notice_csv(WHOLE_YEAR)
    assert notice.year == 2027
    assert notice.holidays[date(2026, 12, 31)] == "元旦"
    assert notice.workdays == {date(2026, 12, 27), date(2027, 10, 9)}


@pytest.mark.parametrize("notice", Calendar.shipped().notices, ids=lambda notice: str(notice.year))
def test_every_shipped_year_survives_being_written_and_read_as_a_sheet(notice: YearNotice) -> None:
    read = read_notice_csv(sheet(notice))
    assert (read.year, read.holidays, read.workdays) == (notice.year, notice.holidays, notice.workdays)


def test_chinese_headers_kinds_dates_and_headings_are_understood() -> None:
    text = WHOLE_YEAR.replace("date,kind,name", "日期,类型,名称")
    text = text.replace("holiday", "放假").replace("workday", "上班").replace("2027-10-09", "2027年10月9日")
    text = "\ufeff# 标题: 关于2027年的通知\n# 文号：国办发明电〔2026〕1号\n# 发布日期: 2026/11/4\n\n" + text
    notice = read_notice_csv(text)
    assert (notice.title, notice.document) == ("关于2027年的通知", "国办发明电〔2026〕1号")
    assert notice.published == date(2026, 11, 4)
    assert (notice.holidays, notice.workdays) == (
        read_notice_csv(WHOLE_YEAR).holidays,
        read_notice_csv(WHOLE_YEAR).workdays,
    )


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("date,kind,name", "day,what,why", "第1行：表头应为 date,kind,name"),
        ("2027-05-01", "2027-5月", "第5行：日期“2027-5月”看不懂，请写成"),
        ("2027-05-01", "2027-02-30", "第5行：日历上没有“2027-02-30”这一天"),
        ("2027-05-01", "9027-05-01", "第5行：日期 9027-05-01 超出可计算的年份"),
        ("2027-05-01,holiday", "2027-05-01,休息", "第5行：类型“休息”不认识，请填 holiday"),
        ("2027-05-01,holiday,劳动节", "2027-05-01,holiday,", "第5行：2027-05-01 放假但没有写节日名称"),
        ("2027-05-01,holiday,劳动节", "2027-05-01", "第5行：类型“”不认识"),
        ("2026-12-27,workday", "2026-12-28,workday", "第4行：2026-12-28 是周一，本来就上班"),
        ("2027-10-03", "2027-10-02", "第8行：2027-10-02 重复出现"),
        ("2027-10-09", "2027-10-02", "第9行：2027-10-02 重复出现"),
        ("2027-05-01,holiday,劳动节\n", "", "2027年的安排不完整：缺少劳动节（5月1日）"),
        ("2027-10-09", "2028-10-08", "2028-10-08 不在2027年安排的范围"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(wrong: str, right: str, message: str) -> None:
    assert wrong in WHOLE_YEAR
    with pytest.raises(NoticeError, match=message):
        read_notice_csv(WHOLE_YEAR.replace(wrong, right))


@pytest.mark.parametrize(
    ("text", "message"), [("", "表是空的"), ("date,kind,name\n", "没有放假日期"), ("\n,,\n", "表是空的")]
)
def test_an_empty_sheet_is_refused(text: str, message: str) -> None:
    with pytest.raises(NoticeError, match=message):
        read_notice_csv(text)


def test_a_wrong_issue_date_is_named() -> None:
    with pytest.raises(NoticeError, match="发布日期：日期“昨天”看不懂"):
        read_notice_csv("# 发布日期: 昨天\n" + WHOLE_YEAR)
