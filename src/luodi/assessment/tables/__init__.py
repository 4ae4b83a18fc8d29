"""Lists of assessment."""

from .appraisals import (
    appraisals_table,
)
from .counts import (
    counts_table,
)
from .evaluations import (
    due_table,
    evaluations_table,
    judged_table,
)
from .externals import (
    externals_table,
)
from .gradings import (
    grades_table,
    gradings_table,
)
from .procedures import (
    self_reports_table,
    terms_table,
)
from .scores import (
    runs_table,
    scores_table,
)
from .zone_outputs import (
    zone_outputs_table,
)

__all__ = [
    "appraisals_table",
    "counts_table",
    "due_table",
    "evaluations_table",
    "externals_table",
    "grades_table",
    "gradings_table",
    "judged_table",
    "runs_table",
    "scores_table",
    "self_reports_table",
    "terms_table",
    "zone_outputs_table",
]
