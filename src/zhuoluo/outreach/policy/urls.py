"""Policy library: staff below /desk/policy/, everybody below /policy/."""

from django.urls import path

from zhuoluo.outreach.policy.views import calculators, desk, force, public, review

app_name = "policy"
urlpatterns = [
    path("desk/policy/", desk.home, name="desk-home"),
    path("desk/policy/new/", desk.new, name="desk-new"),
    path("desk/policy/calculators/", calculators.desks, name="desk-calculators"),
    path("desk/policy/calculators/<slug:slug>/", calculators.desk, name="desk-calculator"),
    path("desk/policy/clauses/<uuid:clause_id>/", force.clause, name="desk-clause"),
    path("desk/policy/clauses/<uuid:clause_id>/amend/", force.amend, name="desk-amend"),
    path("desk/policy/clauses/<uuid:clause_id>/plain/", force.plain, name="desk-plain"),
    path("desk/policy/<uuid:document_id>/", desk.document, name="desk-document"),
    path("desk/policy/<uuid:document_id>/about/", desk.change, name="desk-about"),
    path("desk/policy/<uuid:document_id>/file/", desk.file, name="desk-file"),
    path("desk/policy/<uuid:document_id>/step/", review.step, name="desk-step"),
    path("desk/policy/<uuid:document_id>/add/", review.add, name="desk-add"),
    path("desk/policy/<uuid:document_id>/draft/<uuid:proposed_id>/", review.proposed, name="desk-proposed"),
    path("desk/policy/<uuid:document_id>/end/", force.end, name="desk-end"),
    path("desk/policy/<uuid:document_id>/take-down/", force.take_down, name="desk-take-down"),
    path("policy/", public.home, name="home"),
    path("policy/calculators/", calculators.everybodys, name="calculators"),
    path("policy/calculators/<slug:slug>/", calculators.everybody, name="calculator"),
    path("policy/clauses/<uuid:clause_id>/", public.clause, name="clause"),
    path("policy/<uuid:document_id>/", public.document, name="document"),
]
