"""Research: staff below /desk/research/."""

from django.urls import path

from zhuoluo.research.views import classes, problems, topics

app_name = "research"
DESK = "desk/research/"
urlpatterns = [
    path(DESK, topics.home, name="home"),
    path(f"{DESK}new/", topics.make, name="new"),
    path(f"{DESK}board/", problems.board, name="board"),
    path(f"{DESK}problems/", problems.listed, name="problems"),
    path(f"{DESK}problems/sheet/", problems.sheet, name="problems-sheet"),
    path(f"{DESK}problems/print/", problems.paper, name="problems-print"),
    path(f"{DESK}problems/blank/", problems.blank, name="problems-blank"),
    path(f"{DESK}problems/import/", problems.take_in, name="problems-import"),
    path(f"{DESK}problems/<uuid:finding_id>/", problems.finding, name="finding"),
    path(f"{DESK}problems/<uuid:finding_id>/change/", problems.reword, name="reword"),
    path(f"{DESK}problems/<uuid:finding_id>/check/", problems.check, name="check"),
    path(f"{DESK}problems/<uuid:finding_id>/dissect/", classes.dissect, name="dissect"),
    path(f"{DESK}classes/", classes.listed, name="classes"),
    path(f"{DESK}classes/<uuid:dissection_id>/", classes.page, name="class"),
    path(f"{DESK}classes/<uuid:dissection_id>/gather/", classes.gather, name="gather"),
    path(f"{DESK}classes/<uuid:dissection_id>/roll-out/", classes.roll_out, name="roll-out"),
    path(f"{DESK}classes/<uuid:dissection_id>/place/", classes.site_new, name="site-new"),
    path(f"{DESK}classes/<uuid:dissection_id>/place/<uuid:site_id>/", classes.photo, name="photo"),
    path(f"{DESK}visits/<uuid:visit_id>/", topics.visit, name="visit"),
    path(f"{DESK}visits/<uuid:visit_id>/met/<uuid:met_id>/", topics.identity, name="identity"),
    path(f"{DESK}<uuid:topic_id>/", topics.topic, name="topic"),
    path(f"{DESK}<uuid:topic_id>/change/", topics.change, name="change"),
    path(f"{DESK}<uuid:topic_id>/close/", topics.close, name="close"),
    path(f"{DESK}<uuid:topic_id>/visit/", topics.visit_new, name="visit-new"),
    path(f"{DESK}<uuid:topic_id>/problem/", problems.finding_new, name="finding-new"),
    path(f"{DESK}<uuid:topic_id>/report/", classes.report, name="report"),
    path(f"{DESK}<uuid:topic_id>/report/word/", classes.document, name="document"),
    path(f"{DESK}<uuid:topic_id>/report/new/", classes.statement, name="statement-new"),
    path(f"{DESK}<uuid:topic_id>/report/<uuid:statement_id>/", classes.statement, name="statement"),
    path(f"{DESK}<uuid:topic_id>/report/<uuid:statement_id>/drop/", classes.drop, name="statement-drop"),
]
