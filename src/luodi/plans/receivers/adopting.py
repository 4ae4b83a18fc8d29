"""From the measures a person accepted in the reading room to a plan with responsible units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from luodi.audit.actions import Deed
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.kit.calendars import read_deadline
from luodi.orgs.models import UnitState
from luodi.orgs.queries import expand, units_of
from luodi.reading.models import Compilation

from ..choices import AssignedRole
from ..models import Assignment, Measure, MeasureState, Plan


@dataclass(frozen=True)
class Part:
    """A unit's part as it will be assigned; `direct` where the text names the unit itself."""

    unit: str
    role: str
    written: str
    confirmed_by: str
    direct: bool


def adopt_measures(
    cards: Sequence[AdoptedCard],
    *,
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Write a plan, its measures, their deadlines as written and their units into `deed`.

    A document with goals alone is a plan too: its goals are evaluated; nobody reports on it.
    Collective bodies become one assignment a member; a unit named twice is assigned once; names
    that no unit bears stay with the measure. `context["measures"]` maps sentence keys to the new
    measures, for the adopters that come after.
    """
    context["measures"] = {}
    if not cards and not context.get("targets"):
        return
    plan = _write_plan(deed, document, context)
    units = {state.of_id: state for state in units_of(document.city, Moment(at))}
    headings = _headings(document.key)
    measures = [
        _write_measure(deed, plan, card, order, headings) for order, card in enumerate(cards, 1)
    ]
    for measure, card in zip(measures, cards, strict=True):
        context["measures"][card.sentence_key] = measure.key
        _write_state(deed, measure, card, plan.issued_on)
    for measure, card in zip(measures, cards, strict=True):
        parts = _parts(card.data.get("units", []), units, Moment(at))
        for place, part in enumerate(parts):
            _write_assignment(deed, measure, part, place)


def _write_plan(deed: Deed, document: AdoptedDocument, context: Mapping[str, Any]) -> Plan:
    plan = deed.write(
        Plan(
            key=new_key(),
            city=document.city,
            document=document.key,
            title=document.title[:300],
            number=document.number[:80],
            issuer=document.issuer[:120],
            issued_on=read_issue(document.issued_on),
            organ=context.get("organ", ""),
        )
    )
    deed.touch(subject_key("plan", plan.key))
    return plan


def read_issue(written: str) -> date | None:
    """The day of issue from YYYY-MM-DD, or the first of the month from YYYY-MM."""
    try:
        return date.fromisoformat(written if len(written) > 7 else f"{written}-01")
    except ValueError:
        return None


def _write_measure(
    deed: Deed, plan: Plan, card: AdoptedCard, order: int, headings: Sequence[Mapping[str, Any]]
) -> Measure:
    data = card.data
    measure = deed.write(
        Measure(
            key=new_key(),
            city=plan.city,
            plan_id=plan.key,
            order=order,
            label=data.get("label", "")[:20],
            title=data.get("title", "")[:300],
            path=_titled(data.get("path", []), headings, card.start),
            text=data.get("text", ""),
            sentence=card.sentence_key,
            named=[{"name": u["name"], "role": u["role"]} for u in data.get("units", [])],
        )
    )
    deed.touch(subject_key("measure", measure.key))
    return measure


def _write_state(deed: Deed, measure: Measure, card: AdoptedCard, issued: date | None) -> None:
    written = card.data.get("deadline") or ""
    deed.write(
        MeasureState(
            measure_id=measure.key,
            deadline=written[:60],
            due_on=read_deadline(written, issued).on,
        )
    )


def _write_assignment(deed: Deed, measure: Measure, part: Part, place: int) -> None:
    deed.write(
        Assignment(
            measure_id=measure.key,
            unit=part.unit,
            role=part.role,
            written=part.written[:120],
            order=place,
            confirmed_by=part.confirmed_by,
        )
    )


def _parts(
    named: Iterable[Mapping[str, str]], units: Mapping[str, UnitState], moment: Moment
) -> list[Part]:
    """One part a unit, in the order of the text; a unit's own mention wins over a collective's."""
    found: dict[str, Part] = {}
    for row in named:
        state = units.get(row.get("unit", "")) or _resolve(row["name"], units)
        if state is None:
            continue
        for key in expand(state, moment):
            part = Part(
                key, _role(row), row["name"], row.get("confirmed_by", ""), key == state.of_id
            )
            found[key] = _merged(found[key], part) if key in found else part
    return list(found.values())


def _merged(first: Part, second: Part) -> Part:
    kept = second if second.direct and not first.direct else first
    if AssignedRole.LEAD in (first.role, second.role):
        lead = first if first.role == AssignedRole.LEAD else second
        return replace(kept, role=AssignedRole.LEAD, confirmed_by=lead.confirmed_by)
    return kept


def _resolve(name: str, units: Mapping[str, UnitState]) -> UnitState | None:
    """The one unit that bears a name; None where there is none or more than one."""
    bearing = [u for u in units.values() if name in {u.name, u.short_name, *u.aliases}]
    return bearing[0] if len(bearing) == 1 else None


def _role(row: Mapping[str, str]) -> str:
    """The role as the text or a person gives it; whatever else is said, nobody becomes lead."""
    said = row.get("role", "")
    return said if said in AssignedRole.values else AssignedRole.RESPONSIBLE


def _headings(document: str) -> list[Mapping[str, Any]]:
    """The outline of the document as compiled: labels with the titles behind them."""
    compiled = Compilation.objects.filter(document=document).order_by("-act").first()
    if compiled is None:
        return []
    parts = compiled.content.get("documents", [])
    return [heading for part in parts for heading in part.get("outline", [])]


def _titled(path: Sequence[str], headings: Sequence[Mapping[str, Any]], start: int) -> list[str]:
    """The path with titles: each label by the nearest heading of that label above `start`."""
    titled, before = [], start
    for label in reversed(path):
        above = [h for h in headings if h["label"] == label and h["span"][0] < before]
        if above:
            before = above[-1]["span"][0]
        titled.append(f"{label}{above[-1]['title']}" if above else label)
    return titled[::-1]
