"""On-site days: staff below /desk/onsite/."""

from django.urls import path

from zhuoluo.onsite.views import days, dispatch

app_name = "onsite"
DESK = "desk/onsite/"
urlpatterns = [
    path(DESK, days.home, name="home"),
    path(f"{DESK}new/", days.make, name="new"),
    path(f"{DESK}series/", days.series, name="series"),
    path(f"{DESK}series/<uuid:series_id>/", days.series, name="series-change"),
    path(f"{DESK}dispatch/", dispatch.page, name="dispatch"),
    path(f"{DESK}register/", days.register, name="register"),
    path(f"{DESK}blank/", days.blank, name="blank"),
    path(f"{DESK}import/", days.take_in, name="import"),
    path(f"{DESK}days.ics", days.feed, name="feed"),
    path(f"{DESK}<uuid:day_id>/", days.day, name="day"),
    path(f"{DESK}<uuid:day_id>/change/", days.change, name="change"),
    path(f"{DESK}<uuid:day_id>/cancel/", days.cancel, name="cancel"),
    path(f"{DESK}<uuid:day_id>/agenda/", days.agenda, name="agenda"),
    path(f"{DESK}<uuid:day_id>/spot/", days.spot, name="spot"),
    path(f"{DESK}<uuid:day_id>/close/", days.close, name="close"),
    path(f"{DESK}<uuid:day_id>/lists/", days.lists, name="lists"),
    path(f"{DESK}<uuid:day_id>/sheet/", days.sheet, name="sheet"),
    path(f"{DESK}<uuid:day_id>/<uuid:item_id>/", days.decide, name="decide"),
    path(f"{DESK}<uuid:day_id>/<uuid:item_id>/drop/", days.drop, name="drop"),
]
