"""Addresses of this module."""

from django.urls import path

from .views import exempting, exemptions, home

urlpatterns = [
    path("supervision/", home.supervision, name="supervision"),
    path("supervision/exemptions/", exemptions.exemptions, name="exemptions"),
    path("supervision/exemptions/new/", exempting.new_exemption, name="new_exemption"),
    path("supervision/exemptions/<str:key>/", exemptions.exemption, name="exemption"),
    path(
        "supervision/exemptions/<str:key>/file/<str:other>/",
        exemptions.exemption_file,
        name="exemption_file",
    ),
    path("supervision/exemptions/<str:key>/amend/", exempting.amend, name="exemption_amend"),
    path("supervision/exemptions/<str:key>/find/", exempting.find, name="exemption_find"),
    path("supervision/exemptions/<str:key>/grant/", exempting.grant, name="exemption_grant"),
    path("supervision/exemptions/<str:key>/move/", exempting.move, name="exemption_move"),
    path("supervision/exemptions/<str:key>/reader/", exempting.reader, name="exemption_reader"),
    path("supervision/exemptions/<str:key>/unread/", exempting.unread, name="exemption_unread"),
]
