"""Taking a register in: every row accounted for, nothing twice, nothing half, nothing lost to a killed worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from tests.county import County
from zhuoluo.exchange.models import ImportRow, ImportRun
from zhuoluo.exchange.sheets import actions, reads, shelf, taking, tasks
from zhuoluo.exchange.sheets.tests.registers import (
    NOW,
    book,
    checked,
    imported,
    row,
    started,
    states,
    worked_off,
)  # fmt: skip
from zhuoluo.ledger import reads as ledger
from zhuoluo.matters import reads as matters
from zhuoluo.matters.rules import Refused
from zhuoluo.org.rules import SYSTEM, Forbidden

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a worker sees last."""


def count(county: County) -> int:
    return matters.visible(SYSTEM).count()


@pytest.fixture
def killed_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Kill the worker inside a given batch, after its matters were written and before the batch is over."""

    def arm(batch: int) -> None:
        real, seen = taking._count, [0]

        def counting(*given: Any) -> None:
            seen[0] += 1
            if seen[0] == batch:
                raise Killed
            real(*given)

        monkeypatch.setattr(taking, "_count", counting)

    return arm


@pytest.mark.parametrize("batch", [1, 2, 3, 5])
def test_a_worker_killed_in_any_batch_goes_on_where_it_stopped(
    county: County, killed_at: Any, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(taking, "BATCH", 5)
    run = started(county, book([row(n) for n in range(1, 24)]))
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "take_batch", lambda **given: taking.take_batch(**given, limit=5))
        killed_at(batch)
        with pytest.raises(Killed):
            worked_off(run)
        assert count(county) == (batch - 1) * 5
        assert sorted(states(run).values()).count("in") == (batch - 1) * 5
    monkeypatch.undo()
    tasks._read.clear()
    done = worked_off(run)
    assert (done.state, done.taken, done.ready, count(county)) == ("done", 23, 0, 23)
    assert len({m.external_id for m in matters.visible(SYSTEM)}) == 23


def test_all_or_nothing_leaves_nothing_when_the_last_row_fails(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(county, book([row(n) for n in range(1, 12)]), mode="all")
    real, before = taking.import_histories, ledger.last()

    def failing(**given: Any) -> Any:
        if given["histories"][-1].filing.external_id == "11":
            raise Refused("最后一行不行")
        return real(**given)

    monkeypatch.setattr(taking, "BATCH", 5)
    monkeypatch.setattr(taking, "import_histories", failing)
    done = worked_off(run)
    assert (done.state, done.why, done.ready, done.taken) == ("failed", "最后一行不行", 11, 0)
    assert count(county) == 0
    assert set(states(run).values()) == {"ready"}
    verbs = [entry.verb for entry in ledger.after(before, now=NOW + timedelta(hours=2))]
    assert verbs == ["sheets.fail"]


def test_all_or_nothing_takes_everything_in_one_go_and_says_how_far_it_is(county: County) -> None:
    done = imported(county, book([row(n) for n in range(1, 8)]), mode="all")
    assert (done.state, done.taken, count(county), shelf.marked(done.id)) == ("done", 7, 7, 7)


def test_a_killed_all_or_nothing_starts_again_from_nothing(
    county: County, killed_at: Any, monkeypatch: Any
) -> None:
    run = started(county, book([row(n) for n in range(1, 8)]), mode="all")
    with monkeypatch.context():
        killed_at(1)
        with pytest.raises(Killed):
            worked_off(run)
    monkeypatch.undo()
    assert count(county) == 0
    assert worked_off(run).taken == 7


def test_all_or_nothing_does_not_start_while_a_row_is_wrong(county: County) -> None:
    run = checked(county, book([row(1), row(2, raised="2019年13月1日")]))
    with pytest.raises(Refused, match="没有一行被导入"):
        actions.start(run_id=run.id, mode="all", by=county.who("clerk"), at=NOW)
    assert count(county) == 0


def test_a_rejected_cell_is_named_with_its_reason_and_the_good_rows_come_in(county: County) -> None:
    done = imported(county, book([row(1), row(2, raised="2019年2月30日"), row(3)]))
    assert (done.taken, done.rejected) == (2, 1)
    [wrong] = reads.rows(done, "rejected").rows
    problem = reads.problem_from(wrong.problems[0])
    assert (wrong.number, problem.cell, problem.column, problem.blocking) == (3, "F3", "反映时间", True)
    assert "2019年2月30日" in problem.reason.sentence()


def test_importing_the_same_file_again_changes_nothing(county: County) -> None:
    data = book([row(n, answer="已修好。", on="2019/5/1") for n in range(1, 6)])
    imported(county, data)
    entries = ledger.last()
    again = checked(county, data)
    assert (again.state, again.known, again.ready, again.taken) == ("done", 5, 0, 0)
    assert count(county) == 5
    subjects = {m.id for m in matters.visible(SYSTEM)}
    assert not [e for e in ledger.after(entries, now=NOW + timedelta(hours=2)) if e.subject_id in subjects]


def test_a_longer_register_brings_in_only_what_is_new(county: County) -> None:
    imported(county, book([row(1), row(2)]))
    done = imported(county, book([row(1), row(2), row(3), row(4)]))
    assert (done.taken, done.known, count(county)) == (2, 2, 4)


def test_a_row_that_changed_since_is_rejected_not_overwritten(county: County) -> None:
    imported(county, book([row(1, text="第一件，路灯不亮了。")]))
    run = checked(county, book([row(1, text="第一件，换了一种说法。")]))
    assert (run.known, run.rejected) == (0, 1)
    problem = reads.problem_from(reads.rows(run, "rejected").rows[0].problems[0])
    assert problem.reason.code == "known_differs"


def test_the_same_number_under_another_source_is_another_matter(county: County) -> None:
    imported(county, book([row(1)]), origin="石桥镇台账")
    done = imported(county, book([row(1, text="另一个镇的第一件事。")]), origin="城关镇台账")
    assert (done.taken, count(county)) == (1, 2)


def test_rows_without_numbers_are_known_again_by_what_they_say(county: County) -> None:
    data = book([row("")[0:] for _ in range(1)] + [row("", text="另外一件，井盖丢了。")])
    assert imported(county, data).taken == 2
    again = checked(county, data)
    assert (again.known, again.ready) == (2, 0)


def test_two_people_with_the_same_copied_words_are_two_matters(county: County) -> None:
    first = row("", text="修路占了我家的地，一直没有补偿。")
    second = (first[0], "李四", *first[2:])
    assert imported(county, book([first, second])).taken == 2


def test_a_repeated_row_comes_in_once(county: County) -> None:
    done = imported(county, book([row(1), row(1), row(2)]))
    assert (done.taken, done.known, states(done)) == (2, 1, {2: "in", 3: "already", 4: "in"})


def test_one_number_with_two_contents_names_both_rows(county: County) -> None:
    done = imported(
        county, book([row(7, text="路灯坏了，请修。"), row(8), row(7, text="完全是另外一件事。")])
    )
    assert states(done) == {2: "in", 3: "in", 4: "rejected"}
    problem = reads.problem_from(reads.rows(done, "rejected").rows[0].problems[0])
    assert problem.reason.sentence() == "第 2 行和第 4 行编号都是“7”，内容不同。"
    assert problem.cell == "A4"


def test_every_row_of_the_table_is_counted_once(county: County) -> None:
    rows = [row(1), row(1), row(2, raised="不清楚"), row(3), ("", "", "", "", "", "", "", ""), row(4)]
    done = imported(county, book(rows))
    assert done.rows == done.taken + done.known + done.rejected + done.joined
    assert (done.taken, done.known, done.rejected) == (3, 1, 1)
    assert done.skipped["blank"] == {"count": 1, "numbers": [6]}
    assert done.rows + 1 == 6


def test_a_row_refused_in_the_last_moment_is_rejected_alone(county: County, monkeypatch: Any) -> None:
    run = started(county, book([row(n) for n in range(1, 10)]))
    real = taking.import_histories

    def picky(**given: Any) -> Any:
        if any(history.filing.external_id == "4" for history in given["histories"]):
            raise Refused("这一件不能登记")
        return real(**given)

    monkeypatch.setattr(taking, "import_histories", picky)
    done = worked_off(run)
    assert (done.taken, done.rejected, count(county)) == (8, 1, 8)
    assert states(done)[5] == "rejected"
    assert (
        "这一件不能登记"
        in reads.problem_from(reads.rows(done, "rejected").rows[0].problems[0]).reason.sentence()
    )


def test_a_busy_database_rejects_no_row(county: County, monkeypatch: Any) -> None:
    run = started(county, book([row(1), row(2)]))

    def busy(**_given: Any) -> Any:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(taking, "import_histories", busy)
        with pytest.raises(OperationalError):
            worked_off(run)
    assert set(states(run).values()) == {"ready"}
    assert worked_off(run).taken == 2


def test_a_stopped_run_goes_on_where_it_was(county: County, monkeypatch: Any) -> None:
    run = started(county, book([row(n) for n in range(1, 12)]))
    said = taking.says(run)
    assert taking.take_batch(run_id=run.id, said=said, now=NOW, law=county.law, limit=4) == 4
    stopped = actions.cancel(run_id=run.id, by=county.who("clerk"), at=NOW)
    assert (stopped.state, stopped.taken, stopped.ready) == ("cancelled", 4, 7)
    assert tasks.continue_runs(now=NOW) == 0
    actions.resume(run_id=run.id, by=county.who("clerk"), at=NOW)
    done = worked_off(run)
    assert (done.state, done.taken, count(county)) == ("done", 11, 11)


def test_giving_up_before_the_start_deletes_the_upload(
    county: County, django_capture_on_commit_callbacks: Any
) -> None:
    run = checked(county, book([row(1)]))
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel(run_id=run.id, by=county.who("clerk"), at=NOW)
    with pytest.raises(FileNotFoundError):
        shelf.take(run.id)
    with pytest.raises(Refused):
        actions.resume(run_id=run.id, by=county.who("clerk"), at=NOW)


def test_who_lost_the_right_meanwhile_imports_no_further(county: County, monkeypatch: Any) -> None:
    run = started(county, book([row(1)]))
    monkeypatch.setattr(taking.reads, "run_actor", lambda run, now: county.who("handler"))
    done = worked_off(run)
    assert (done.state, done.taken, count(county)) == ("failed", 0, 0)
    assert "不能导入" in done.why


def test_what_an_export_of_this_site_brings_back_is_here_already(county: County) -> None:
    imported(county, book([row(1), row(2)]))
    numbers = [m.number for m in matters.visible(SYSTEM)]
    run = checked(county, book([row(number) for number in numbers]), origin="别的来源")
    assert (run.known, run.ready) == (2, 0)


def test_a_header_that_came_before_means_the_same_again(county: County) -> None:
    by = county.who("clerk")
    run = actions.upload(data=book([row(1)]), name="a.xlsx", by=by, at=NOW)
    targets = {
        "A": "external_id",
        "D": "title",
        "E": "text",
        "F": "raised_at",
        "B": "-",
        "C": "",
        "G": "remark",
    }
    wanted = reads.defaults(run).__class__(
        klass="suggestion", channel="web", unit=None, origin="石桥镇的台账"
    )
    actions.map_columns(run_id=run.id, targets=targets, defaults=wanted, by=by, at=NOW)
    again = actions.upload(data=book([row(2)]), name="b.xlsx", by=by, at=NOW)
    told = {one["letter"]: one["target"] for one in again.mapping["columns"]}
    assert (told["B"], told["G"], again.origin) == ("-", "remark", "石桥镇的台账")
    assert again.defaults["klass"] == "suggestion"


def test_a_mapping_without_words_or_with_a_field_twice_is_refused(county: County) -> None:
    by = county.who("clerk")
    run = actions.upload(data=book([row(1)]), name="a.xlsx", by=by, at=NOW)
    defaults = reads.defaults(run)
    for targets in ({"D": "", "E": ""}, {"D": "text", "E": "text"}):
        with pytest.raises(tasks.Unreadable):
            actions.map_columns(run_id=run.id, targets=targets, defaults=defaults, by=by, at=NOW)


def test_no_word_and_no_number_of_a_person_stays_with_the_run(county: County) -> None:
    rows = [row(1), (*row(2)[:2], "138-不详", *row(2)[3:])]
    run = checked(county, book(rows))
    kept = str(list(ImportRow.objects.filter(run=run).values())) + str(run.sample) + str(run.mapping)
    for word in ("张三丰", "13812340000", "138-不详"):
        assert word not in kept
    assert "张**" in str(run.sample)


def test_only_the_units_own_runs_are_seen_unless_one_reads_all(county: County) -> None:
    run = checked(county, book([row(1)]))
    assert list(reads.runs(county.who("clerk2"))) == []
    assert [one.id for one in reads.runs(county.who("officer"))] == [run.id]
    with pytest.raises(Forbidden):
        actions.start(run_id=run.id, mode="good", by=county.who("clerk2"), at=NOW)


def test_uploads_are_forgotten_when_their_time_is_over(county: County) -> None:
    done, left = imported(county, book([row(1)])), checked(county, book([row(2)]))
    assert tasks.sweep(now=NOW + timedelta(days=8)) == 1
    with pytest.raises(FileNotFoundError):
        shelf.take(left.id)
    assert shelf.take(done.id)
    assert tasks.sweep(now=NOW + timedelta(days=91)) == 1
    assert tasks.sweep(now=NOW + timedelta(days=91)) == 0
    assert ImportRun.objects.get(pk=done.id).taken == 1


def test_a_swept_upload_ends_its_run_with_a_reason(county: County) -> None:
    run = started(county, book([row(1)]))
    tasks._read.clear()
    shelf.drop(run.id)
    done = worked_off(run)
    assert (done.state, done.why) == ("failed", "file_gone")
