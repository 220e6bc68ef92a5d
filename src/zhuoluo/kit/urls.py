from django.urls import path

from zhuoluo.kit import views

app_name = "kit"
urlpatterns = [
    path("display/", views.display, name="display"),
    path("", views.style, name="style"),
    path("<slug:page>/", views.style_page, name="style-page"),
]
