"""Addresses of this module."""

from django.urls import path

from .views import pivots

urlpatterns = [
    path("analysis/pivot/", pivots.pivot, name="pivot"),
    path("analysis/working/", pivots.working, name="working"),
]
