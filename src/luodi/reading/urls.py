"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("documents/", views.documents_list, name="documents_list"),
    path("documents/import/", views.import_document, name="import_document"),
    path("documents/<slug:key>/", views.document, name="document"),
    path("documents/<slug:key>/adopt/", views.adopt, name="adopt_document"),
    path("documents/<slug:key>/accept-certain/", views.accept_certain, name="accept_certain"),
    path("documents/<slug:key>/undo/", views.undo_last, name="undo_last"),
    path("documents/<slug:key>/pages/<int:number>/", views.sheet, name="document_sheet"),
    path(
        "documents/<slug:key>/pages/<int:number>/<int:width>.png",
        views.sheet_picture,
        name="document_sheet_picture",
    ),
    path("documents/<slug:key>/cards/<int:card>/", views.card, name="card"),
    path("documents/<slug:key>/cards/<int:card>/accept/", views.accept, name="card_accept"),
    path("documents/<slug:key>/cards/<int:card>/reject/", views.reject, name="card_reject"),
    path("documents/<slug:key>/cards/<int:card>/undo/", views.undo, name="card_undo"),
    path("documents/<slug:key>/cards/<int:card>/edit/", views.edit, name="card_edit"),
    path("documents/<slug:key>/cards/<int:card>/split/", views.split, name="card_split"),
    path("documents/<slug:key>/cards/<int:card>/merge/", views.merge, name="card_merge"),
    path("documents/<slug:key>/cards/<int:card>/lead/", views.lead, name="card_lead"),
    path("documents/<slug:key>/findings/", views.findings, name="findings"),
    path("documents/<slug:key>/compare/", views.compare, name="compare_documents"),
    path("documents/<slug:key>/recheck/", views.recheck, name="recheck_document"),
    path("documents/<slug:key>/findings/<slug:finding>/", views.finding, name="finding"),
    path(
        "documents/<slug:key>/findings/<slug:finding>/accept/",
        views.accept_finding,
        name="finding_accept",
    ),
    path(
        "documents/<slug:key>/findings/<slug:finding>/dismiss/",
        views.dismiss_finding,
        name="finding_dismiss",
    ),
    path(
        "documents/<slug:key>/findings/<slug:finding>/item/",
        views.supervise_finding,
        name="finding_item",
    ),
    path(
        "documents/<slug:key>/findings/<slug:finding>/reopen/",
        views.reopen_finding,
        name="finding_reopen",
    ),
    path("documents/<slug:key>/correction/", views.correction, name="correction"),
    path("documents/<slug:key>/correction/open/", views.open_correction, name="correction_open"),
    path(
        "documents/<slug:key>/correction/freeze/", views.freeze_correction, name="correction_freeze"
    ),
    path(
        "documents/<slug:key>/correction/preview/",
        views.preview_correction,
        name="correction_preview",
    ),
    path("sentence/<str:sha256>/<int:start>/<int:end>/", views.sentence, name="sentence"),
]
