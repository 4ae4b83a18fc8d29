"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plan/<slug:key>/", views.plan, name="plan"),
    path("plan/<slug:key>/deadlines/", views.plan_deadlines, name="plan_deadlines"),
    path("plan/<slug:key>/year/<int:year>/", views.annual_plan, name="annual_plan"),
    path("measure/<slug:key>/", views.measure, name="measure"),
    path("measure/<slug:key>/lead/", views.measure_lead, name="measure_lead"),
    path("measure/<slug:key>/units/", views.measure_units, name="measure_units"),
    path("measure/<slug:key>/done/", views.measure_done, name="measure_done"),
    path("my-reports/", views.my_reports, name="my_reports"),
    path("my-reports/submit/", views.submit, name="submit_reports"),
    path("my-reports/pass/", views.pass_on, name="pass_on_reports"),
    path("my-reports/return/", views.send_back, name="send_back_reports"),
    path("my-reports/<slug:key>/draft/", views.draft, name="report_draft"),
    path("report/<slug:key>/", views.report, name="report"),
    path("report/<slug:key>/recall/", views.recall, name="recall_report"),
    path("round/<slug:key>/", views.round_page, name="round"),
    path("round/<slug:key>/remind/", views.remind, name="round_remind"),
    path("round/<slug:key>/call/", views.call, name="round_call"),
    path("round/<slug:key>/close/", views.close, name="round_close"),
    path("round/<slug:key>/reopen/", views.reopen, name="round_reopen"),
    path("round/<slug:key>/review/", views.review, name="round_review"),
]
