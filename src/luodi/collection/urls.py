"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("filings/", views.filings, name="filings"),
    path("filings/burden/", views.burden, name="filings_burden"),
    path("filings/review/", views.review, name="filings_review"),
    path("filings/tables/", views.table_list, name="table_requests"),
    path("filings/tables/<slug:key>/", views.table_request, name="table_request"),
    path("filings/tables/<slug:key>/filled.xlsx", views.table_filled, name="table_filled"),
    path("filings/tables/<slug:key>/ask/", views.table_ask, name="table_ask"),
    path("filings/tables/<slug:key>/import/", views.table_import, name="table_import"),
    path("filings/<slug:key>/", views.filing, name="filing"),
    path("filings/<slug:key>/sheet.json", views.sheet, name="filing_sheet"),
    path("filings/<slug:key>/draft", views.draft, name="filing_draft"),
    path("filings/<slug:key>/submit/", views.submit, name="filing_submit"),
    path("filings/<slug:key>/correct/", views.correct, name="filing_correct"),
    path("filings/<slug:key>/keep/", views.keep, name="filing_keep"),
    path("filings/<slug:key>/workbook.xlsx", views.workbook, name="filing_workbook"),
    path("filings/<slug:key>/workbook/", views.take_workbook, name="filing_take_workbook"),
    path("forms/", views.forms_list, name="forms"),
    path("forms/new/", views.new_form, name="new_form"),
    path("form/<slug:key>/", views.form, name="form"),
    path("form/<slug:key>/revise/", views.revise, name="form_revise"),
    path("form/<slug:key>/open/", views.open_turn, name="form_open"),
    path("form/<slug:key>/retire/", views.retire, name="form_retire"),
    path("turn/<slug:key>/", views.turn, name="turn"),
    path("turn/<slug:key>/remind/", views.remind, name="turn_remind"),
    path("turn/<slug:key>/close/", views.close_turn, name="turn_close"),
    path("turn/<slug:key>/reopen/", views.reopen_turn, name="turn_reopen"),
]
