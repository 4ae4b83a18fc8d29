"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("requests/", views.desk, name="requests"),
    path("requests/over/", views.desk, {"show": "over"}, name="requests_over"),
    path("requests/all/", views.desk, {"show": "all"}, name="requests_all"),
    path("requests/new/", views.new_request, name="new_request"),
    path("requests/<slug:key>/", views.one_request, name="request"),
    path("requests/<slug:key>/<slug:move>/", views.move_request, name="move_request"),
    path("my-requests/", views.my_requests, name="my_requests"),
    path("my-requests/new/", views.new_mine, name="new_my_request"),
    path("my-requests/<slug:key>/", views.my_request, name="my_request"),
    path("my-requests/<slug:key>/<slug:move>/", views.move_mine, name="move_my_request"),
]
