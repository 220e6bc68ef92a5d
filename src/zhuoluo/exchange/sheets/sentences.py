"""The sentences shown to clerks about sheets: what is wrong and how to mend it, in Chinese and in English."""

from collections.abc import Mapping
from typing import NamedTuple


class Sentence(NamedTuple):
    """The four texts of one code; all are `str.format` patterns over the reason's parameters."""

    zh: str
    en: str
    mend_zh: str
    mend_en: str


_SAVE_AGAIN_ZH = "请用 Excel 或 WPS 打开原文件，另存为“Excel 工作簿 (*.xlsx)”，再上传新文件。"
_SAVE_AGAIN_EN = (
    "Open the original in Excel or WPS, save it as “Excel workbook (*.xlsx)” and upload the new file."
)
_DATE_ZH = "请改成“2020-1-6”或“2020-1-6 12:09:38”这样的写法。"
_DATE_EN = "Write it like “2020-1-6” or “2020-1-6 12:09:38”."
_RETYPE_ZH = "请把这一列设成“文本”格式，再按原始材料重新填写这个号码。"
_RETYPE_EN = "Set the column to the “Text” format and type the number again from the original paper."
_SPLIT_ZH = "请删去表格以外的空行空列，或者把表拆成几个文件分别上传。"
_SPLIT_EN = "Delete the empty rows and columns outside the table, or split the sheet into several files."

SENTENCES: Mapping[str, Sentence] = {
    # The file as a whole
    "file_empty": Sentence(
        "文件是空的，里面没有内容。",
        "The file is empty.",
        "请检查后重新选择文件。",
        "Check and choose the file again.",
    ),
    "file_too_big": Sentence(
        "文件有 {size} MB，超过了 {limit} MB 的上限。",
        "The file is {size} MB; the limit is {limit} MB.",
        "请删去文件里的图片，或者把表拆成几个文件分别上传。",
        "Remove pictures from the file or split it into several files.",
    ),
    "file_truncated": Sentence(
        "文件不完整，可能没有下载完或者复制时中断了。",
        "The file is cut short; a download or copy may have been interrupted.",
        "请重新下载或复制一份完整的文件再上传。",
        "Download or copy the whole file again, then upload it.",
    ),
    "file_damaged": Sentence(
        "文件的“{part}”部分已损坏，读不出来。",
        "Part “{part}” of the file is damaged and cannot be read.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "file_encrypted": Sentence(
        "文件加了打开密码，系统读不了。",
        "The file has a password to open it; it cannot be read.",
        "请在 Excel 或 WPS 里取消打开密码，保存后再上传。",
        "Remove the password in Excel or WPS, save, and upload again.",
    ),
    "file_html": Sentence(
        "这个文件的内容其实是网页，不是表格。",
        "This file is really a web page, not a sheet.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "file_other": Sentence(
        "这个文件的内容是{what}，不是 Excel 表或 CSV 表。",
        "This file is {what}, not an Excel or CSV sheet.",
        "请选择 .xlsx、.xls、.csv 或 .tsv 表格文件。",
        "Choose a sheet: .xlsx, .xls, .csv or .tsv.",
    ),
    "file_archive": Sentence(
        "这是一个压缩包，不是表格。",
        "This is a compressed archive, not a sheet.",
        "请先解压，再上传里面的表格文件。",
        "Unpack it first and upload the sheet inside.",
    ),
    "file_mismatch": Sentence(
        "文件名是“.{ending}”，内容却是普通文字，两者不一致。",
        "The name ends in “.{ending}” but the content is plain text.",
        "如果它是 CSV 表，请把文件名改成 .csv 结尾；否则请重新导出。",
        "If it is a CSV sheet, rename it to end in .csv; otherwise export it again.",
    ),
    "file_binary_kind": Sentence(
        "“{kind}”格式的表格读不了。",
        "Sheets of the kind “{kind}” cannot be read.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    # Traps
    "zip_entries": Sentence(
        "文件里面有 {count} 个部件，超过了 {limit} 个的上限，不像正常的表格。",
        "The file holds {count} parts; the limit is {limit}. This is not an ordinary sheet.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "zip_bomb": Sentence(
        "文件的“{part}”部分解开后大得异常，系统没有打开它。",
        "Part “{part}” unpacks to an abnormal size; the file was not opened.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "zip_nested": Sentence(
        "文件的“{part}”部分里面还藏着压缩包，系统没有打开它。",
        "Part “{part}” hides another archive; the file was not opened.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "zip_path": Sentence(
        "文件里有名字不正常的部件“{part}”，系统没有打开它。",
        "The file has a part with an abnormal name, “{part}”; it was not opened.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "xml_dtd": Sentence(
        "文件的“{part}”部分带有危险的定义（DTD 或实体），系统没有打开它。",
        "Part “{part}” carries dangerous definitions (a DTD or entities); the file was not opened.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "xml_encoding": Sentence(
        "文件的“{part}”部分用了少见的编码 {encoding}。",
        "Part “{part}” uses the unusual encoding {encoding}.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "xml_token": Sentence(
        "文件的“{part}”部分有长得异常的内容，系统没有打开它。",
        "Part “{part}” has an abnormally long piece; the file was not opened.",
        _SAVE_AGAIN_ZH,
        _SAVE_AGAIN_EN,
    ),
    "external_content": Sentence(
        "文件的“{part}”部分要从网络取内容，系统不会去取，也没有打开它。",
        "Part “{part}” wants content from the network; nothing was fetched and the file was not opened.",
        "请在 Excel 或 WPS 里断开外部连接（数据—编辑链接—断开），保存后再上传。",
        "Break the external links in Excel or WPS (Data, Edit links, Break), save, and upload again.",
    ),
    # Size of the sheet
    "sheet_far_cell": Sentence(
        "工作表里单元格 {cell} 有内容，离表格太远（最多 {rows} 行、{columns} 列）。",
        "Cell {cell} holds content far outside the table (at most {rows} rows and {columns} columns).",
        "请删去远处多余的行和列（选中后右键删除），保存后再上传。",
        "Delete the stray rows and columns far away, save, and upload again.",
    ),
    "sheet_too_big": Sentence(
        "表格太大：最多能读 {limit} 个格子。",
        "The sheet is too big: at most {limit} cells can be read.",
        _SPLIT_ZH,
        _SPLIT_EN,
    ),
    "sheet_too_many_rows": Sentence(
        "表格超过了 {limit} 行。", "The sheet has more than {limit} rows.", _SPLIT_ZH, _SPLIT_EN
    ),
    "sheet_too_many_columns": Sentence(
        "第 {row} 行超过了 {limit} 列。",
        "Row {row} has more than {limit} columns.",
        "请检查分隔符（逗号、分号或制表符）是否正确，或删去多余的列。",
        "Check the separator (comma, semicolon or tab) or delete the surplus columns.",
    ),
    "sheet_too_much_text": Sentence(
        "表格里的文字合计超过了 {limit} 个字。",
        "The sheet holds more than {limit} characters.",
        _SPLIT_ZH,
        _SPLIT_EN,
    ),
    "sheet_too_many_sheets": Sentence(
        "文件里有 {count} 张工作表，超过了 {limit} 张。",
        "The file has {count} worksheets; the limit is {limit}.",
        "请拆成几个文件分别上传。",
        "Split it into several files.",
    ),
    "sheet_merges": Sentence(
        "合并的单元格太多，系统没有打开这张表。",
        "Too many merged cells; the sheet was not opened.",
        "请取消表格以外的合并单元格，保存后再上传。",
        "Unmerge cells outside the table, save, and upload again.",
    ),
    "sheet_faults": Sentence(
        "有 {count} 个以上的公式没有存下结果或结果是错误。",
        "More than {count} formulas have no saved result or an error.",
        "请用 Excel 或 WPS 打开，等公式算完，把结果复制、“粘贴为数值”，保存后再上传。",
        "Open it in Excel or WPS, let it calculate, paste the results as values, save, and upload again.",
    ),
    "sheet_missing": Sentence(
        "文件里没有名为“{sheet}”的工作表。",
        "The file has no worksheet “{sheet}”.",
        "请重新选择工作表。",
        "Choose a worksheet again.",
    ),
    # Notes about a file that was read
    "note_macros": Sentence(
        "文件里有宏。系统只读数据，没有也不会运行宏。",
        "The file holds macros. Only the data was read; macros are never run.",
        "不需要处理。",
        "Nothing to do.",
    ),
    "note_links": Sentence(
        "文件里有指向其他文件的链接。系统只用了表里已存的结果。",
        "The file links to other files. Only the saved results were used.",
        "请核对这些格子的内容是否是最新的。",
        "Check that those cells are up to date.",
    ),
    # A cell
    "formula_error": Sentence(
        "这个格子的公式结果是错误“{value}”。",
        "The formula in this cell gives the error “{value}”.",
        "请把格子改成正确的内容。",
        "Replace it with the right content.",
    ),
    "formula_unsaved": Sentence(
        "这个格子是公式，但文件里没有存下它的结果。",
        "This cell is a formula whose result was not saved in the file.",
        "请用 Excel 或 WPS 打开文件并保存一次，或直接填写内容。",
        "Open the file in Excel or WPS and save it once, or type the content.",
    ),
    "bad_bytes": Sentence(
        "这个格子里有读不出的字（字节 {bytes}，按 {encoding} 解读）。",
        "This cell has characters that cannot be read (bytes {bytes}, read as {encoding}).",
        "请按原始材料补上这个字，并把文件另存为 UTF-8 编码的 CSV 或 xlsx。",
        "Type the characters again and save the file as UTF-8 CSV or xlsx.",
    ),
    "lost_character": Sentence(
        "这个格子里有“�”，说明有字在来之前就已经丢失。",
        "This cell has “�”: a character was lost before the file came here.",
        "请按原始材料补上这个字。",
        "Type the character again from the original paper.",
    ),
    "quote_unpaired": Sentence(
        "这个格子以引号开头，但引号没有配对，已按原样读入。",
        "This cell starts with a quotation mark that is never closed; it was read as it stands.",
        "请核对这一行有没有串列。",
        "Check that the row's columns have not shifted.",
    ),
    "number_damaged": Sentence(
        "号码“{value}”超过 15 位，Excel 已经把后面的数字变成了 0 或省略了。",
        "The number “{value}” is longer than 15 digits: Excel has replaced or dropped its last digits.",
        _RETYPE_ZH,
        _RETYPE_EN,
    ),
    "phone_unclear": Sentence(
        "“{value}”不像电话号码，已放在“其他内容”里。",
        "“{value}” does not look like a phone number; it is kept with the other contents.",
        "请核对号码：手机 11 位，座机请带区号。",
        "Check it: a mobile has 11 digits; give the area code of a landline.",
    ),
    "id_number_unclear": Sentence(
        "“{value}”不像身份证号码（18 位）。",
        "“{value}” does not look like an identity number (18 characters).",
        "请核对号码。",
        "Check the number.",
    ),
    "count_unclear": Sentence(
        "“{value}”不是整数。",
        "“{value}” is not a whole number.",
        "请填 0、1、2 这样的整数。",
        "Write a whole number such as 0, 1, 2.",
    ),
    "too_long": Sentence(
        "内容有 {length} 个字，超过了“{field}”最多 {limit} 个字的上限。",
        "The content has {length} characters; “{field}” takes at most {limit}.",
        "请缩短，或把内容移到“详情”一列。",
        "Shorten it, or move it to the column of details.",
    ),
    # A date
    "when_blank": Sentence("没有填日期。", "The date is missing.", _DATE_ZH, _DATE_EN),
    "when_no_year": Sentence("“{value}”没有写年份。", "“{value}” has no year.", _DATE_ZH, _DATE_EN),
    "when_short_year": Sentence(
        "“{value}”的年份只有两位，看不出是哪一年。",
        "The year in “{value}” has only two digits.",
        _DATE_ZH,
        _DATE_EN,
    ),
    "when_no_day": Sentence("“{value}”没有写到日。", "“{value}” does not say the day.", _DATE_ZH, _DATE_EN),
    "when_order": Sentence(
        "“{value}”分不清哪个是月、哪个是日。",
        "In “{value}” month and day cannot be told apart.",
        _DATE_ZH,
        _DATE_EN,
    ),
    "when_many": Sentence(
        "“{value}”里不只一个日期。",
        "“{value}” holds more than one date.",
        "一个格子只写一个日期，例如“2020-1-6”。",
        "Write one date in a cell, for example “2020-1-6”.",
    ),
    "when_only_time": Sentence(
        "“{value}”只有几点几分，没有日期。", "“{value}” is a time of day without a date.", _DATE_ZH, _DATE_EN
    ),
    "when_impossible": Sentence(
        "“{value}”这一天不存在。",
        "There is no such day as “{value}”.",
        "请核对年、月、日。",
        "Check year, month and day.",
    ),
    "when_time_impossible": Sentence(
        "“{value}”里的钟点不存在。",
        "The time in “{value}” does not exist.",
        "请核对时、分、秒。",
        "Check hours, minutes and seconds.",
    ),
    "when_year_range": Sentence(
        "“{value}”的年份不合情理。",
        "The year in “{value}” is not plausible.",
        "请核对年份。",
        "Check the year.",
    ),
    "when_serial": Sentence(
        "数字“{value}”不能当作日期。", "The number “{value}” cannot be read as a date.", _DATE_ZH, _DATE_EN
    ),
    "when_unreadable": Sentence(
        "“{value}”读不成日期。", "“{value}” cannot be read as a date.", _DATE_ZH, _DATE_EN
    ),
    # A row
    "need_text": Sentence(
        "这一行既没有主题也没有详情，不知道反映的是什么。",
        "The row has neither a title nor details: what was raised is unknown.",
        "请填写“主题”或“详情”。",
        "Fill in the title or the details.",
    ),
    "answer_before_raised": Sentence(
        "{later_label}（{later}）早于{earlier_label}（{earlier}）。",
        "{later_label} ({later}) is earlier than {earlier_label} ({earlier}).",
        "请核对两个日期。",
        "Check the two dates.",
    ),
    "map_nothing": Sentence(
        "还没有指定哪一列是“主题”或“详情”。",
        "No column is chosen for the title or the details yet.",
        "请在列的对应关系里选一列。",
        "Choose a column for one of them.",
    ),
    "map_twice": Sentence(
        "“{field}”选了不只一列：{columns}。",
        "“{field}” is given more than one column: {columns}.",
        "每一项只能对应一列，请改掉多余的。",
        "Each item takes one column; change the others.",
    ),
}
