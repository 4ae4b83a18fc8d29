"""What assessment reads."""

from .appraisals import (
    ABOUT,
    AppraisalHeld,
    appraisals,
    assessable,
    find_appraisal,
    hold_appraisal,
    hold_as_office,
    runs_appraisals,
)
from .comparing import (
    Moved,
    compared,
)
from .computing import (
    Computed,
    computed,
    replayed,
    worked,
)
from .externals import (
    ExternalRow,
    ZonePage,
    external_plan,
    external_rows,
    zone_page,
)
from .inputs import (
    Inputs,
    Known,
    inputs_at,
)
from .runs import (
    OPEN_TO_ALL,
    Line,
    ScoreRow,
    appraisal_runs,
    picked,
    score_row,
    scores_of,
)
from .schemes import (
    SchemePage,
    candidates,
    scheme_page,
    schemes_for,
)
from .steadiness import (
    Strip,
    kept_share,
    strips_of,
    weighed_anew,
)
from .trying import (
    TrialSheet,
    Tried,
    costs_in_words,
    trial_sheet,
    tried,
)

__all__ = [
    "ABOUT",
    "OPEN_TO_ALL",
    "AppraisalHeld",
    "Computed",
    "ExternalRow",
    "Inputs",
    "Known",
    "Line",
    "Moved",
    "SchemePage",
    "ScoreRow",
    "Strip",
    "TrialSheet",
    "Tried",
    "ZonePage",
    "appraisal_runs",
    "appraisals",
    "assessable",
    "candidates",
    "compared",
    "computed",
    "costs_in_words",
    "external_plan",
    "external_rows",
    "find_appraisal",
    "hold_appraisal",
    "hold_as_office",
    "inputs_at",
    "kept_share",
    "picked",
    "replayed",
    "runs_appraisals",
    "scheme_page",
    "schemes_for",
    "score_row",
    "scores_of",
    "strips_of",
    "trial_sheet",
    "tried",
    "weighed_anew",
    "worked",
    "zone_page",
]
