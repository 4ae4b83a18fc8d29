"""Addresses of this module."""

from django.urls import path

from .views import home

urlpatterns = [
    path("assessment/", home.assessment, name="assessment"),
]
