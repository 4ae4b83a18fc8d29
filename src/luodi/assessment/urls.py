"""Addresses of this module."""

from django.urls import path

from .views import appraisals, externals, gradings, zone_outputs

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
    path("assessment/output-per-mu/", zone_outputs.zone_output, name="zone_output"),
    path("assessment/gradings/", gradings.gradings, name="gradings"),
    path("assessment/gradings/open/", gradings.grading_open, name="grading_open"),
    path("assessment/gradings/<slug:key>/", gradings.grading, name="grading"),
    path("assessment/gradings/<slug:key>/run/", gradings.grading_run, name="grading_run"),
    path(
        "assessment/gradings/<slug:key>/firms/<slug:enterprise>/",
        gradings.grading_firm,
        name="grading_firm",
    ),
    path(
        "assessment/gradings/<slug:key>/firms/<slug:enterprise>/note/",
        gradings.grading_note,
        name="grading_note",
    ),
]
