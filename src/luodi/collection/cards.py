"""What collection shows on an enterprise's page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luodi.common.doors import Card, table_card
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from .models import Filing
from .queries.filings import filing_rows, readable

SHOWN = 8


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """Its latest filings, for those who may read them; nothing for everybody else."""
    filings = readable(Filing.objects.at(moment).filter(enterprise=key), viewer)
    if not filings.exists():
        return None
    rows = sorted(filing_rows(filings, viewer, moment), key=lambda row: row.due_at, reverse=True)
    heads = [_("报表"), _("报告期"), _("进展"), _("报送时间")]
    cells = [
        [
            (row.title, row.address),
            (row.period_label, ""),
            (row.stage_label, ""),
            (row.submitted_at, ""),
        ]
        for row in rows[:SHOWN]
    ]  # fmt: skip
    return table_card(_("报送的报表"), heads, cells, "", 20)
