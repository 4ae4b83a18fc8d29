"""CSV and JSON for people and scripts; names beside keys."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from ..rules.datasets import Dataset
from ..tables import comma_separated


def as_csv(data: Dataset) -> bytes:
    """One line a cell, with the words people use."""
    names = {one.key: one for one in data.indicators}
    areas = dict(data.areas)
    head = [_("指标"), _("计量单位"), _("单位"), _("时期"), _("数值"), _("说明")]
    rows = [
        [
            names[o.indicator].name,
            names[o.indicator].measured_in,
            areas[o.area],
            o.period.key,
            o.value,
            o.why,
        ]
        for o in data.observations
    ]
    return comma_separated(head, rows)


def as_json(data: Dataset) -> bytes:
    """The vintage as one object; values are strings of digits, so that nothing is rounded."""
    said: dict[str, Any] = {
        "schema": "luodi.release/1",
        "key": data.key,
        "number": data.number,
        "title": data.title,
        "note": data.note,
        "publisher": data.publisher,
        "purpose": data.purpose,
        "basis": data.basis,
        "released_at": data.released_at.isoformat(timespec="seconds"),
        "position": data.position,
        "citation": data.citation,
        "indicators": [
            {
                "key": one.key,
                "name": one.name,
                "unit": one.measured_in,
                "decimals": one.decimals,
                "definition": one.meaning,
                "source": one.source,
            }
            for one in data.indicators
        ],
        "areas": [{"key": key, "name": name} for key, name in data.areas],
        "observations": [
            {
                "indicator": o.indicator,
                "area": o.area,
                "period": o.period.key,
                "value": o.value or None,
                "status": o.status,
                **({"why": o.why} if o.why else {}),
            }
            for o in data.observations
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
