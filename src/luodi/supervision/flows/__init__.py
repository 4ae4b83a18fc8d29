"""Flows of supervision."""

from .exemptions import (
    EXEMPTION,
)
from .letters import (
    LETTER,
    RECTIFICATION,
)

__all__ = ["EXEMPTION", "LETTER", "RECTIFICATION"]
