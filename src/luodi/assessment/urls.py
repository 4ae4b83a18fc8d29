"""Addresses of this module."""

from django.urls import path

from .views import (
    appraisals,
    comparing,
    externals,
    gradings,
    opening,
    trying,
    zone_outputs,
)

ONE = "assessment/appraisals/<slug:key>/"

urlpatterns = [
    path("assessment/", appraisals.assessment, name="assessment"),
    path("assessment/appraisals/new/", opening.open_appraisal, name="open_appraisal"),
    path(ONE, appraisals.appraisal, name="appraisal"),
    path(f"{ONE}freeze/", opening.appraisal_freeze, name="appraisal_freeze"),
    path(f"{ONE}members/", opening.appraisal_member, name="appraisal_member"),
    path(f"{ONE}run/", opening.appraisal_run, name="appraisal_run"),
    path(f"{ONE}runs/<int:number>/", appraisals.appraisal_result, name="appraisal_result"),
    path(
        f"{ONE}runs/<int:number>/<slug:other>/", appraisals.appraisal_score, name="appraisal_score"
    ),
    path(f"{ONE}compare/", comparing.appraisal_compare, name="appraisal_compare"),
    path(f"{ONE}what-if/", trying.appraisal_what_if, name="appraisal_what_if"),
    path(f"{ONE}weights/<int:number>/", trying.appraisal_sensitivity, name="appraisal_sensitivity"),
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
