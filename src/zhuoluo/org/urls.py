from django.urls import path

from zhuoluo.org.views import account

app_name = "org"
urlpatterns = [
    path("sign-in/", account.sign_in, name="sign-in"),
    path("code/", account.code, name="code"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("locked/", account.locked, name="locked"),
    path("password/", account.password, name="password"),
    path("reset/", account.reset, name="reset"),
    path("second-factor/", account.second_factor, name="second-factor"),
    path("second-factor/off/", account.second_factor_off, name="second-factor-off"),
]
