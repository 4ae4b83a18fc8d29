"""Addresses of this module."""

from django.urls import path

from .views import grants, overview, pivots, public, releases

urlpatterns = [
    path("analysis/pivot/", pivots.pivot, name="pivot"),
    path("analysis/working/", pivots.working, name="working"),
    path("analysis/", overview.statistics, name="statistics"),
    path("analysis/course/", overview.course, name="course"),
    path("analysis/benchmarks/", overview.benchmarks, name="benchmarks"),
    path("analysis/questions/keep/", pivots.keep, name="keep_question"),
    path("analysis/questions/drop/", pivots.drop, name="drop_question"),
    path("releases/", releases.releases, name="releases"),
    path("releases/new/", releases.new_release, name="new_release"),
    path("releases/<slug:key>/", releases.release, name="release"),
    path("releases/<slug:key>/compare/", releases.compare, name="release_compare"),
    path("releases/<slug:key>/withdraw/", releases.withdraw, name="release_withdraw"),
    path("releases/<slug:key>/open/", releases.open_up, name="release_open"),
    path("grants/", grants.grants, name="grants"),
    path("grants/give/", grants.give, name="give_grant"),
    path("grants/<slug:key>/", grants.grant, name="grant"),
    path("grants/<slug:key>/revoke/", grants.revoke, name="grant_revoke"),
    path("open/", public.open_data, name="public_data"),
    path("open/catalogue.jsonld", public.open_catalogue, name="public_catalogue"),
    path("open/<slug:key>/", public.open_page, name="public_release"),
    path("open/<slug:key>/<str:name>", public.open_file, name="public_file"),
]
