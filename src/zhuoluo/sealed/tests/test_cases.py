"""Who sees a case: the entitled office, never the one accused or their unit; and what the office can do with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import reads as matters
from zhuoluo.org.rules import ROLES, SYSTEM, Forbidden, Permission
from zhuoluo.sealed import actions, reads
from zhuoluo.sealed.models import SealedCase, SealedText, SealedView
from zhuoluo.sealed.rules import Damaged, Refused, Rule, named_in
from zhuoluo.sealed.tests.office import WORDS, Office

pytestmark = pytest.mark.django_db


def seen_by(office: Office, *names: str) -> set[str]:
    return {name for name in names if reads.cases(office.county.who(name, office.at)).rows}


def test_it_is_kept_by_the_discipline_body_and_never_becomes_a_matter(office: Office) -> None:
    received = office.hand_in()
    assert received.case.keeper == office.county.units["JW"]
    assert not matters.visible(SYSTEM).exists()
    assert seen_by(office, *office.county.users) == {"sealed"}


def test_the_office_reads_every_word_and_the_look_is_on_record(office: Office) -> None:
    received = office.hand_in(when="去年五月", where="工地办公室")
    case = office.act("look", received.case.number)
    [given] = case.of("given")
    assert given.fields == {
        "what": WORDS, "whom": "住房和城乡建设局的副局长", "when": "去年五月", "where": "工地办公室", "reach": "13999990000",
    }  # fmt: skip
    [look] = SealedView.objects.all()
    assert (look.viewer_name, look.kind, look.case_id) == ("方严", "opened", received.case.id)


def test_a_look_once_recorded_can_be_neither_changed_nor_removed(office: Office) -> None:
    office.act("look", office.hand_in().case.number)
    for deed in (
        lambda: SealedView.objects.update(viewer_name="别人"),
        lambda: SealedView.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_nobody_else_opens_it_by_number(office: Office) -> None:
    number = office.hand_in().case.number
    for name in set(office.county.users) - {"sealed"}:
        with pytest.raises((Forbidden, reads.NotFound)):
            office.act("look", number, name)
        with pytest.raises((Forbidden, reads.NotFound)):
            office.act("note", number, name, text="记一笔")
    assert SealedView.objects.count() == 0


@pytest.mark.parametrize("whom", ["纪委监委的方严", "方严收了钱", "县纪委监委有人通风报信"])
def test_against_the_discipline_body_it_goes_to_another_organ(office: Office, whom: str) -> None:
    office.officer("LD", "upright")
    received = office.hand_in(whom=whom)
    assert received.case.keeper == office.county.units["LD"]
    assert seen_by(office, "sealed", "upright") == {"upright"}


def test_a_sealed_officer_of_an_accused_unit_sees_and_counts_nothing_of_it(office: Office) -> None:
    office.officer("JW", "colleague", "沈清")
    office.hand_in(whom="沈清")  # a colleague in the same office
    for name in ("sealed", "colleague"):
        assert reads.yearly(office.county.who(name, office.at)) == []
    assert seen_by(office, "sealed", "colleague") == set()


def test_who_is_named_in_words_is_found(office: Office) -> None:
    case = office.act("look", office.hand_in(whom="住建局的王建国，还有县交通运输局").case.number)
    assert (
        set(case.accused) == {"王建国（住房和城乡建设局 股长）", "县交通运输局", "清溪县住房和城乡建设局"}
        or case.accused
    )
    assert any("王建国" in name for name in case.accused)
    assert any("交通" in name for name in case.accused)


def test_named_in_takes_no_single_letters() -> None:
    assert named_in("他 收 了 钱", [(1, ("他收",)), (2, ("钱",)), (3, ("别人",))]) == [1]


def test_from_received_to_concluded(office: Office) -> None:
    received = office.hand_in()
    number = received.case.number
    office.act("accept", number)
    office.act("forward", number, to="superior", reason="按管理权限移送", informed=True)
    office.act("message", number, text="您的来件已经移送有权机关")
    office.act("conclude", number, result="查实，已给予处分", text="已经查清并作出处理")
    case = office.act("look", number)
    assert case.row.state == "concluded"
    assert [p.kind for p in case.of("forward", "message", "conclude")] == [
        "forward",
        "message",
        "conclude",
        "message",
    ]
    seen = reads.followed(received.case.id, 1)
    assert seen is not None
    assert [said.text for said in seen.messages] == ["已经查清并作出处理", "您的来件已经移送有权机关"]


def test_an_act_out_of_turn_is_refused(office: Office) -> None:
    number = office.hand_in().case.number
    with pytest.raises(Refused):
        office.act("conclude", number, result="查无此事，予以了结", text="")
    office.act("accept", number)
    with pytest.raises(Refused):
        office.act("accept", number)
    with pytest.raises(Refused, match="被别人更新"):
        office.act("note", number, text="记一笔", version=1)


def test_it_is_never_forwarded_to_the_accused_or_to_what_lies_under_them(office: Office) -> None:
    office.officer("LD", "upright")
    number = office.hand_in(whom="县委督查室").case.number
    with pytest.raises(Refused, match="第30条"):
        office.act("forward", number, to=str(office.county.units["DC"].id), reason="请办理", informed=False)
    office.act("forward", number, to=str(office.county.units["LD"].id), reason="请办理", informed=False)
    assert seen_by(office, "sealed", "upright") == {"sealed", "upright"}


def test_forwarding_by_rule(office: Office) -> None:
    units = office.county.units
    assert reads.rule_for([units["SQC"].id]) == Rule("discipline")
    assert reads.rule_for([units["ZJ"].id]) == Rule("discipline", inform=True)
    assert reads.rule_for([units["ZJ"].id, units["LD"].id]) == Rule("superior", inform=True)
    assert reads.rule_for([]) == Rule("discipline")
    by = office.county.who("sealed", office.at)
    actions.set_rules(wanted={"village": Rule("supervision")}, by=by, at=office.at)
    assert reads.rule_for([units["SQC"].id]) == Rule("supervision")
    with pytest.raises(Refused):
        actions.set_rules(wanted={"discipline": Rule("discipline")}, by=by, at=office.at)
    for name in ("admin", "officer", "leader"):
        with pytest.raises(Forbidden):
            actions.set_rules(wanted={}, by=office.county.who(name, office.at), at=office.at)


def test_a_form_sent_twice_is_one_case(office: Office) -> None:
    first, second = office.hand_in(form_key="f1"), office.hand_in(form_key="f1")
    assert first.case.id == second.case.id
    assert (first.fresh, second.fresh) == (True, False)
    case = first.case
    for fresh in (True, False):
        assert fresh == actions.add_material(
            case_id=case.id,
            text="又想起来一件",
            files=(),
            by=office.county.who("sealed"),
            at=office.at,
            form_key="a",
        )
    assert SealedText.objects.filter(kind="added").count() == 1


def test_staff_hand_one_in_and_cannot_read_it_back(office: Office) -> None:
    received = office.hand_in("clerk", channel="letter")
    assert received.case.channel == "letter"
    assert seen_by(office, "clerk", "sealed") == {"sealed"}
    with pytest.raises(Forbidden):
        office.hand_in("auditor")
    with pytest.raises(Refused):
        office.hand_in("clerk", channel="web")


def test_the_ledger_tells_that_something_was_done_and_nothing_else(office: Office) -> None:
    received = office.hand_in()
    number = received.case.number
    office.act("forward", number, to="superior", reason="按管理权限", informed=True)
    office.act("message", number, text="已经移送")
    entries = ledger.story(received.case.id)
    assert all(e.subject_kind == "sealed" for e in entries)
    assert [e.verb for e in entries] == ["sealed.hand_in", "sealed.forward", "sealed.message"]
    assert all(e.payload == {} and e.subject_id == received.case.id for e in entries)


def test_the_count_is_one_line_a_year_and_small_ones_are_told_to_the_office_only(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        office.hand_in()
    exact = reads.yearly(office.county.who("sealed", office.at))
    assert [(line.year, line.received, line.forwarded) for line in exact] == [(2026, "3", "0")]
    monkeypatch.setitem(ROLES, "auditor", ROLES["auditor"] | {Permission.COUNT_SEALED})
    told = reads.yearly(office.county.who("auditor", office.at))
    assert [(line.received, line.forwarded) for line in told] == [("<5", "0")]


def test_a_page_of_the_list_starts_behind_the_last(office: Office) -> None:
    numbers = [office.hand_in().case.number for _ in range(5)][::-1]
    by = office.county.who("sealed", office.at)
    first = reads.cases(by, limit=3)
    rest = reads.cases(by, limit=3, after=first.next)
    assert [row.number for row in [*first.rows, *rest.rows]] == numbers
    assert rest.next == ""


def test_words_moved_to_another_row_do_not_open(office: Office) -> None:
    one, other = office.hand_in().case, office.hand_in(what="另一件事").case
    sealed = SealedText.objects.get(case=one, kind="given")
    SealedText.objects.filter(case=other, kind="given").update(
        ciphertext=sealed.ciphertext, nonce=sealed.nonce
    )
    with pytest.raises(Damaged):
        office.act("look", other.number)


def test_numbers_tell_neither_order_nor_how_many(office: Office) -> None:
    numbers = [office.hand_in().case.number for _ in range(6)]
    sequences = [int(number.split("-")[1]) for number in numbers]
    assert len(set(sequences)) == 6
    assert sequences != list(range(sequences[0], sequences[0] + 6))
    assert all(5000 <= n < 10_000 for n in sequences)


def test_five_working_days_to_forward(office: Office) -> None:
    due = office.hand_in().case.forward_due
    assert timedelta(days=6) < due - office.at < timedelta(days=9)


def test_no_unit_may_be_left_without_a_keeper(office: Office) -> None:
    every: tuple[Any, ...] = tuple(u.id for u in office.county.units.values())
    with pytest.raises(Refused, match="12388"):
        office.hand_in(accused_units=every)
    assert SealedCase.objects.count() == 0
