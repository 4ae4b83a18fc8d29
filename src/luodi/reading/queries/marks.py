"""Findings beside the source: which touch a card or a sentence, how grave, where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.urls import reverse

from luodi.common.moments import Moment
from luodi.reading.choices import FindingStage, Severity
from luodi.reading.models import FindingState
from luodi.reading.rules.findings import SHAPES, in_order, others_of


@dataclass(frozen=True)
class Finding:
    """What the plan checker says, as the room shows it beside the source."""

    token: str
    severity: str
    severity_label: str
    message: str
    spans: list[tuple[int, int]]
    stage: str
    stage_label: str
    address: str

    @property
    def shape(self) -> str:
        """The severity's shape."""
        return SHAPES.get(self.severity, "○")


def findings_beside(document: str, moment: Moment) -> list[Finding]:
    """The standing findings of a document that nobody dismissed, errors first, in one query.

    Those of a comparison stand on the check's page only: not everyone may read the other side.
    """
    rows = FindingState.objects.at(moment).filter(finding__document=document, standing=True)
    states = rows.exclude(stage=FindingStage.DISMISSED).select_related("finding")
    own = [s for s in states if not others_of(s.finding.params)]
    ordered = sorted(own, key=lambda s: in_order(s.severity, s.finding.spans))
    return [_finding(n, state) for n, state in enumerate(ordered)]


def _finding(number: int, state: FindingState) -> Finding:
    finding = state.finding
    return Finding(
        token=f"f{number}",
        severity=state.severity,
        severity_label=str(Severity(state.severity).label),
        message=state.message,
        spans=[(start, end) for start, end in finding.spans],
        stage=state.stage,
        stage_label=state.get_stage_display(),
        address=reverse("finding", args=[finding.document_id, finding.key]),
    )


class Beside:
    """Which findings touch a stretch of the source; a look-up costs what it finds."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._spans = sorted(
            (start, end, n) for n, one in enumerate(findings) for start, end in one.spans
        )
        self._starts = [start for start, _end, _n in self._spans]
        self._reach = list(accumulate((end for _start, end, _n in self._spans), max))
        self._findings = findings

    def touching(self, spans: Sequence[Sequence[int]]) -> list[Finding]:
        """The findings with a place in any of the stretches, errors first, each once."""
        found: set[int] = set()
        for start, end in spans:
            place = bisect_left(self._starts, end)
            while place and self._reach[place - 1] > start:
                place -= 1
                _start, reach, number = self._spans[place]
                if reach > start:
                    found.add(number)
        return [self._findings[n] for n in sorted(found)]
