"""Taking a form from the packs: its layout gets the city's keys, its checks keep the codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.choices import Purpose
from luodi.indicators.queries import codes_of
from luodi.orgs.queries import rules_of_unit, units_by_name
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import FormRule, UnitRule
from luodi.packs.schemas.rhythm import AnchorPart

from ..models import Form
from .forms import Edition, define_form

PURPOSES = {"self_reported": Purpose.ENTERPRISE}


def define_pack_form(*, city: str, code: str, viewer: Viewer, by: str, at: datetime) -> Form:
    """Enter a form that the packs of the viewer's place describe, owned by the unit the pack names.

    Its indicators must stand in the dictionary (`indicators.actions.adopt_pack_indicators`).
    """
    moment = Moment(at)
    stack = rules_of_unit(city, viewer.unit, moment)
    rules = {rule.key: rule for rule in stack.all("forms", FormRule, moment.today)}
    rule = rules.get(code)
    if rule is None:
        raise NotFound(_("本市规则包里没有这张报表：%(code)s") % {"code": code[:80]})
    named = {one.key: one.name for one in stack.all("units", UnitRule, moment.today)}
    known = units_by_name(city, moment)
    units = {key: known[name][0].of_id for key, name in named.items() if known.get(name)}
    edition = _edition(rule, units, codes_of(city, rule.indicators()))
    owner = units.get(rule.asks, "")
    return define_form(
        city=city, owner=owner, code=code, edition=edition, viewer=viewer, by=by, at=at
    )


def _edition(rule: FormRule, units: Mapping[str, str], codes: Mapping[str, str]) -> Edition:
    """A pack's form as an edition; `units` and `codes` give the city's keys for the pack's.

    A unit the city hasn't got answers nothing; an indicator it hasn't got leaves its cell empty,
    which `define_form` refuses where nothing is left.
    """
    asked = rule.respondents
    rhythm: dict[str, Any] = {"opens": _anchor(rule.opens), "due": _anchor(rule.due)}
    if rule.warn:
        rhythm["warn"] = _anchor(rule.warn)
    if rule.months:
        rhythm["months"] = list(rule.months)
    return Edition(
        title=rule.title,
        layout=_layout(rule, codes),
        respondents={
            "units": [units[key] for key in asked.units if key in units],
            "kinds": list(asked.kinds),
            "zones": [units[key] for key in asked.enterprises_of if key in units],
        },
        period_kind=rule.period,
        rhythm=rhythm,
        checks=[check.stored() for check in rule.checks],
        table_number=rule.table_number,
        authority=rule.authority,
        approval=rule.approval,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        review_levels=rule.review_levels,
        purpose=str(PURPOSES.get(rule.purpose, rule.purpose)),
        source=rule.source[:200],
    )


def _layout(rule: FormRule, codes: Mapping[str, str]) -> dict[str, Any]:
    rows: dict[str, Any] = {"kind": rule.rows_by}
    if rule.rows:
        rows["items"] = [_part(row.model_dump(), codes) for row in rule.rows]
    columns = [_part(column.model_dump(), codes) for column in rule.columns]
    return {"rows": rows, "columns": columns}


def _part(said: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    """A row or column with the city's key of its indicator."""
    kept = {name: value for name, value in said.items() if value is not None}
    if "indicator" in kept:
        kept["indicator"] = codes.get(kept["indicator"], "")
    return kept


def _anchor(part: AnchorPart) -> list[Any]:
    return [part.base, part.count, part.number]
