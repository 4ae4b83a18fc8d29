"""Addresses of this module."""

from django.urls import path

from .views import appraisals, externals

urlpatterns = [
    path("assessment/", appraisals.assessment, name="assessment"),
    path("assessment/appraisals/<slug:key>/", appraisals.appraisal, name="appraisal"),
    path("assessment/external/", externals.externals, name="assessment_externals"),
    path(
        "assessment/external/import/", externals.external_import, name="assessment_external_import"
    ),
    path(
        "assessment/external/<str:key>/", externals.external_zone, name="assessment_external_zone"
    ),
]
