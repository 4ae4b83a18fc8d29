"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects/leads/", views.projects, {"library": "leads"}, name="projects_leads"),
    path("projects/talks/", views.projects, {"library": "talks"}, name="projects_talks"),
    path("projects/signing/", views.projects, {"library": "signing"}, name="projects_signing"),
    path("projects/building/", views.projects, {"library": "building"}, name="projects_building"),
    path("projects/board/", views.board, name="projects_board"),
    path("projects/new/", views.new_project, name="new_project"),
    path("projects/<slug:key>/", views.project, name="project"),
    path("projects/<slug:key>/move/", views.move_project, name="project_move"),
    path("projects/<slug:key>/revise/", views.revise_project, name="project_revise"),
]
