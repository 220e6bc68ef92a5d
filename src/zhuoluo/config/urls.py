from django.urls import include, path

urlpatterns = [
    path("desk/figures/", include("zhuoluo.figures.urls")),
    path("staff/", include("zhuoluo.org.urls")),
    path("kit/", include("zhuoluo.kit.urls")),
]
