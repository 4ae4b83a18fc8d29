"""Addresses of this module."""

from django.urls import path

from .choices import SiteKind
from .views import lists, occupying, one, plan

urlpatterns = [
    path("sites/", lists.plots, name="sites"),
    path("sites/plants/", lists.plants, name="sites_plants"),
    path("sites/plan/", plan.plan, name="sites_plan"),
    path("sites/import/", plan.import_plots, name="sites_import"),
    path("sites/plots/new/", one.new_site, {"kind": SiteKind.PLOT.value}, name="new_plot"),
    path("sites/plants/new/", one.new_site, {"kind": SiteKind.PLANT.value}, name="new_plant"),
    path("sites/<slug:key>/", one.site, name="site"),
    path("sites/<slug:key>/revise/", one.revise_site, name="site_revise"),
    path("sites/<slug:key>/reserve/", occupying.reserve_site, name="site_reserve"),
    path("sites/<slug:key>/take/", occupying.take_site, name="site_take"),
    path("sites/<slug:key>/release/", occupying.release_site, name="site_release"),
]
