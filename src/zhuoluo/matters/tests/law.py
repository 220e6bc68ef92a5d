"""Ways along the legal path beyond the answer, for tests: each calls the real actions."""

from datetime import datetime, timedelta
from typing import Any

from tests.county import County
from zhuoluo.matters import actions
from zhuoluo.matters.actions import Drafted
from zhuoluo.matters.models import Commitment, Milestone, Review
from zhuoluo.matters.tests.path import DRAFT, Path
from zhuoluo.org.rules import RESIDENT, Actor

OPINION = {
    "facts": "现场复核，两盏灯仍不亮",
    "opinion": "原答复认定事实清楚，予以维持",
    "basis": "《信访工作条例》第三十五条",
}


def owed(path: Path) -> dict[str, Commitment]:
    return {c.kind: c for c in Commitment.objects.filter(matter=path.matter, closed_at__isnull=True)}


def facts(path: Path) -> set[str]:
    rows = Milestone.objects.filter(matter=path.matter, undone_at__isnull=True)
    return set(rows.values_list("kind", flat=True))


def ask(path: Path, by: Actor = RESIDENT, **given: Any) -> Review:
    path.at += timedelta(hours=1)
    return actions.request_review(
        matter_id=path.matter.id,
        text="答复说修好了，其实没有修",
        by=by,
        at=path.at,
        law=path.county.law,
        **given,
    )


def on_review(path: Path, verb: str, review: Review, who: str | Actor = "reviewer", **given: Any) -> Any:
    path.at += timedelta(hours=1)
    by = path.county.who(who, path.at) if isinstance(who, str) else who
    result = getattr(actions, verb)(review_id=review.id, by=by, at=path.at, law=path.county.law, **given)
    path.matter.refresh_from_db()
    return result


def reviewed(path: Path, outcome: str = "upheld", result: str = "") -> Review:
    """Asked for, admitted, decided and served."""
    review = ask(path)
    on_review(path, "admit_review", review)
    on_review(path, "decide_review", review, outcome=outcome, result=result, **OPINION)
    return on_review(path, "serve_review", review, method="post")


def twice_reviewed(county: County) -> Path:
    path = Path.register(county).served()
    reviewed(path)
    reviewed(path)
    return path


def redo(path: Path, content: Drafted = DRAFT) -> None:
    path.act("draft", "handler", content=content)
    path.act("issue", "head", draft_version=1)


def finalized(county: County, at: datetime) -> int:
    return actions.finalize_lapsed(at=at, law=county.law)
