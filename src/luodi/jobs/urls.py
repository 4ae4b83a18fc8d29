"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="inbox_read_all"),
    path("inbox/<int:message>/read/", views.read_one, name="inbox_read"),
    path("jobs/<slug:key>/", views.job, name="job"),
    path("jobs/<slug:key>/cancel/", views.cancel, name="job_cancel"),
]
