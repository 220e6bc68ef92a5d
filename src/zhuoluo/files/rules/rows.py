"""The cells of a workbook that somebody hands in. The file is opened for real before anything reads it."""

import io

from python_calamine import CalamineError, CalamineWorkbook

from zhuoluo.files.rules.checking import check
from zhuoluo.files.rules.refusals import Refused
from zhuoluo.kit.rows import Cell, Unreadable

LARGEST = 5 * 1024 * 1024


def first_sheet(data: bytes) -> list[list[Cell]]:
    """Return the cells of the first sheet. Raises Unreadable for what is no workbook, or too large."""
    if len(data) > LARGEST:
        raise Unreadable("表太大了，最多 5 MB")
    try:
        checked = check(data)
    except Refused as error:
        raise Unreadable("请上传 Excel 表格（.xlsx）") from error
    if checked.type.extension != ".xlsx":
        raise Unreadable("请上传 Excel 表格（.xlsx）")
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError) as error:
        raise Unreadable("这个表格打不开，请另存为 .xlsx 再试") from error
    return [list(row) for row in rows]
