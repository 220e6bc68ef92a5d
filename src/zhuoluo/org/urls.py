from django.urls import path

from zhuoluo.org.views import account, house

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
    path("people/", house.people, name="people"),
    path("people/new/", house.person_new, name="person-new"),
    path("people/<uuid:user_id>/", house.person, name="person"),
    path("people/<uuid:user_id>/post/", house.post_new, name="post-new"),
    path("people/<uuid:user_id>/substitute/", house.substitute_new, name="substitute-new"),
    path("people/<uuid:user_id>/reset-code/", house.reset_code, name="reset-code"),
    path("people/<uuid:user_id>/switch/", house.account_switch, name="account-switch"),
    path("posts/<uuid:post_id>/end/", house.post_end, name="post-end"),
    path("units/", house.units, name="units"),
    path("units/new/", house.unit_new, name="unit-new"),
    path("units/<uuid:unit_id>/end/", house.unit_end, name="unit-end"),
    path("review-organs/", house.review_organs, name="review-organs"),
    path("areas/", house.areas, name="areas"),
    path("calendar/", house.calendar, name="calendar"),
]
