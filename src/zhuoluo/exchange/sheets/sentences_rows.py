"""What can keep a readable row from becoming a matter, or is worth a look: the sentences, as in `sentences.py`."""

from collections.abc import Mapping

from zhuoluo.exchange.sheets.sentences import Sentence

_LOOK_ZH = "请核对这一格，改好后重新导入这一行。"
_LOOK_EN = "Check this cell, correct it and import the row again."

ROW_SENTENCES: Mapping[str, Sentence] = {
    # Blocking
    "when_future": Sentence(
        "“{value}”还没有到。", "“{value}” has not come yet.", "请核对年月日。", "Check year, month and day."
    ),
    "when_before_rules": Sentence(
        "“{value}”早于 {day}，那时的期限规定系统里没有。",
        "“{value}” is before {day}; the terms of that time are not in the system.",
        "请在网页上单独登记这件事。",
        "Please register this matter on its own page.",
    ),
    "answered_without_text": Sentence(
        "有答复时间，没有答复内容。",
        "The time of an answer is given, but no answer.",
        "请补上答复内容，或者清空答复时间。",
        "Add the answer, or clear its time.",
    ),
    "answered_without_raised": Sentence(
        "有答复，没有反映时间。",
        "There is an answer, but not when the matter was raised.",
        "请补上反映时间。",
        "Add when it was raised.",
    ),
    "class_without_answer": Sentence(
        "涉法涉诉事项不能按“已答复”导入。",
        "Matters for the courts cannot come in as answered.",
        "请清空答复和答复时间，导入后告知途径。",
        "Clear the answer and its time; tell the lawful way after the import.",
    ),
    "class_sealed": Sentence(
        "“{value}”是检举控告，不进台账，这一行没有导入。",
        "“{value}” is an accusation: it never comes in by a sheet, and this row was not taken.",
        "请在“登记一件”里点“代交检举控告”单独交给有权机关，再把这一行从台账里删掉。",
        "Hand it in by itself (“Register one”, “Hand in an accusation”), then delete this row from the sheet.",
    ),
    "known_differs": Sentence(
        "编号“{id}”以前导入过，这一行的内容和那时不同。",
        "Number “{id}” was imported before, with other contents than this row.",
        "是同一件事的，请在那件事项上补充；是另一件事的，请改编号或者改来源。",
        "For the same matter, add to that one; for another, change the number or the source.",
    ),
    "same_number": Sentence(
        "第 {first} 行和第 {second} 行编号都是“{id}”，内容不同。",
        "Rows {first} and {second} both have the number “{id}” but other contents.",
        "请核对编号，改好后重新导入这一行。",
        "Check the number, correct it and import this row again.",
    ),
    "row_refused": Sentence("{why}。", "{why}.", _LOOK_ZH, _LOOK_EN),
    "row_unsaved": Sentence(
        "这一行没能保存（{kind}）。",
        "This row could not be saved ({kind}).",
        "请把这一行发给系统管理员。",
        "Please send this row to the system administrator.",
    ),
    # Worth a look; the row comes in
    "answer_without_day": Sentence(
        "没有答复时间，答复内容只作为备注保留，按未答复登记。",
        "The answer has no time: it is kept as a note, the matter counts as unanswered.",
        "已经答复的，请补上答复时间再导入。",
        "If it was answered, add the time and import again.",
    ),
    "raised_unknown": Sentence(
        "没有反映时间，按导入的时间登记。",
        "When it was raised is not given; registered at the time of the import.",
        "知道时间的，请补上再导入。",
        "Add the time if it is known, and import again.",
    ),
    "area_unknown": Sentence(
        "“{value}”对应不上区划，文字写进具体地点。",
        "“{value}” is no area here; the words are kept as the place.",
        "需要时请在事项上更正地点。",
        "Correct the place on the matter if needed.",
    ),
    "unit_unknown": Sentence(
        "“{value}”对应不上单位，文字写进备注。",
        "“{value}” is no unit here; the words are kept as a note.",
        "请写单位的全称或者简称。",
        "Write the full or the short name of the unit.",
    ),
    "class_unknown": Sentence(
        "“{value}”对应不上类别，按“{used}”登记，文字写进备注。",
        "“{value}” is no class here; registered as “{used_en}”, the words are kept as a note.",
        "需要时请在事项上更正类别。",
        "Correct the class on the matter if needed.",
    ),
    "channel_unknown": Sentence(
        "“{value}”对应不上来源，按“{used}”登记，文字写进备注。",
        "“{value}” is no channel here; registered as “{used_en}”, the words are kept as a note.",
        "不用改。",
        "Nothing needs to be done.",
    ),
    # The upload itself
    "file_gone": Sentence(
        "上传的文件已经不在了，到期的会自动清除。",
        "The uploaded file is gone; files are deleted when their time is over.",
        "请重新上传。",
        "Please upload it again.",
    ),
    # A classification tree
    "tree_row": Sentence(
        "第 {row} 行缺少上级分类，或者名称超过 60 个字。",
        "Row {row} lacks a category above it, or a name is longer than 60 characters.",
        "请从第一列起依次写一级、二级、三级分类。",
        "Write the levels from the first column on.",
    ),
    "tree_full": Sentence(
        "同一个分类下面超过了 {limit} 类。",
        "There are more than {limit} categories under one.",
        "请分成几类再导入。",
        "Divide them and import again.",
    ),
}
