"""Enterprises: staff below /desk/enterprises/."""

from django.urls import path

from zhuoluo.enterprise.views import firms, projects, work

app_name = "enterprise"
DESK = "desk/enterprises/"
urlpatterns = [
    path(DESK, firms.home, name="home"),
    path(f"{DESK}new/", firms.make, name="new"),
    path(f"{DESK}import/", firms.take_in, name="import"),
    path(f"{DESK}blank/", firms.blank, name="blank"),
    path(f"{DESK}sheet/", firms.sheet, name="sheet"),
    path(f"{DESK}chains/", firms.chains, name="chains"),
    path(f"{DESK}chains/<uuid:chain_id>/end/", firms.end_chain, name="chain-end"),
    path(f"{DESK}needs/", work.listed, name="needs"),
    path(f"{DESK}needs/sheet/", work.sheet, name="needs-sheet"),
    path(f"{DESK}needs/print/", work.paper, name="needs-print"),
    path(f"{DESK}needs/blank/", work.blank, name="needs-blank"),
    path(f"{DESK}needs/import/", work.take_in, name="needs-import"),
    path(f"{DESK}projects/", projects.listed, name="projects"),
    path(f"{DESK}projects/sheet/", projects.sheet, name="projects-sheet"),
    path(f"{DESK}projects/print/", projects.paper, name="projects-print"),
    path(f"{DESK}projects/steps.ics", projects.feed, name="feed"),
    path(f"{DESK}projects/<uuid:project_id>/", projects.project, name="project"),
    path(f"{DESK}projects/<uuid:project_id>/step/", projects.begin, name="step"),
    path(f"{DESK}projects/<uuid:project_id>/step/<uuid:step_id>/", projects.end, name="step-end"),
    path(f"{DESK}projects/<uuid:project_id>/finish/", projects.finish, name="finish"),
    path(f"{DESK}<uuid:firm_id>/", firms.firm, name="firm"),
    path(f"{DESK}<uuid:firm_id>/change/", firms.change, name="change"),
    path(f"{DESK}<uuid:firm_id>/identity/", firms.identity, name="identity"),
    path(f"{DESK}<uuid:firm_id>/liaison/", firms.liaison, name="liaison"),
    path(f"{DESK}<uuid:firm_id>/visit/", work.visit, name="visit"),
    path(f"{DESK}<uuid:firm_id>/need/", work.need, name="need"),
    path(f"{DESK}<uuid:firm_id>/project/", projects.make, name="project-new"),
]
