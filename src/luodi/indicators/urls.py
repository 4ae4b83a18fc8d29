"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("indicators/", views.indicators_list, name="indicators_list"),
    path("indicators/new/", views.new_indicator, name="new_indicator"),
    path("indicators/pack/", views.pack_indicators, name="pack_indicators"),
    path("indicators/<slug:key>/", views.indicator, name="indicator"),
    path("indicators/<slug:key>/ask/", views.ask_unit, name="indicator_ask"),
    path("indicators/<slug:key>/revise/", views.revise, name="indicator_revise"),
]
