"""Rules of assessment: pure."""

from .externals import (
    Forecast,
    ReadResult,
    forecast,
    read_line,
    read_table,
)
from .schemes import (
    digest_of,
    read_rule,
    scheme_in,
    schemes_in,
)
from .scoring import (
    fault_in_words,
    points_text,
    read_fraction,
    result_digest,
    scheme_of,
    working_of,
)
from .terms import (
    TermResult,
    TermYear,
    term_result,
    weights_for,
    years_of,
)

__all__ = [
    "Forecast",
    "ReadResult",
    "TermResult",
    "TermYear",
    "digest_of",
    "fault_in_words",
    "forecast",
    "points_text",
    "read_fraction",
    "read_line",
    "read_rule",
    "read_table",
    "result_digest",
    "scheme_in",
    "scheme_of",
    "schemes_in",
    "term_result",
    "weights_for",
    "working_of",
    "years_of",
]
