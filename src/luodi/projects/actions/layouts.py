"""What the columns of a list are, said once for every list with the same heads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete

from ..models import ExportLayout, ExportLayoutState
from ..queries.layouts import layout_of
from ..rules.columns import Listed


def layout_in(*, deed: Deed, fingerprint: str, scope: Mapping[str, str]) -> str:
    """The key of the city's layout with these heads, which the deed writes where there is none."""
    found = ExportLayout.objects.filter(city=scope["city"], fingerprint=fingerprint).first()
    if found is None:
        found = deed.write(ExportLayout(key=new_key(), fingerprint=fingerprint, **scope))
        deed.write(ExportLayoutState(layout_id=found.key))
    return found.key


def say_columns(
    *,
    subject: str,
    layout: str,
    found: Listed,
    columns: Mapping[str, int],
    fields: Collection[str],
    scope: Mapping[str, str],
    by: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Keep what the columns of a layout are, field to head; the caller has seen to what is needed.

    `seen` is the position of the layout's state that was looked at.
    """
    chosen = {field: c for field, c in columns.items() if field in fields and c in found.heads}
    if len(set(chosen.values())) != len(chosen):
        raise Incomplete(_("同一列不能当作两样，请改正。"))
    state = layout_of(layout, Moment(at))
    if seen is not None and seen != state.since_id:
        raise Conflict(_("别人刚刚指定了各列，请刷新后再看。"))
    said = {field: found.heads[column] for field, column in chosen.items()}
    if said == state.columns:
        raise Conflict(_("各列没有改动。"))
    with perform(
        "name_columns", by=by, at=at, subjects=[subject], scope=scope, payload={"columns": said}
    ) as deed:
        deed.replace(state, columns=said)
