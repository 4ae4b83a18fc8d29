"""Who is asked for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luodi.common.moments import Moment

from ..models import Asked
from ..rules import has_own_figure
from .definitions import definitions_by_key


@dataclass(frozen=True)
class AskedFigure:
    """A figure a unit is asked for."""

    indicator: str
    name: str
    measured_in: str
    scale: int
    purpose: str
    subject: str
    unit: str


def asked_of(unit: str, subject: str, moment: Moment) -> list[AskedFigure]:
    """What a unit is asked for because of a subject, by name."""
    return asked_for([subject], moment).get((subject, unit), [])


def asked_for(
    subjects: Iterable[str], moment: Moment, period: str = ""
) -> dict[tuple[str, str], list[AskedFigure]]:
    """What is asked because of subjects, by (subject, unit), in two queries.

    About a `period` only what has a figure of its own then is asked.
    """
    rows = list(Asked.objects.at(moment).filter(subject__in=set(subjects)))
    definitions = definitions_by_key({row.indicator_id for row in rows}, moment)
    found: dict[tuple[str, str], list[AskedFigure]] = {}
    for row in rows:
        definition = definitions[row.indicator_id]
        if not has_own_figure(definition, period):
            continue
        figure = AskedFigure(
            row.indicator_id,
            definition.name,
            definition.measured_in,
            definition.scale,
            definition.purpose,
            row.subject,
            row.unit,
        )
        found.setdefault((row.subject, row.unit), []).append(figure)
    for figures in found.values():
        figures.sort(key=lambda f: f.name)
    return found
