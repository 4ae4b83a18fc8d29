"""What holds for projects, without a database: pipeline, details, names alike, rates."""

from .details import (
    AMOUNTS,
    MEASURED,
    Details,
    check_details,
    code_fault,
    odd_magnitude,
    read_amount,
)
from .names import likeness, plain_name
from .pipeline import BENEFIT, NEEDS, Judged, Pipeline, judge, modes_of, pipeline_of
from .rates import Entry, Known, Rate, Standing, Step, distinct, rate, rates_in, standing

__all__ = [
    "AMOUNTS",
    "BENEFIT",
    "MEASURED",
    "NEEDS",
    "Details",
    "Entry",
    "Judged",
    "Known",
    "Pipeline",
    "Rate",
    "Standing",
    "Step",
    "check_details",
    "code_fault",
    "distinct",
    "judge",
    "likeness",
    "modes_of",
    "odd_magnitude",
    "pipeline_of",
    "plain_name",
    "rate",
    "rates_in",
    "read_amount",
    "standing",
]
