"""What the fronts rest on: a first response owed and given, a mediator's account, and the column a matter stands in."""

from datetime import timedelta
from typing import Any

import pytest

from tests.county import MONDAY, County
from zhuoluo.clock import BEIJING
from zhuoluo.files import actions as files
from zhuoluo.files.tests.samples import jpeg
from zhuoluo.matters import actions, reads
from zhuoluo.matters.models import Commitment, Matter, Text
from zhuoluo.matters.rules import Refused, column_of
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.rules import SYSTEM, Forbidden, Permission

pytestmark = pytest.mark.django_db
WORDS = "明天上午派人去修，先拉警戒线"


def owe(path: Path, who: str = "clerk", kind: str = "tonight", unit: str = "SQ") -> Matter:
    return actions.owe_response(
        matter_id=path.matter.pk, kind=kind, unit_id=path.unit(unit), right=Permission.TRIAGE, by=path.county.who(who), at=path.at,
        law=path.county.law,
    )  # fmt: skip


def live(path: Path, kind: str) -> Commitment:
    return Commitment.objects.get(matter=path.matter, kind=kind, closed_at__isnull=True)


def standing(path: Path) -> str:
    kept = Matter.objects.get(pk=path.matter.pk).standing
    told = reads.standings(SYSTEM, [path.matter.pk], now=path.at)[path.matter.pk].state
    assert kept == told
    return kept


# --- the first response ---


def test_a_same_night_response_is_owed_until_the_next_morning_and_beside_the_laws_dates(
    county: County,
) -> None:
    path = Path.register(county)
    before = set(Commitment.objects.filter(matter=path.matter).values_list("kind", "due"))
    owe(path)
    due = live(path, "tonight").due.astimezone(BEIJING)
    assert (
        MONDAY.astimezone(BEIJING).date()
        < due.date()
        <= MONDAY.astimezone(BEIJING).date() + timedelta(days=1)
    )
    assert before <= set(Commitment.objects.filter(matter=path.matter).values_list("kind", "due"))


def test_a_firm_is_contacted_within_two_working_days(county: County) -> None:
    path = Path.register(county)
    owe(path, kind="contact", unit="ZJ")
    due = live(path, "contact").due.astimezone(BEIJING) - timedelta(microseconds=1)
    assert due.date() == MONDAY.astimezone(BEIJING).date() + timedelta(days=2)


def test_a_response_is_owed_once_and_of_a_kind_that_is_known(county: County) -> None:
    path = Path.register(county)
    owe(path)
    with pytest.raises(Refused, match="已经有"):
        owe(path)
    for kind in ("answer", "", "whatever"):
        with pytest.raises(Refused):
            owe(path, kind=kind)


def test_the_unit_complained_of_never_owes_the_response(county: County) -> None:
    path = Path.register(county, about_units=(county.units["ZJ"].pk,))
    with pytest.raises(Refused, match="被反映的单位"):
        owe(path, unit="ZJ")
    assert not Commitment.objects.filter(matter=path.matter, kind="tonight").exists()


def test_the_response_says_what_will_be_done_and_cures_nothing(county: County) -> None:
    path = Path.register(county)
    owe(path)
    with pytest.raises(Refused, match="谁去办"):
        path.act("respond", "clerk", kind="tonight", words="好的")
    path.act("respond", "clerk", kind="tonight", words=WORDS)
    assert not Commitment.objects.filter(matter=path.matter, kind="tonight", closed_at__isnull=True).exists()
    assert live(path, "route")
    assert Text.objects.get(matter=path.matter, kind="respond").to_raiser
    assert standing(path) == "new"
    with pytest.raises(Refused, match="没有等着"):
        path.act("respond", "clerk", kind="tonight", words=WORDS)


def test_another_unit_does_not_respond_in_its_place(county: County) -> None:
    path = Path.register(county).routed("ZJ")
    owe(path)
    with pytest.raises(Forbidden):
        path.act("respond", "handler", kind="tonight", words=WORDS)


# --- a mediator's account ---


def test_a_mediators_account_closes_nothing_and_stops_no_date(county: County) -> None:
    path = Path.register(county).handling()
    owed = set(Commitment.objects.filter(matter=path.matter, closed_at__isnull=True).values_list("pk", "due"))
    path.act("tell_mediated", SYSTEM, result="agreed", words="两家在祠堂坐下来谈好了")
    assert owed == set(
        Commitment.objects.filter(matter=path.matter, closed_at__isnull=True).values_list("pk", "due")
    )
    assert standing(path) == "moving"
    with pytest.raises(Refused, match="调解结果"):
        path.act("tell_mediated", SYSTEM, result="won", words="两家在祠堂坐下来谈好了")


def test_nobody_mediates_a_matter_about_themselves(county: County) -> None:
    person = county.users["handler"]
    path = Path.register(county, about_people=(person.pk,))
    assert not actions.may_mediate(path.matter.pk, county.who("handler"))


# --- the column ---


def test_a_matter_is_closed_out_only_with_evidence_answer_the_raisers_word_and_a_second_person(
    county: County,
) -> None:
    path = Path.register(county)
    assert standing(path) == "new"
    path.handling()
    picture = files.keep(data=jpeg(), name="修好.jpg", at=path.at).pk
    path.act("add_evidence", "handler", files=[(picture, "after", "修好以后")])
    path.act("draft", "handler", content=DRAFT)
    path.act("issue", "head", draft_version=1)
    path.act("serve", "handler", method="in_person")
    assert standing(path) == "moving"
    path.act("call_back", "caller", reached=True, solved="yes", satisfaction="satisfied")
    assert standing(path) == "moving"
    path.act("certify", "supervisor", evidence="到现场看过，三盏灯都亮了，住户确认")
    assert standing(path) == "closed"
    path.act("uncertify", "supervisor", reason="再去看，灯又不亮了")
    assert standing(path) == "moving"


@pytest.mark.parametrize(
    ("facts", "how", "column"),
    [
        (set(), {}, "new"),
        ({"registered", "routed"}, {}, "new"),
        ({"accepted"}, {}, "moving"),
        ({"accepted", "partly"}, {}, "stage"),
        ({"served", "resolved"}, {"shown": True}, "moving"),
        ({"served", "resolved"}, {"said": True}, "moving"),
        ({"resolved"}, {"shown": True, "said": True}, "new"),
        ({"served", "resolved", "partly"}, {"shown": True, "said": True}, "closed"),
        ({"served", "resolved"}, {"shown": True, "said": True, "ended": True}, "ended"),
    ],
)
def test_no_step_of_a_close_out_stands_for_another(facts: set[str], how: dict[str, Any], column: str) -> None:
    assert column_of(facts, **{"ended": False, "shown": False, "said": False} | how) == column
