"""Indicators."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kit.problems import Span


@dataclass(frozen=True, slots=True)
class Indicator:
    name: str
    entity: str
    value: str
    value_to: str
    unit: str
    comparator: str
    period: str
    kind: str
    nature: str
    span: Span


def indicators_of(paragraphs, where):
    return []
