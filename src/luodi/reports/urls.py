"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("reports/progress/", views.progress_reports, name="progress_reports"),
    path("reports/progress/<slug:key>/", views.progress_report, name="progress_report"),
    path("reports/progress/<slug:key>/open/", views.begin, name="open_progress_report"),
    path("reports/progress/<slug:key>/freeze/", views.freeze, name="freeze_progress_report"),
    path("reports/progress/<slug:key>/preview/", views.preview, name="preview_progress_report"),
]
