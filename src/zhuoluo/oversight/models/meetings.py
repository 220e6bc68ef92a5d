"""Joint meetings (联席会议): when, who took part, and the tasks they gave. What became of a task is in matters."""

from django.db import models
from django.db.models import Q

from zhuoluo.kit.ids import uuid7


class Meeting(models.Model):
    """One joint meeting with its minutes."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    topic = models.CharField(max_length=120)
    chair = models.CharField(max_length=60)  # the post
    minutes = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    key = models.CharField(max_length=40, unique=True)  # of the form, so that it is sent once

    class Meta:
        db_table = "oversight_meeting"
        constraints = [models.CheckConstraint(condition=~Q(topic="") & ~Q(chair=""), name="meeting_full")]
        indexes = [models.Index(fields=["-held_at", "-id"], name="meeting_newest")]


class Attendance(models.Model):
    """A unit that took part."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "oversight_attendance"
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="attendance_once")]


class Task(models.Model):
    """What a meeting decided that one unit does on one matter, by when. The id is the commitment's subject."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="tasks")
    matter_id = models.UUIDField()
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    until = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "oversight_task"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "matter_id", "unit", "until"], name="task_once")
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="task_newest")]
