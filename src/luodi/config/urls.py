"""Every address, module by module."""

from django.urls import include, path

urlpatterns = [
    path("", include("luodi.console.urls")),
    path("", include("luodi.orgs.urls")),
    path("", include("luodi.documents.urls")),
    path("", include("luodi.jobs.urls")),
    path("", include("luodi.reading.urls")),
    path("", include("luodi.plans.urls")),
    path("", include("luodi.ledger.urls")),
    path("", include("luodi.papers.urls")),
    path("", include("luodi.reports.urls")),
    path("", include("luodi.indicators.urls")),
]
