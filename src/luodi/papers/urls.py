"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/notice/new/", views.new_notice, name="new_notice"),
    path("papers/<slug:key>/", views.paper, name="paper"),
    path("papers/<slug:key>/words/", views.words, name="paper_words"),
    path("papers/<slug:key>/draft/", views.notice_draft, name="notice_draft"),
    path("papers/<slug:key>/submit/", views.submit_notice, name="submit_notice"),
    path("papers/<slug:key>/check/", views.check, name="check_paper"),
    path("papers/<slug:key>/sign/", views.sign, name="sign_paper"),
    path("papers/<slug:key>/send-back/", views.send_back, name="send_back_paper"),
    path("papers/<slug:key>/file-back/", views.file_back, name="file_back"),
    path("papers/<slug:key>/preview/", views.preview, name="preview_paper"),
    path("papers/<slug:key>/word/", views.word, name="paper_word"),
    path("papers/<slug:key>/pdf/", views.pdf, name="paper_pdf"),
    path("papers/<slug:key>/sheet/", views.sheet, name="paper_sheet"),
    path("papers/<slug:key>/filed/", views.filed, name="paper_filed"),
    path("papers/<slug:key>/figures/<slug:figure>/", views.source, name="paper_figure"),
]
