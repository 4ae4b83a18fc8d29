"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("leader/", views.leader, name="leader"),
    path("records/", views.records, name="records"),
    path("search/", views.search, name="search"),
    path("as-of/", views.as_of, name="as_of"),
    path("language/", views.language, name="language"),
]
