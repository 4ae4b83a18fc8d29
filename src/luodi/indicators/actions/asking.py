"""Asking units for figures, once for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import subject_key
from luodi.common.refusals import Conflict, NotFound

from ..models import Asked, Indicator


def ask(*, deed: Deed, city: str, indicator: str, unit: str, subject: str) -> None:
    """Write into `deed` that a unit is asked for an indicator because of a subject."""
    deed.write(Asked(indicator_id=indicator, city=city, unit=unit, subject=subject))


def ask_unit(*, indicator: str, unit: str, subject: str, by: str, at: datetime) -> None:
    """Ask a unit for an indicator from now on, because of a measure or of the indicator itself."""
    row = Indicator.objects.filter(key=indicator).first()
    if row is None or not unit:
        raise NotFound(_("请选择要报数的单位。"))
    subject = subject or subject_key("indicator", indicator)
    running = Asked.objects.open().filter(indicator=indicator, unit=unit, subject=subject)
    if running.exists():
        raise Conflict(_("已经向这个单位要过这个数，同一个数只报一次。"))
    subjects = [subject_key("indicator", indicator), subject, subject_key("unit", unit)]
    with perform(
        "ask_unit", by=by, at=at, subjects=subjects, scope={"city": row.city, "unit": unit}
    ) as deed:
        ask(deed=deed, city=row.city, indicator=indicator, unit=unit, subject=subject)


def stop_asking(*, deed: Deed, subject: str, indicators: Iterable[str] = ()) -> None:
    """End in `deed` what units are asked because of a subject; all of it unless named."""
    rows = Asked.objects.open().filter(subject=subject)
    wanted = set(indicators)
    for row in rows:
        if not wanted or row.indicator_id in wanted:
            deed.close(row)
