"""The menu: lessons, who teaches them, teams. What was taken off it stays with the talks that were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhuoluo.org.models import User
from zhuoluo.org.rules import Actor
from zhuoluo.outreach.talks.actions.noted import check_holds, locked_row, note
from zhuoluo.outreach.talks.models import Lecturer, Lesson, LessonClause, LessonLecturer, Team, TeamMember
from zhuoluo.outreach.talks.rules.errors import NotFound, Refused
from zhuoluo.outreach.talks.rules.words import KINDS


@dataclass(frozen=True)
class LessonContent:
    """One dish of the menu."""

    title: str
    summary: str
    audience: str
    minutes: int
    kinds: tuple[str, ...]
    unit_id: UUID
    season: str = ""
    team_id: UUID | None = None
    lecturers: tuple[UUID, ...] = ()
    clauses: tuple[UUID, ...] = ()


@transaction.atomic
def save_lesson(*, content: LessonContent, by: Actor, at: datetime, lesson_id: UUID | None = None) -> Lesson:
    """Put a lesson on the menu, or change one that stands on it."""
    check_holds(by, content.unit_id)
    _check(content)
    row = Lesson(made_at=at) if lesson_id is None else locked_row(Lesson.objects.all(), lesson_id)
    if row.ended_at is not None:
        raise Refused("这一课已经下架；要再讲，请新加一课")
    if lesson_id is not None:
        check_holds(by, row.unit_id)
    row.title, row.summary, row.audience = (
        content.title.strip(),
        content.summary.strip(),
        content.audience.strip(),
    )
    row.minutes, row.kinds, row.season = content.minutes, list(content.kinds), content.season.strip()
    row.unit_id, row.team_id = content.unit_id, content.team_id
    row.save()
    LessonLecturer.objects.filter(lesson=row).delete()
    LessonLecturer.objects.bulk_create(
        LessonLecturer(lesson=row, lecturer_id=one) for one in dict.fromkeys(content.lecturers)
    )
    LessonClause.objects.filter(lesson=row).delete()
    LessonClause.objects.bulk_create(
        LessonClause(lesson=row, clause_id=one) for one in dict.fromkeys(content.clauses)
    )
    note("lesson", row.id, by, at, new=lesson_id is None)
    return row


def _check(content: LessonContent) -> None:
    if len(content.title.strip()) < 2:
        raise Refused("请写课题")
    if len(content.summary.strip()) < 5:
        raise Refused("请写几句讲什么")
    if not content.audience.strip():
        raise Refused("请写讲给谁听")
    if not 5 <= content.minutes <= 480:
        raise Refused("时长在 5 到 480 分钟之间")
    if not content.kinds or any(kind not in KINDS for kind in content.kinds):
        raise Refused("请选择可以用的宣讲形式")


@transaction.atomic
def end_lesson(*, lesson_id: UUID, by: Actor, at: datetime) -> Lesson:
    """Take a lesson off the menu."""
    row = locked_row(Lesson.objects.all(), lesson_id)
    check_holds(by, row.unit_id)
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        note("end_lesson", row.id, by, at)
    return row


@transaction.atomic
def list_lecturer(
    *, by: Actor, at: datetime, user_id: UUID | None = None, name: str = "", title: str = "", unit_id: UUID | None = None,
    subjects: str = "", agreed_on: date | None = None,
) -> Lecturer:  # fmt: skip
    """List somebody who teaches. An outsider only with the day on which they agreed to be named."""
    check_holds(by)
    if user_id is None and (len(name.strip()) < 2 or agreed_on is None):
        raise Refused("外请的讲师要写姓名和本人同意公布的日期")
    if user_id is not None:
        user = User.objects.filter(pk=user_id).first()
        if user is None:
            raise NotFound("没有找到这个人")
        name = user.name
        known = Lecturer.objects.filter(user=user).first()
        if known is not None:
            known.title, known.subjects, known.ended_at = title.strip(), subjects.strip(), None
            known.save()
            note("lecturer", known.id, by, at)
            return known
    row = Lecturer.objects.create(
        user_id=user_id, name=name.strip(), title=title.strip(), unit_id=unit_id, subjects=subjects.strip(), agreed_on=agreed_on
    )  # fmt: skip
    note("lecturer", row.id, by, at)
    return row


@transaction.atomic
def end_lecturer(*, lecturer_id: UUID, by: Actor, at: datetime) -> Lecturer:
    """Take somebody off the list; what they taught stays."""
    check_holds(by)
    row = locked_row(Lecturer.objects.all(), lecturer_id)
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        note("end_lecturer", row.id, by, at)
    return row


@transaction.atomic
def form_team(*, name: str, unit_id: UUID, lecturers: Sequence[UUID], by: Actor, at: datetime) -> Team:
    """Form a team, or give one of the same name these members."""
    check_holds(by, unit_id)
    if len(name.strip()) < 2:
        raise Refused("请写小分队的名称")
    row, _made = Team.objects.get_or_create(name=name.strip(), defaults={"unit_id": unit_id})
    TeamMember.objects.filter(team=row).delete()
    TeamMember.objects.bulk_create(TeamMember(team=row, lecturer_id=one) for one in dict.fromkeys(lecturers))
    note("team", row.id, by, at, members=len(set(lecturers)))
    return row
