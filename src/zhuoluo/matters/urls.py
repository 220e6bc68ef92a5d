"""Where the pages of matters live, below /desk/."""

from django.urls import path

from zhuoluo.matters.views import acts, asked, inbox, lists, page, papers, register

app_name = "matters"
urlpatterns = [
    path("m/<str:number>/", page.page, name="page"),
    path("m/<str:number>/do/<slug:name>/", acts.act, name="act"),
    path("m/<str:number>/f/<uuid:file_id>/", page.file, name="file"),
    path("m/<str:number>/identity/", page.identity, name="identity"),
    path("m/<str:number>/seen/", page.seen, name="seen"),
    path("m/<str:number>/print/", page.paper, name="print"),
    path("m/<str:number>/papers/", papers.listed, name="papers"),
    path("m/<str:number>/papers/make/", papers.make, name="paper-make"),
    path("m/<str:number>/papers/<uuid:paper_id>/", papers.paper, name="paper"),
    path("m/<str:number>/papers/<uuid:paper_id>/<slug:form>/", papers.copy, name="paper-copy"),
    path("m/<str:number>/packet/", papers.packet, name="packet"),
    path("register/", register.register, name="register"),
    path("register/similar/", register.hints, name="register-similar"),
    path("register/about/", register.about, name="register-about"),
    path("register/<str:number>/", register.receipt, name="receipt"),
    path("register/<str:number>/<slug:paper>/", register.slip, name="slip"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/do/<slug:verb>/", inbox.bulk, name="bulk"),
    path("inbox/done/<slug:token>/", inbox.bulk_done, name="bulk-done"),
    path("inbox/<str:number>/", inbox.inbox, name="inbox-matter"),
    path("owed/", lists.owed, name="owed"),
    path("owed/<uuid:commitment>/why/", lists.why, name="why"),
    path("waiting/", lists.waiting, name="waiting"),
    path("callbacks/", lists.callbacks, name="callbacks"),
    path("reviews/", asked.asked, name="reviews"),
    path("exceptions/", lists.exceptions, name="exceptions"),
    path("matters/", lists.matters, name="list"),
]
