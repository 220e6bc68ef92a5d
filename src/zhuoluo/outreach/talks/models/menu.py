"""The talk menu (宣讲菜单) and who can be asked to teach."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7


class Lecturer(models.Model):
    """Somebody who teaches: a member of staff, or a named person from outside who agreed to be listed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    user = models.OneToOneField("org.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    subjects = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True)  # the day an outsider agreed to be listed
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "talks_lecturer"
        indexes = [models.Index(fields=["name", "id"], name="lecturer_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(agreed_on__isnull=False), name="lecturer_staff_or_agreed"
            )
        ]


class Team(models.Model):
    """A team that goes out together (宣讲小分队)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=60, unique=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "talks_team"


class TeamMember(models.Model):
    """A lecturer of a team."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members", db_index=False)
    lecturer = models.ForeignKey(Lecturer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "talks_team_member"
        constraints = [models.UniqueConstraint(fields=["team", "lecturer"], name="team_member_once")]


class Lesson(models.Model):
    """One dish of the menu: what is taught, to whom, how long, in which kinds."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=500)
    audience = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()
    kinds = models.JSONField(default=list)  # of rules.words.KINDS
    season = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken off the menu; talks held stay

    class Meta:
        db_table = "talks_lesson"
        indexes = [
            models.Index(fields=["title", "id"], name="lesson_title", condition=Q(ended_at__isnull=True))
        ]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="lesson_minutes")
        ]


class LessonLecturer(models.Model):
    """Who teaches a lesson."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="lecturers", db_index=False)
    lecturer = models.ForeignKey(Lecturer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "talks_lesson_lecturer"
        constraints = [models.UniqueConstraint(fields=["lesson", "lecturer"], name="lesson_lecturer_once")]


class LessonClause(models.Model):
    """A clause of the policy library that a lesson explains. The library alone knows its words on a day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="clauses", db_index=False)
    clause_id = models.UUIDField()

    class Meta:
        db_table = "talks_lesson_clause"
        constraints = [models.UniqueConstraint(fields=["lesson", "clause_id"], name="lesson_clause_once")]
