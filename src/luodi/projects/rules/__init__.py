"""What holds for projects, without a database: the pipeline, details, names that are alike."""

from .details import AMOUNTS, MEASURED, Details, check_details, code_fault, odd_magnitude
from .names import likeness, plain_name
from .pipeline import NEEDS, Judged, Pipeline, judge, modes_of, pipeline_of

__all__ = [
    "AMOUNTS",
    "MEASURED",
    "NEEDS",
    "Details",
    "Judged",
    "Pipeline",
    "check_details",
    "code_fault",
    "judge",
    "likeness",
    "modes_of",
    "odd_magnitude",
    "pipeline_of",
    "plain_name",
]
