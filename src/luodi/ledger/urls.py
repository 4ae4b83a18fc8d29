"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/closed/", views.ledger, {"show": "closed"}, name="ledger_closed"),
    path("ledger/all/", views.ledger, {"show": "all"}, name="ledger_all"),
    path("ledger/new/", views.new_item, name="new_item"),
    path("ledger/<slug:key>/", views.item, name="item"),
    path("ledger/<slug:key>/<slug:move>/", views.move_item, name="move_item"),
]
