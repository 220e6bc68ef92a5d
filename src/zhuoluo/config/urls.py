from django.urls import include, path

urlpatterns = [
    path("desk/sheets/", include("zhuoluo.exchange.sheets.urls")),
    path("desk/", include("zhuoluo.matters.urls")),
    path("desk/figures/", include("zhuoluo.figures.urls")),
    path("desk/", include("zhuoluo.desk.urls")),
    path("staff/", include("zhuoluo.org.urls")),
    path("kit/", include("zhuoluo.kit.urls")),
    path("", include("zhuoluo.portal.urls")),
]
