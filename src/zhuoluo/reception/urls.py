"""Reception: staff below /desk/reception/, residents below /receptions/."""

from django.urls import path

from zhuoluo.reception.views import desk, leader, office, public, register

app_name = "reception"
urlpatterns = [
    path("desk/reception/", office.home, name="home"),
    path("desk/reception/plan/", office.plan, name="plan"),
    path("desk/reception/publish/", office.publish, name="publish"),
    path("desk/reception/rules/", office.rules, name="rules"),
    path("desk/reception/rules/new/", office.rule, name="rule-new"),
    path("desk/reception/rules/leaders/", office.leaders, name="leaders"),
    path("desk/reception/rules/<uuid:rule_id>/", office.rule, name="rule"),
    path("desk/reception/new/", office.make, name="make"),
    path("desk/reception/mine/", leader.mine, name="mine"),
    path("desk/reception/register/", register.register, name="register"),
    path("desk/reception/register/print/", register.paper, name="register-print"),
    path("desk/reception/register/sheet/", register.sheet, name="register-sheet"),
    path("desk/reception/day/<uuid:session_id>/", desk.day, name="day"),
    path("desk/reception/day/<uuid:session_id>/change/", office.change, name="change"),
    path("desk/reception/day/<uuid:session_id>/cancel/", office.cancel, name="cancel"),
    path("desk/reception/day/<uuid:session_id>/desk/", desk.desk, name="desk"),
    path("desk/reception/earlier/", desk.hints, name="desk-earlier"),
    path("desk/reception/day/<uuid:session_id>/book/", desk.book, name="book-for"),
    path("desk/reception/day/<uuid:session_id>/screen/", desk.screen, name="screen"),
    path("desk/reception/day/<uuid:session_id>/hear/", leader.hear, name="hear"),
    path("desk/reception/day/<uuid:session_id>/close/", register.close, name="close"),
    path("desk/reception/batch/<uuid:batch_id>/", desk.batch, name="batch"),
    path("desk/reception/batch/<uuid:batch_id>/sheet/", desk.sheet, name="sheet"),
    path("desk/reception/batch/<uuid:batch_id>/sheet/paper/", desk.sheet_paper, name="sheet-paper"),
    path("desk/reception/batch/<uuid:batch_id>/call/", desk.call, name="call"),
    path("desk/reception/request/<uuid:request_id>/", leader.decide, name="decide"),
    path("receptions/", public.roster, name="roster"),
    path("receptions/calendar.ics", public.feed, name="feed"),
    path("receptions/booking/", public.look, name="look"),
    path("receptions/booking/mine/", public.booked, name="booked"),
    path("receptions/booking/cancel/", public.cancel, name="cancel-booking"),
    path("receptions/<uuid:session_id>/", public.book, name="book"),
    path("receptions/<uuid:session_id>/event.ics", public.event, name="event"),
]
