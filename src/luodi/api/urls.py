"""Addresses of this module. The API's own come from its operations, under /api/v1/."""

from django.urls import include, path

from . import views

API = [entry for entry in views.api.urls[0] if entry.name != "api-root"]
"""Without the root that would lead to a documentation page with scripts of its own."""

urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<slug:key>/revoke/", views.revoke_token, name="revoke_token"),
    path("api/", views.manual, name="api_manual"),
    path("api/v1/openapi.json", views.description, name="openapi"),
    path("api/v1/", include(API)),
]
