"""Addresses of this module."""

from django.urls import path

from .views import appraisals

urlpatterns = [
    path("assessment/", appraisals.assessment, name="assessment"),
    path("assessment/appraisals/<slug:key>/", appraisals.appraisal, name="appraisal"),
]
