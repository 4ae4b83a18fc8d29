"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("registers/", views.registers, name="registers"),
    path("registers/entries/<slug:key>/", views.register_entry, name="register_entry"),
    path("registers/entries/<slug:key>/revise/", views.entry_revise, name="register_entry_revise"),
    path(
        "registers/entries/<slug:key>/files/<slug:file>/<str:name>",
        views.entry_file,
        name="register_entry_file",
    ),
    path("registers/entries/<slug:key>/<slug:move>/", views.entry_move, name="register_entry_move"),
    path("registers/goals/<slug:key>/", views.goal, name="register_goal"),
    path("registers/of/<slug:register>/", views.register, name="register"),
    path("registers/of/<slug:register>/new/", views.new_entry, name="new_register_entry"),
    path("registers/of/<slug:register>/candidates/", views.candidates, name="register_candidates"),
    path("registers/of/<slug:register>/goal/", views.new_goal, name="new_register_goal"),
    path("registers/of/<slug:register>/import/", views.import_list, name="register_import"),
]
