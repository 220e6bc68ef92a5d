from django.urls import path

from zhuoluo.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.home, name="home"),
    path("months/", views.months, name="months"),
    path("rows/<str:kind>/", views.opened, name="rows"),
    path("words/", views.words, name="words"),
]
