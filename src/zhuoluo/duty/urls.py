"""Night duty: staff below /desk/duty/, everybody at /duty/."""

from django.urls import path

from zhuoluo.duty.views import nights, roster

app_name = "duty"
DESK = "desk/duty/"
urlpatterns = [
    path(DESK, nights.home, name="home"),
    path(f"{DESK}sheet/", nights.sheet, name="sheet"),
    path(f"{DESK}print/", nights.paper, name="print"),
    path(f"{DESK}blank/", nights.blank, name="blank"),
    path(f"{DESK}import/", nights.take_in, name="import"),
    path(f"{DESK}roster/", roster.roster, name="roster"),
    path(f"{DESK}roster/plan/", roster.plan, name="plan"),
    path(f"{DESK}roster/publish/", roster.publish, name="publish"),
    path(f"{DESK}roster/print/", roster.paper, name="roster-print"),
    path(f"{DESK}roster/fair/", roster.fair, name="fair"),
    path(f"{DESK}roster/mine.ics", roster.own, name="own"),
    path(f"{DESK}roster/rules/", roster.rules, name="rules"),
    path(f"{DESK}roster/rules/new/", roster.rule, name="rule-new"),
    path(f"{DESK}roster/rules/<uuid:rule_id>/", roster.rule, name="rule"),
    path(f"{DESK}roster/swap/", roster.swap, name="swap"),
    path(f"{DESK}roster/swap/<uuid:swap_id>/", roster.answer, name="swap-answer"),
    path(f"{DESK}<uuid:night_id>/", nights.night, name="night"),
    path(f"{DESK}<uuid:night_id>/people/", roster.change, name="change"),
    path(f"{DESK}<uuid:night_id>/cancel/", roster.cancel, name="cancel"),
    path(f"{DESK}<uuid:night_id>/household/", nights.household, name="household"),
    path(f"{DESK}<uuid:night_id>/household/<uuid:household_id>/", nights.identity, name="identity"),
    path(f"{DESK}<uuid:night_id>/raise/", nights.raised, name="raise"),
    path(f"{DESK}<uuid:night_id>/respond/<str:number>/", nights.respond, name="respond"),
    path(f"{DESK}<uuid:night_id>/hand-over/", nights.hand_over, name="hand-over"),
    path("duty/", roster.shown, name="public"),
    path("duty/nights.ics", roster.feed, name="feed"),
]
