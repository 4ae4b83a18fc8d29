"""The work behind an import."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.jobs.actions import Run, tell

from .actions import import_spooled


def compile_document(run: Run) -> str:
    """Import what waits in the spool; returns the address of its reading room."""
    by, at = run.job.by, timezone.now()
    document = import_spooled(
        name=run.arguments["name"],
        spool=run.arguments["spool"],
        city=run.job.city,
        unit=run.job.unit,
        progress=run.progress,
        by=by,
        at=at,
    )
    address = reverse("document", args=[document.key])
    tell(
        people=[by],
        kind="import",
        sentence=lambda: _("%(title)s：已读完，可以在阅读室核对。") % {"title": run.job.title},
        subject=subject_key("document", document.key),
        address=address,
        by=by,
        at=at,
    )
    return address
