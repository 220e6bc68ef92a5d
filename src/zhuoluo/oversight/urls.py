"""Where the pages of oversight live, below /desk/cases/."""

from django.urls import path

from zhuoluo.oversight.views import cases, checks, meetings

app_name = "oversight"
urlpatterns = [
    path("", cases.home, name="home"),
    path("mine/", cases.mine, name="mine"),
    path("list/", cases.add, name="list"),
    path("list/<uuid:listed_id>/strike/", cases.strike, name="strike"),
    path("take/", cases.take, name="take"),
    path("case/<uuid:case_id>/", cases.case, name="case"),
    path("case/<uuid:case_id>/visit/", cases.visit, name="visit"),
    path("case/<uuid:case_id>/boxes/", cases.boxes, name="boxes"),
    path("case/<uuid:case_id>/forward/", cases.forward, name="forward"),
    path("case/<uuid:case_id>/certify/", cases.certify, name="certify"),
    path("case/<uuid:case_id>/end/", cases.end, name="end"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting-new"),
    path("meetings/tasks/", meetings.tasks, name="tasks"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/print/", meetings.printed, name="meeting-print"),
    path("supervised/", checks.supervised, name="supervised"),
    path("samples/", checks.samples, name="samples"),
    path("samples/new/", checks.new, name="sample-new"),
    path("samples/<uuid:sample_id>/", checks.sample, name="sample"),
    path("samples/drawn/<uuid:drawn_id>/", checks.recheck, name="recheck"),
    path("doubts/", checks.doubts, name="doubts"),
    path("doubts/<uuid:doubt_id>/", checks.look, name="look"),
]
