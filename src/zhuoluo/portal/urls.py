from django.urls import path

from zhuoluo.portal.views import filed, follow, form, home, issued, maps, review

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("rights/", home.rights, name="rights"),
    path("raise/", form.start, name="raise"),
    path("raise/<str:token>/done/", filed.done, name="done"),
    path("raise/<str:token>/print/", filed.print_page, name="print"),
    path("raise/<str:token>/receipt.txt", filed.receipt, name="receipt"),
    path("raise/<str:token>/add/", filed.add, name="add-filed"),
    path("raise/<str:token>/erase/", form.erase, name="erase"),
    path("raise/<str:token>/photo/<uuid:file_id>/", filed.photo, name="photo"),
    path("raise/<str:token>/map/<str:code>-<str:size>.svg", maps.picture, name="map"),
    path("raise/<str:token>/<slug:step>/", form.step, name="step"),
    path("follow/", follow.ask, name="follow"),
    path("follow/leave/", follow.leave, name="leave"),
    path("follow/<str:number>/", follow.matter, name="matter"),
    path("follow/<str:number>/rate/", follow.rate, name="rate"),
    path("follow/<str:number>/add/", follow.add, name="add"),
    path("follow/<str:number>/withdraw/", follow.withdraw, name="withdraw"),
    path("follow/<str:number>/review/", review.ask, name="review"),
    path("follow/<str:number>/review/withdraw/", review.withdraw, name="withdraw-review"),
    path("follow/<str:number>/new-facts/", review.new_facts, name="new-facts"),
    path("follow/<str:number>/issued/<uuid:paper_id>/", issued.issued, name="issued"),
    path("follow/<str:number>/file/<uuid:file_id>/", follow.paper, name="file"),
]
