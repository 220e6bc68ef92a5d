"""Village mediators: everybody at /mediators/, staff and mediators below /desk/village/."""

from django.urls import path

from zhuoluo.village.views import pages, register

app_name = "village"
DESK = "desk/village/"
urlpatterns = [
    path("mediators/", pages.shown, name="public"),
    path(DESK, pages.home, name="home"),
    path(f"{DESK}list/", pages.enlist, name="list"),
    path(f"{DESK}list/sheet/", register.sheet, name="sheet"),
    path(f"{DESK}list/print/", register.paper, name="print"),
    path(f"{DESK}list/blank/", register.blank, name="blank"),
    path(f"{DESK}list/import/", register.take_in, name="import"),
    path(f"{DESK}list/<uuid:mediator_id>/end/", pages.delist, name="end"),
    path(f"{DESK}give/", pages.give, name="give"),
    path(f"{DESK}mine/", pages.mine, name="mine"),
    path(f"{DESK}mine/new/", pages.begin, name="begin"),
    path(f"{DESK}mine/<uuid:quarrel_id>/", pages.quarrel, name="quarrel"),
    path(f"{DESK}mine/<uuid:quarrel_id>/take/", pages.take, name="take"),
    path(f"{DESK}mine/<uuid:quarrel_id>/back/", pages.give_back, name="back"),
    path(f"{DESK}voice/<uuid:record_id>/", pages.voice, name="voice"),
]
