"""What waits in the collection of figures, for the page of today."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luodi.common.duties import RETURNED, Duty, pressing
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from .filings import CAME_BACK, my_filings
from .review import waiting_filings


def filing_duties(viewer: Viewer, moment: Moment) -> Iterator[Duty]:
    """Filings of one's own to hand in, and how many wait for one's check, in one line."""
    for row in my_filings(viewer, moment):
        if row.writable:
            what = _("填报%(period)s《%(title)s》") % {
                "period": row.period_label,
                "title": row.title,
            }
            back = row.stage in CAME_BACK
            light = RETURNED if back else pressing(row.due_at, moment.at)
            yield Duty(what, row.reason if back else "", row.address, row.due_at, light)
    waiting = [] if viewer.enterprise else waiting_filings(viewer, moment)
    if waiting:
        words = ngettext("%(n)d 份报表等您审核", "%(n)d 份报表等您审核", len(waiting))
        yield Duty(words % {"n": len(waiting)}, waiting[0].title, reverse("filings_review"))
