"""What a pass says about its input: problems are data, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Span = tuple[int, int]
"""Half-open code-point offsets into a reader's text."""


@dataclass(frozen=True)
class Problem:
    """One thing a person should know.

    `code` is stable and dotted (`source.encrypted`, `measure.no_unit`), `params` fill the sentence
    registered for that code, `spans` point into the reader's text.
    """

    code: str
    severity: Severity
    message: str
    spans: tuple[Span, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)
