from django.urls import include, path

urlpatterns = [
    path("kit/", include("zhuoluo.kit.urls")),
]
