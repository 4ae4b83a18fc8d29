"""Addresses of this module."""

from django.urls import path

from . import views

urlpatterns = [
    path("requests/", views.desk, name="requests"),
    path("requests/over/", views.desk, {"show": "over"}, name="requests_over"),
    path("requests/all/", views.desk, {"show": "all"}, name="requests_all"),
    path("requests/month/", views.month, name="requests_month"),
    path("requests/new/", views.new_request, name="new_request"),
    path("requests/<slug:key>/", views.one_request, name="request"),
    path("requests/<slug:key>/<slug:move>/", views.move_request, name="move_request"),
    path(
        "requests/<slug:key>/files/<slug:file>/<str:name>", views.request_file, name="request_file"
    ),
    path("my-requests/", views.my_requests, name="my_requests"),
    path("my-requests/new/", views.new_mine, name="new_my_request"),
    path("my-requests/<slug:key>/", views.my_request, name="my_request"),
    path("my-requests/<slug:key>/<slug:move>/", views.move_mine, name="move_my_request"),
    path(
        "my-requests/<slug:key>/files/<slug:file>/<str:name>",
        views.my_request_file,
        name="my_request_file",
    ),
    path("my-visits/", views.my_visits, name="my_visits"),
    path("visits/", views.visits, name="visits"),
    path("visits/new/", views.new_visit, name="new_visit"),
    path("visits/<slug:key>/", views.visit, name="visit"),
    path("visits/<slug:key>/log/", views.log_visit, name="visit_log"),
    path("visits/<slug:key>/cancel/", views.cancel_visit, name="visit_cancel"),
    path("visits/<slug:key>/problem/", views.note_problem, name="visit_problem"),
    path("visits/<slug:key>/files/<slug:file>/<str:name>", views.visit_file, name="visit_file"),
    path("draws/", views.draws, name="draws"),
    path("draws/new/", views.new_draw, name="new_draw"),
    path("draws/<slug:key>/", views.draw, name="draw"),
    path("conduct/", views.conduct, name="conduct"),
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/<slug:key>/", views.complaint, name="complaint"),
    path("complaints/<slug:key>/<slug:move>/", views.move_complaint, name="move_complaint"),
    path("my-complaints/", views.my_complaints, name="my_complaints"),
    path("my-complaints/new/", views.new_complaint, name="new_my_complaint"),
    path("my-complaints/<slug:key>/", views.my_complaint, name="my_complaint"),
    path("gatherings/", views.gatherings, name="gatherings"),
    path("gatherings/new/", views.new_gathering, name="new_gathering"),
    path("gatherings/<slug:key>/", views.gathering, name="gathering"),
    path("gatherings/<slug:key>/ask/", views.note_ask, name="gathering_ask"),
    path("gatherings/<slug:key>/firms/", views.add_attendees, name="gathering_firms"),
    path("services/firms/", views.served, name="firms_served"),
    path("services/firms/<slug:key>/", views.served_one, name="firm_service"),
    path("services/firms/<slug:key>/sponsor/", views.name_sponsor, name="firm_sponsor"),
    path(
        "services/firms/<slug:key>/sponsor/<slug:person>/release/",
        views.release_sponsor,
        name="firm_sponsor_release",
    ),
    path("services/firms/<slug:key>/merger/", views.follow_merger, name="firm_merger"),
]
