"""The live room: staff below /desk/live/, everybody below /live/."""

from django.urls import path, re_path

from zhuoluo.outreach.live.views import desk, public, search

app_name = "live"
urlpatterns = [
    path("desk/live/", desk.home, name="home"),
    path("desk/live/search/", search.staff, name="search-desk"),
    path("desk/live/talk/<uuid:talk_id>/", desk.make, name="make"),
    path("desk/live/room/<uuid:room_id>/", desk.desk, name="desk"),
    path("desk/live/room/<uuid:room_id>/wall/", desk.wall, name="wall"),
    path("desk/live/question/<uuid:question_id>/", desk.question, name="question"),
    path("live/search/", search.everybody, name="search"),
    path("live/question/", public.look, name="find"),
    path("live/question/<str:number>/", public.asked, name="asked"),
    path("live/<slug:code>/", public.page, name="room"),
    path("live/<slug:code>/ask/", public.ask, name="ask"),
    path("live/<slug:code>/support/", public.support, name="support"),
    re_path(
        r"^live/(?P<code>[a-z2-9]{6})/now/(?P<kind>list|wall)/(?P<language>zh|en)/$", public.now, name="now"
    ),
]
