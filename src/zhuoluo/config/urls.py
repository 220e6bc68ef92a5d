from django.urls import include, path

urlpatterns = [
    path("desk/sheets/", include("zhuoluo.exchange.sheets.urls")),
    path("desk/", include("zhuoluo.matters.urls")),
    path("desk/cases/", include("zhuoluo.oversight.urls")),
    path("desk/figures/", include("zhuoluo.figures.urls")),
    path("desk/", include("zhuoluo.desk.urls")),
    path("staff/", include("zhuoluo.org.urls")),
    path("kit/", include("zhuoluo.kit.urls")),
    path("", include("zhuoluo.reception.urls")),
    path("", include("zhuoluo.sealed.urls")),
    path("", include("zhuoluo.enterprise.urls")),
    path("", include("zhuoluo.research.urls")),
    path("", include("zhuoluo.onsite.urls")),
    path("", include("zhuoluo.duty.urls")),
    path("", include("zhuoluo.village.urls")),
    path("", include("zhuoluo.outreach.policy.urls")),
    path("", include("zhuoluo.outreach.talks.urls")),
    path("", include("zhuoluo.outreach.live.urls")),
    path("", include("zhuoluo.outreach.programmes.urls")),
    path("", include("zhuoluo.portal.urls")),
]
