"""Where the pages of sheets live, below /desk/sheets/."""

from django.urls import path

from zhuoluo.exchange.sheets.views import export, results, runs, steps

app_name = "sheets"
urlpatterns = [
    path("", runs.home, name="runs"),
    path("upload/", runs.upload, name="upload"),
    path("template/", export.template, name="template"),
    path("export/", export.export, name="export"),
    path("export/<uuid:run_id>/", export.download, name="download"),
    path("<uuid:run_id>/", steps.run, name="run"),
    path("<uuid:run_id>/table/", steps.table, name="table"),
    path("<uuid:run_id>/columns/", steps.columns, name="columns"),
    path("<uuid:run_id>/start/", steps.start, name="start"),
    path("<uuid:run_id>/progress/", steps.progress, name="progress"),
    path("<uuid:run_id>/cancel/", runs.cancel, name="cancel"),
    path("<uuid:run_id>/resume/", runs.resume, name="resume"),
    path("<uuid:run_id>/copy/", results.copy, name="copy"),
    path("<uuid:run_id>/rows/<slug:state>/", results.rows, name="rows"),
]
