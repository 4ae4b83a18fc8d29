"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [path("files/<slug:key>/<str:name>", views.file, name="file")]
