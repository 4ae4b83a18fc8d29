"""Reading typed figures, versions of definitions, sharing out goals. Pure."""

from .figures import (
    Measured,
    Versioned,
    break_between,
    code_of,
    holds_for,
    least_scale,
    read_figure,
    said,
    unit_of,
    version_for,
)
from .months import has_own_figure, is_joined
from .paces import (
    Place,
    by_history,
    cumulated,
    is_met,
    joined,
    left_over,
    linear,
    own_parts,
    periods_of,
    split,
)

__all__ = [
    "Measured",
    "Place",
    "Versioned",
    "break_between",
    "by_history",
    "code_of",
    "cumulated",
    "has_own_figure",
    "holds_for",
    "is_joined",
    "is_met",
    "joined",
    "least_scale",
    "left_over",
    "linear",
    "own_parts",
    "periods_of",
    "read_figure",
    "said",
    "split",
    "unit_of",
    "version_for",
]
