from django.urls import path

from zhuoluo.sealed.views import letter, office, staff

app_name = "sealed"
urlpatterns = [
    path("letters/", letter.write, name="write"),
    path("letters/done/", letter.done, name="done"),
    path("letters/follow/", letter.follow, name="follow"),
    path("letters/mine/", letter.mine, name="mine"),
    path("letters/mine/add/", letter.add, name="add"),
    path("letters/leave/", letter.leave, name="leave"),
    path("desk/sealed/", office.cases, name="list"),
    path("desk/sealed/count/", office.count, name="count"),
    path("desk/sealed/rules/", office.rules, name="rules"),
    path("desk/sealed/hand-in/", staff.hand_in, name="hand-in"),
    path("desk/sealed/hand-in/done/", staff.handed_in, name="handed-in"),
    path("desk/sealed/take-over/<str:number>/", staff.take_over, name="take-over"),
    path("desk/sealed/case/<str:sealed_number>/", office.case, name="case"),
    path("desk/sealed/case/<str:sealed_number>/looks/", office.looks, name="looks"),
    path("desk/sealed/case/<str:sealed_number>/file/<uuid:sealed_file>/", office.file, name="file"),
    path("desk/sealed/case/<str:sealed_number>/<slug:sealed_act>/", office.act, name="act"),
]
