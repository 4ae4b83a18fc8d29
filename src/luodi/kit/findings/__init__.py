"""The plan checker: what a document leaves open, and where it contradicts itself.

`error` only where arithmetic or text contradicts itself; no finding is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable

from luodi.kit.findings.figures import contradictions, no_base, odd_units, two_values
from luodi.kit.findings.measures import deadline_past, no_deadline, no_measure, no_unit
from luodi.kit.findings.organs import look_alikes
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.writing import broken_numbering, repeated_words, unpaired_signs
from luodi.kit.problems import Problem

__all__ = ["CHECKS", "Reading", "findings_of"]

CHECKS: tuple[Callable[[Reading], list[Problem]], ...] = (
    no_measure,
    no_unit,
    no_deadline,
    deadline_past,
    no_base,
    contradictions,
    two_values,
    odd_units,
    look_alikes,
    broken_numbering,
    unpaired_signs,
    repeated_words,
)


def findings_of(reading: Reading) -> list[Problem]:
    """All findings on one document, check by check, in the order of CHECKS."""
    return [finding for check in CHECKS for finding in check(reading)]
