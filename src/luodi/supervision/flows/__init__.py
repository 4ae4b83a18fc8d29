"""Lives of what supervision keeps, as tables."""

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

__all__ = ["BULLETIN", "CONTEST", "EXEMPTION", "LETTER", "RECTIFICATION"]
