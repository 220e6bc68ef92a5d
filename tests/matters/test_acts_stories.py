"""What single acts show, keep and refuse on their pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from zhuoluo.files.models import StoredFile
from zhuoluo.ledger.models import Entry
from zhuoluo.matters.models import Answer, Attachment, Commitment, Extension, Link, Matter, Milestone, Word
from zhuoluo.matters.tasks import index
from zhuoluo.matters.tests.desk import Desk, photo, said, verbs
from zhuoluo.matters.tests.path import DRAFT, Path

pytestmark = pytest.mark.django_db
Steps = Callable[[Path], Any]
Given = Callable[[Path], dict[str, Any]]


def _objected(path: Path) -> None:
    path.routed().act("object_to", "handler", reason="路灯归县交通运输局管，依据是2019年分工文件")


def _waiting(path: Path) -> None:
    path.handling().act("ask_extension", "handler", days=10, reason="材料采购需要时间")


def test_declining_offers_only_the_grounds_of_the_law_with_their_articles(desk: Desk) -> None:
    path = desk.path()
    form = said(desk.open("clerk", path, "decline"))
    assert form.count('name="ground"') == 2
    assert "信访工作条例 第19条" in form
    assert "信访工作条例 第36条" in form
    assert desk.press("clerk", path, "decline", ground="not_ours", reason="不归我们管").status_code == 422


def test_the_last_day_to_object_is_shown_with_its_reason_and_then_the_form_is_closed(desk: Desk) -> None:
    path = desk.after(desk.path().routed())
    form = said(desk.open("handler", path, "object"))
    assert "最迟 2026年3月9日 提出" in form
    assert "周末2天" in form
    desk.stand(path.at + timedelta(days=9))
    assert "期限已过" in said(desk.open("handler", path, "object"))


def test_a_date_for_the_report_and_the_unit_s_date_are_both_kept(desk: Desk) -> None:
    path = desk.path()
    desk.press("clerk", path, "assign", unit="交通运输局", report_by="2026-04-30")
    kinds = set(Commitment.objects.filter(matter=path.matter, closed_at=None).values_list("kind", flat=True))
    assert kinds == {"accept", "report"}


def test_part_of_a_unit_s_name_is_enough_and_several_candidates_become_buttons(desk: Desk) -> None:
    path = desk.path()
    answer = desk.press("clerk", path, "forward", unit="局", note="请查看")
    assert answer.status_code == 422
    assert "请在下面选一个" in said(answer)
    assert said(answer).count('name="unit_pick"') >= 3
    chosen = path.unit("HB")
    assert desk.press("clerk", path, "forward", unit="", unit_pick=str(chosen)).status_code == 302
    assert Matter.objects.get(pk=path.matter.pk).lead_unit_id == chosen


def test_the_whole_list_of_units_can_be_asked_for_without_losing_what_was_typed(desk: Desk) -> None:
    path = desk.path()
    answer = desk.press("clerk", path, "forward", _all="1", note="请尽快查看")
    assert answer.status_code == 200
    assert "请尽快查看" in said(answer)
    for name in ("县交通运输局", "云岭乡", "县委督查室"):
        assert name in said(answer)
    assert verbs(path) == ["register"]


def test_before_merging_both_matters_stand_side_by_side(desk: Desk) -> None:
    path = desk.path()
    other = Path.register(desk.county, at=path.at, text="三组的路灯不亮已经很久了。")
    first = desk.press("clerk", path, "merge", other=other.matter.number.lower().replace("-", ""))
    assert first.status_code == 422
    assert "三组的路灯不亮已经很久了。" in said(first)
    assert path.matter.text in said(first)
    assert verbs(path) == ["register"]
    assert (
        desk.press("clerk", path, "merge", other=other.matter.number, seen=other.matter.number).status_code
        == 302
    )
    assert verbs(path) == ["register", "merge"]


def test_the_other_matter_is_also_found_by_words(desk: Desk) -> None:
    path = desk.path()
    other = Path.register(desk.county, at=path.at, title="水渠堵了", text="三组的水渠堵了半个月，插不上秧。")
    index([path.matter.id, other.matter.id])
    answer = desk.press("clerk", path, "merge", other="水渠堵了")
    assert answer.status_code == 422
    assert f"?other={other.matter.number}" in said(answer)
    assert f"?other={path.matter.number}" not in said(answer)


def test_a_matter_one_may_not_see_cannot_be_merged_into_or_even_found(desk: Desk) -> None:
    path = desk.path()
    far = Path.register(desk.county, at=path.at, area="431281200001", text="云岭村的水管破了。")
    answer = desk.press("clerk", path, "merge", other=far.matter.number)
    assert "没有找到这件事项" in said(answer)
    assert "云岭村的水管破了" not in said(answer)


def test_two_who_save_a_draft_the_second_sees_both_texts_and_can_merge_them(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    assert desk.press("handler", path, "draft", draft_version=0, opinion="十日内修好三盏").status_code == 302
    second = desk.press(
        "handler2", path, "draft", draft_version=0, opinion="二十日内修好七盏", facts="看过现场"
    )
    assert second.status_code == 409
    page = said(second)
    assert "十日内修好三盏" in page
    assert "二十日内修好七盏" in page
    assert 'name="draft_version" value="1"' in page
    assert Answer.objects.get(matter=path.matter).opinion == "十日内修好三盏"
    merged = desk.press(
        "handler2", path, "draft", draft_version=1, opinion="十日内修好三盏，二十日内修好七盏"
    )
    assert merged.status_code == 302
    assert Answer.objects.get(matter=path.matter).version == 2


def test_whoever_comes_late_sees_what_others_did_and_goes_on_with_one_press(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    seen = Matter.objects.get(pk=path.matter.pk).version
    path.act("note", "handler2", text="已经约了村支书")
    late = desk.press("handler", path, "ask_more", version=seen, question="请问是哪几盏灯？")
    assert late.status_code == 409
    assert "刚被别人更新" in said(late)
    assert "已经约了村支书" in said(late)
    assert "请问是哪几盏灯？" in said(late)
    assert f'name="version" value="{seen + 1}"' in said(late)
    assert (
        desk.press("handler", path, "ask_more", version=seen + 1, question="请问是哪几盏灯？").status_code
        == 302
    )


def test_files_of_a_refused_act_are_kept_and_need_not_be_chosen_again(desk: Desk) -> None:
    path = desk.after(desk.path().served())
    refused = desk.press("handler", path, "execute", account="好了", after=photo())
    assert refused.status_code == 409
    assert "1 份材料已经收到" in said(refused)
    kept = said(refused).split('name="kept" value="')[1].split('"')[0]
    assert desk.press("handler", path, "execute", account="三盏路灯已经修好", kept=kept).status_code == 302
    assert Attachment.objects.filter(matter=path.matter, role="after").count() == 1


def test_files_of_somebody_who_may_not_do_the_act_are_not_kept(desk: Desk) -> None:
    path = desk.after(desk.path().served())
    before = StoredFile.objects.count()
    refused = desk.press("leader", path, "execute", account="三盏路灯已经修好", after=photo())
    assert refused.status_code == 403
    assert "三盏路灯已经修好" in said(refused)
    assert StoredFile.objects.count() == before


def test_nobody_can_attach_a_file_that_somebody_else_kept(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    refused = desk.press("handler", path, "add_evidence", version=1, after=photo())
    kept = said(refused).split('name="kept" value="')[1].split('"')[0]
    answer = desk.press("handler2", path, "add_evidence", kept=kept)
    assert "请选择要添加的材料" in said(answer)
    assert not Attachment.objects.filter(matter=path.matter).exists()


def test_a_file_that_is_no_photo_is_refused_by_name_and_the_words_stay(desk: Desk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    path = desk.after(desk.path().handling())
    bad = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    answer = desk.press("handler", path, "add_evidence", after=bad, note="修好以后拍的")
    assert answer.status_code == 409
    assert "修好以后拍的" in said(answer)
    assert verbs(path)[-1] == "take"


def test_evidence_keeps_role_and_caption(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    desk.press(
        "handler", path, "add_evidence", before=photo("b.jpg"), before_caption="修之前", to_raiser="on"
    )
    row = Attachment.objects.get(matter=path.matter)
    assert (row.role, row.caption, row.to_raiser) == ("before", "修之前", True)


def test_the_head_reads_the_whole_letter_before_issuing_it(desk: Desk) -> None:
    path = desk.after(desk.path().handling())
    path.act("draft", "handler", content=DRAFT)
    page = said(desk.open("head", desk.after(path), "issue"))
    for words in (DRAFT.request, DRAFT.facts, DRAFT.opinion, DRAFT.basis, "30 日内", "信访事项处理意见书"):
        assert words in page


def test_an_incomplete_draft_is_not_issued(desk: Desk) -> None:
    path = desk.path().handling()
    path.act("draft", "handler", content=DRAFT.__class__(outcome="supported", opinion="十日内修复"))
    answer = desk.press("head", desk.after(path), "issue", draft_version=1)
    assert answer.status_code == 409
    assert "处理意见书缺少" in said(answer)


def test_service_in_the_minute_of_the_signature_is_not_before_it(desk: Desk) -> None:
    path = desk.path().answered()
    issued = path.at + timedelta(seconds=0)
    Answer.objects.filter(matter=path.matter).update(issued_at=issued + timedelta(seconds=40))
    desk.after(path)
    local = (issued + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")
    assert desk.press("handler", path, "serve", method="in_person", served_at=local).status_code == 302


def test_the_third_call_that_reaches_nobody_ends_the_duty_as_not_reached(desk: Desk) -> None:
    path = desk.after(desk.path().served())
    for tries in range(3):
        assert f"{tries} 次没有联系上" in said(desk.open("caller", path, "call_back")) or tries == 0
        desk.press("caller", path, "call_back", reached="no")
    assert Commitment.objects.get(matter=path.matter, kind="callback").closing == "not_reached"
    assert Word.objects.filter(matter=path.matter, satisfaction="not_reached").count() == 3
    assert not Milestone.objects.filter(matter=path.matter, kind="rated").exists()


def test_the_raiser_s_own_words_are_kept_as_recorded(desk: Desk) -> None:
    path = desk.after(desk.path().served())
    desk.press(
        "caller", path, "call_back", reached="yes", solved="partly", satisfaction="fairly", note="只修了两盏"
    )
    word = Word.objects.get(matter=path.matter)
    assert (word.solved, word.satisfaction, word.note, word.source) == (
        "partly",
        "fairly",
        "只修了两盏",
        "callback",
    )


@pytest.mark.parametrize("who", ["handler", "handler2", "head"])
@pytest.mark.parametrize("name", ["call_back", "certify", "reopen", "keep_answer"])
def test_nobody_of_the_handling_unit_speaks_for_the_raiser_or_certifies(
    desk: Desk, who: str, name: str
) -> None:
    path = desk.after(desk.path().served())
    assert desk.open(who, path, name).status_code == 403
    given = {
        "reached": "yes",
        "solved": "yes",
        "satisfaction": "satisfied",
        "evidence": "到现场看过，三盏灯都亮",
        "reason": "到现场看过，答复属实没问题",
    }
    assert desk.press(who, path, name, **given).status_code == 403
    assert verbs(path)[-1] == "serve"


def test_the_caller_does_not_certify_what_they_called_about(desk: Desk) -> None:
    path = desk.after(desk.path().served())
    desk.press("caller", path, "call_back", reached="yes", solved="yes", satisfaction="satisfied")
    answer = desk.press("caller", path, "certify", evidence="到现场看过，三盏灯都亮")
    assert answer.status_code == 409
    assert "不能回访、评价或者认定化解自己办理的事项" in said(answer)


def test_the_ruling_goes_to_the_sender_only(desk: Desk) -> None:
    path = desk.path()
    _objected(path)
    desk.after(path)
    assert desk.press("head", path, "rule", uphold="yes", ruling="我们同意我们自己").status_code in {403, 409}
    assert verbs(path)[-1] == "object"


def test_an_extension_is_granted_by_the_head_not_by_whoever_asked(desk: Desk) -> None:
    path = desk.path()
    _waiting(path)
    desk.after(path)
    assert desk.press("handler", path, "decide_extension", grant="yes").status_code == 403
    assert desk.press("head", path, "decide_extension", grant="yes", remark="同意").status_code == 302
    assert Extension.objects.get(matter=path.matter).granted is True


def test_a_new_code_is_shown_once_and_the_old_one_opens_nothing(desk: Desk) -> None:
    from zhuoluo.matters import actions, reads

    path = desk.path()
    old = actions.code_of(path.matter)
    answer = desk.press("clerk", path, "new_code", reason="本人到窗口说丢了")
    new = actions.code_of(Matter.objects.get(pk=path.matter.pk))
    assert new in said(answer)
    assert "no-store" in answer["Cache-Control"]
    assert reads.find(path.matter.number, old) is None
    assert reads.find(path.matter.number, new) is not None
    assert new not in said(desk.page("clerk", path))


def test_after_an_act_one_goes_back_to_the_list_one_came_from_but_never_to_a_stranger(desk: Desk) -> None:
    path = desk.path()
    form = said(desk.open("clerk", path, "note", "?next=/desk/inbox/"))
    assert 'name="next" value="/desk/inbox/"' in form
    assert desk.press("clerk", path, "note", text="看过了", next="/desk/inbox/")["Location"] == "/desk/inbox/"
    there = desk.press("clerk", path, "note", text="看过了", next="https://elsewhere.example/")["Location"]
    assert there.startswith("/desk/m/")


def test_correcting_keeps_the_text_and_names_only_what_changed(desk: Desk) -> None:
    path = desk.path()
    data = {"title": "路灯不亮", "klass": "claim", "area": "431281101001", "place": "", "text": "改了原话"}
    assert desk.press("clerk", path, "correct", **data).status_code == 302
    assert Matter.objects.get(pk=path.matter.pk).text == path.matter.text
    assert Entry.objects.filter(subject_id=path.matter.id).last().payload["changed"] == ["title"]  # type: ignore[union-attr]  # it exists


def test_a_link_shows_on_both_matters(desk: Desk) -> None:
    path = desk.path()
    other = Path.register(desk.county, at=path.at)
    number = other.matter.number
    assert desk.press("clerk", path, "link", other=number, seen=number, kind="earlier").status_code == 302
    assert Link.objects.get().kind == "earlier"
    assert number in said(desk.page("clerk", path))
    assert path.matter.number in said(desk.page("clerk", other))


def test_an_act_opens_as_a_panel_for_htmx_and_as_a_page_without(desk: Desk) -> None:
    path = desk.path()
    panel = said(desk.open("clerk", path, "accept", headers={"HX-Request": "true"}))
    assert "<html" not in panel
    assert "act--panel" in panel
    assert "<html" in said(desk.open("clerk", path, "accept"))


def test_an_act_that_is_not_in_the_table_is_not_there(desk: Desk) -> None:
    path = desk.path()
    assert desk.open("clerk", path, "withdraw").status_code == 404
    assert desk.open("clerk", path, "anything").status_code == 404
