"""Reserving, assigning and releasing a site."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luodi.common.refusals import NotFound, Refusal
from luodi.orgs.views import admit

from .. import actions, forms
from ..rules import WRITERS
from .one import page_of, show

PAGE = re.compile(r"(?:^|/)(projects|enterprises)/([0-9a-z]{1,40})/?(?:$|[?#])")
KINDS = {"projects": "project", "enterprises": "enterprise"}


def subject_of(written: str) -> str:
    """The subject key that a person means: itself, or the address of a project or enterprise."""
    found = PAGE.search(written.strip())
    return f"{KINDS[found.group(1)]}:{found.group(2)}" if found else written.strip()


@admit(*WRITERS)
@require_POST
def reserve_site(request: HttpRequest, key: str) -> HttpResponse:
    """Reserve the site for a project or an enterprise."""
    form = forms.ReserveForm(request.POST)
    return _done(request, key, "reserve", form, actions.reserve_site, _("已预留。"))


@admit(*WRITERS)
@require_POST
def take_site(request: HttpRequest, key: str) -> HttpResponse:
    """Put down that the site is granted, let or used."""
    form = forms.TakeForm(request.POST)
    return _done(request, key, "take", form, actions.take_site, _("已登记使用。"))


@admit(*WRITERS)
@require_POST
def release_site(request: HttpRequest, key: str) -> HttpResponse:
    """Make the site free again."""
    form = forms.ReleaseForm(request.POST)
    return _done(request, key, "release", form, actions.release_site, _("已释放。"))


def _done(
    request: HttpRequest,
    key: str,
    name: str,
    form: django_forms.Form,
    act: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """Do it, or show the page again with what was written and why not."""
    page_of(request, key)
    if not form.is_valid():
        return show(request, key, status=422, **{name: form})
    given = dict(form.cleaned_data)
    if "holder" in given:
        given["holder"] = subject_of(given["holder"])
    try:
        act(site=key, by=request.viewer.person, at=request.at, **given)
    except Refusal as refusal:
        if isinstance(refusal, NotFound) and "holder" not in given:
            raise
        return show(request, key, refusal, **{name: form})
    messages.success(request, said)
    return redirect("site", key=key)
