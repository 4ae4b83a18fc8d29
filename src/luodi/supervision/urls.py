"""Addresses of this module."""

from django.urls import path

from .views import home

urlpatterns = [
    path("supervision/", home.supervision, name="supervision"),
]
