from django.urls import include, path

urlpatterns = [
    path("staff/", include("zhuoluo.org.urls")),
    path("kit/", include("zhuoluo.kit.urls")),
]
