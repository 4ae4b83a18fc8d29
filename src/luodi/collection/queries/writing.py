"""A form as lines a person writes: for the page where it is defined or revised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.common.moments import Moment
from luodi.indicators.models import Indicator
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import units_of

from ..models import FormState
from ..rules.layouts import indicators_in, row_kind
from ..rules.written import (
    codes_in,
    read_checks,
    read_columns,
    read_rows,
    write_checks,
    write_columns,
    write_rows,
)

SAME = ("title", "table_number", "authority", "approval", "valid_from", "valid_to", "source",
        "purpose", "period_kind", "review_levels")  # fmt: skip


def unit_choices(city: str, moment: Moment) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Units that may answer, and zones and counties whose enterprises may."""
    rows = [row for row in units_of(city, moment) if row.kind != UnitKind.COLLECTIVE]
    homes = (UnitKind.ZONE, UnitKind.COUNTY)
    return (
        [(row.of_id, row.name) for row in rows],
        [(row.of_id, row.name) for row in rows if row.kind in homes],
    )


def as_written(state: FormState) -> dict[str, Any]:
    """What the page of a revision begins with."""
    keys = indicators_in(state.layout)
    codes = dict(Indicator.objects.filter(key__in=keys).values_list("key", "code"))
    rhythm, respondents = state.rhythm, state.respondents
    begin: dict[str, Any] = {name: getattr(state, name) for name in SAME}
    for name in ("opens", "due", "warn"):
        if rhythm.get(name):
            begin[f"{name}_count"], begin[f"{name}_number"] = rhythm[name][1:]
    return begin | {
        "units": respondents.get("units", []),
        "kinds": respondents.get("kinds", []),
        "zones": respondents.get("zones", []),
        "row_kind": row_kind(state.layout),
        "row_units": state.layout.get("rows", {}).get("kinds", []),
        "rows": write_rows(state.layout, codes),
        "columns": write_columns(state.layout, codes),
        "checks": write_checks(state.checks),
        "seen": state.since_id,
    }


def edition_fields(said: Mapping[str, Any], city: str, before: FormState | None) -> dict[str, Any]:
    """What the page says as the fields of an edition. Raises `rules.written.Unwritten`.

    Parts the page doesn't show (cells of their own, months, checks that are no formulas) stay as
    they were in the edition revised.
    """
    wanted = codes_in([said["rows"], said["columns"]])
    found = Indicator.objects.filter(city=city, code__in=wanted)
    keys = dict(found.values_list("code", "key"))
    rows: dict[str, Any] = {"kind": said["row_kind"]}
    if said["row_kind"] == "lines":
        rows["items"] = read_rows(said["rows"], keys)
    elif said["row_kind"] == "units":
        rows["kinds"] = said["row_units"]
    kept = before.layout if before else {}
    layout = {name: kept[name] for name in ("cells", "blank") if kept.get(name)}
    layout |= {"rows": rows, "columns": read_columns(said["columns"], keys)}
    respondents = {name: said[name] for name in ("units", "kinds", "zones") if said[name]}
    return {name: said[name] for name in SAME} | {
        "layout": layout,
        "respondents": respondents,
        "rhythm": _rhythm(said, before.rhythm if before else {}),
        "checks": read_checks(said["checks"], before.checks if before else ()),
    }


def _rhythm(said: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: before[name] for name in ("months", "owner", "source") if name in before}
    for name in ("opens", "due"):
        if said[f"{name}_number"]:
            count = said[f"{name}_count"] or "day"
            found[name] = ["next_period", count, said[f"{name}_number"]]
    if said["warn_number"]:
        found["warn"] = ["due", "workday_before", said["warn_number"]]
    return found if {"opens", "due"} & found.keys() else {}
