"""Rules of assessment: pure."""

from .evaluations import (
    BETTER,
    Found,
    change_of,
    counts_of,
    due_on,
    evaluation_rules,
    judge_measure,
    judge_target,
    last_year,
    read_period,
    rule_for,
)
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
from .verdict_words import (
    sentence_of,
)

__all__ = [
    "BETTER",
    "Forecast",
    "Found",
    "ReadResult",
    "TermResult",
    "TermYear",
    "change_of",
    "counts_of",
    "digest_of",
    "due_on",
    "evaluation_rules",
    "fault_in_words",
    "forecast",
    "judge_measure",
    "judge_target",
    "last_year",
    "points_text",
    "read_fraction",
    "read_line",
    "read_period",
    "read_rule",
    "read_table",
    "result_digest",
    "rule_for",
    "scheme_in",
    "scheme_of",
    "schemes_in",
    "sentence_of",
    "term_result",
    "weights_for",
    "working_of",
    "years_of",
]
