"""The inbox, and how far a long job is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luodi.common.refusals import NotFound
from luodi.orgs.rules import EVERYONE, SIGNED_IN
from luodi.orgs.views import admit, safe_next

from . import actions, queries
from .models import Job

SHOWN = 200


@admit(*SIGNED_IN)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What was said to this person, unread first; always the present, whatever the as-of date."""
    only_unread = request.GET.get("show", "") != "all"
    rows = queries.inbox_of(request.viewer.person)
    if only_unread:
        rows = rows.filter(read_at=None)
    context = {"rows": list(rows[:SHOWN]), "only_unread": only_unread, "most": SHOWN}
    return render(request, "jobs/inbox.html", context)


@admit(*SIGNED_IN)
@require_POST
def read_one(request: HttpRequest, message: int) -> HttpResponse:
    """Mark one message as read, and go on to what it is about where asked."""
    viewer = request.viewer
    found = queries.inbox_of(viewer.person).filter(pk=message).first()
    if found is None:
        raise NotFound(_("没有这条消息。"))
    actions.mark_read(message=message, by=viewer.person, at=request.at)
    return redirect(safe_next(request, "/inbox/"))


@admit(*SIGNED_IN)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = actions.mark_all_read(by=request.viewer.person, at=request.at)
    messages.success(request, _("已将 %d 条消息标为已读。") % count)
    return redirect("inbox")


def _own_job(request: HttpRequest, key: str) -> Job:
    job = queries.job_of(request.viewer.person, key)
    if job is None:
        raise NotFound(_("没有这项任务，或者不是您发起的。"))
    return job


@admit(*EVERYONE)
@require_GET
def job(request: HttpRequest, key: str) -> HttpResponse:
    """How far a job is: a page, or the strip that asks again each second.

    A strip that finds its job done goes on to the result.
    """
    found = _own_job(request, key)
    part = "jobs/progress.html" if request.htmx else "jobs/job.html"
    response = render(request, part, {"job": found})
    if request.htmx and found.state == "done" and found.address:
        response["HX-Redirect"] = found.address
    return response


@admit(*EVERYONE)
@require_POST
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Ask one's own job to stop."""
    _own_job(request, key)
    actions.cancel_work(key=key, by=request.viewer.person, at=request.at)
    if request.htmx:
        return render(request, "jobs/progress.html", {"job": _own_job(request, key)})
    messages.success(request, _("已请求取消。"))
    return redirect("job", key=key)
