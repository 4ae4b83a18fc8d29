"""Every address, module by module."""

from django.urls import include, path

handler400 = "luodi.config.errors.bad_request"
handler404 = "luodi.config.errors.not_found"
handler500 = "luodi.config.errors.broken"

urlpatterns = [
    path("", include("luodi.console.urls")),
    path("", include("luodi.orgs.urls")),
    path("", include("luodi.api.urls")),
    path("", include("luodi.documents.urls")),
    path("", include("luodi.jobs.urls")),
    path("", include("luodi.reading.urls")),
    path("", include("luodi.plans.urls")),
    path("", include("luodi.sites.urls")),
    path("", include("luodi.services.urls")),
    path("", include("luodi.registers.urls")),
    path("", include("luodi.policy.urls")),
    path("", include("luodi.chain.urls")),
    path("", include("luodi.projects.urls")),
    path("", include("luodi.supervision.urls")),
    path("", include("luodi.assessment.urls")),
    path("", include("luodi.ledger.urls")),
    path("", include("luodi.papers.urls")),
    path("", include("luodi.reports.urls")),
    path("", include("luodi.indicators.urls")),
    path("", include("luodi.analysis.urls")),
    path("", include("luodi.collection.urls")),
]
