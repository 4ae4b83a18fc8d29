"""The lives of what supervision does, as tables."""

from .bulletins import (
    BULLETIN,
    CONTEST,
)
from .exemptions import (
    EXEMPTION,
)
from .letters import (
    LETTER,
    RECTIFICATION,
)
from .meetings import (
    MEETING,
    OFFICE,
)

__all__ = ["BULLETIN", "CONTEST", "EXEMPTION", "LETTER", "MEETING", "OFFICE", "RECTIFICATION"]
