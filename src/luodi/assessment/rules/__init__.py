"""What holds for appraisals, without a database."""

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
    "forecast",
    "read_line",
    "read_rule",
    "read_table",
    "scheme_in",
    "schemes_in",
    "term_result",
    "weights_for",
    "years_of",
]
