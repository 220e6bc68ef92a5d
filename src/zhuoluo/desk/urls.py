"""The staff's front door, below /desk/."""

from django.urls import path

from zhuoluo.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
]
