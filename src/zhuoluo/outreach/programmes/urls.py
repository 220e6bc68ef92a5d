"""Programmes: staff below /desk/programmes/, everybody below /programmes/."""

from django.urls import path

from zhuoluo.outreach.programmes.views import desk, follow, money, public, wanted, work

app_name = "programmes"
DESK = "desk/programmes/"
urlpatterns = [
    path(DESK, desk.home, name="home"),
    path(f"{DESK}new/", desk.make, name="new"),
    path(f"{DESK}applications/", work.listed, name="applications"),
    path(f"{DESK}applications/print/", work.paper, name="applications-print"),
    path(f"{DESK}applications/sheet/", work.sheet, name="applications-sheet"),
    path(f"{DESK}applications/<uuid:application_id>/", work.page, name="application"),
    path(f"{DESK}applications/<uuid:application_id>/decide/", work.decide, name="decide"),
    path(f"{DESK}applications/<uuid:application_id>/approve/", work.approve, name="approve"),
    path(f"{DESK}applications/<uuid:application_id>/identity/", work.identity, name="identity"),
    path(f"{DESK}applications/<uuid:application_id>/file/<uuid:handed_id>/", work.file, name="file"),
    path(f"{DESK}objections/<uuid:objection_id>/", work.rule, name="rule"),
    path(f"{DESK}payments/", money.register, name="payments"),
    path(f"{DESK}payments/print/", money.paper, name="payments-print"),
    path(f"{DESK}payments/sheet/", money.sheet, name="payments-sheet"),
    path(f"{DESK}payments/blank/", money.blank, name="payments-blank"),
    path(f"{DESK}payments/import/", money.take_in, name="payments-import"),
    path(f"{DESK}awards/<uuid:award_id>/pay/", money.pay, name="pay"),
    path(f"{DESK}awards/<uuid:award_id>/back/", money.give_back, name="back"),
    path(f"{DESK}wanted/", wanted.listed, name="wanted-desk"),
    path(f"{DESK}wanted/new/", wanted.make, name="wanted-new"),
    path(f"{DESK}wanted/import/", wanted.take_in, name="wanted-import"),
    path(f"{DESK}wanted/<uuid:wanted_id>/", wanted.change, name="wanted-change"),
    path(f"{DESK}wanted/<uuid:wanted_id>/end/", wanted.end, name="wanted-end"),
    path(f"{DESK}<uuid:programme_id>/", desk.page, name="page"),
    path(f"{DESK}<uuid:programme_id>/change/", desk.change, name="change"),
    path(f"{DESK}<uuid:programme_id>/items/", desk.item, name="item"),
    path(f"{DESK}<uuid:programme_id>/items/drop/", desk.drop, name="drop"),
    path(f"{DESK}<uuid:programme_id>/step/", desk.step, name="step"),
    path(f"{DESK}<uuid:programme_id>/publish/", desk.publish, name="publish"),
    path("programmes/", public.roster, name="roster"),
    path("programmes/follow/", follow.look, name="look"),
    path("programmes/mine/", follow.mine, name="mine"),
    path("programmes/mine/<uuid:application_id>/more/", follow.complete, name="complete"),
    path("programmes/mine/<uuid:application_id>/withdraw/", follow.withdraw, name="withdraw"),
    path("programmes/mine/<uuid:application_id>/disagree/", follow.appeal, name="appeal"),
    path("programmes/notices/", public.notices, name="notices"),
    path("programmes/notices/<uuid:application_id>/object/", public.object_to, name="object"),
    path("programmes/paid/", public.paid, name="paid"),
    path("programmes/wanted/", wanted.catalogue, name="wanted"),
    path("programmes/wanted/print/", wanted.paper, name="wanted-print"),
    path("programmes/wanted/sheet/", wanted.sheet, name="wanted-sheet"),
    path("programmes/<uuid:programme_id>/", public.page, name="public"),
    path("programmes/<uuid:programme_id>/apply/", public.apply, name="apply"),
]
