"""What holds for projects, without a database: pipeline, details, names alike, rates."""

from .answers import SUBJECT as LEAD
from .answers import AnswerLights, answer_facts
from .details import (
    AMOUNTS,
    MEASURED,
    Details,
    check_details,
    check_order,
    code_fault,
    odd_magnitude,
    read_amount,
)
from .firms import GROWTH, check_growth, grown
from .gates import (
    Course,
    FloorJudged,
    ShareJudged,
    belongs,
    gates_in,
    judge_floor,
    judge_share,
    year_list,
)
from .merging import FACTS, Joined, own_or_merged, path_of, survivors
from .names import likeness, plain_name, same_name
from .pairs import Alike, Named, pairs_alike
from .pipeline import BENEFIT, NEEDS, Judged, Pipeline, judge, modes_of, pipeline_of
from .places import MILLION, read_place
from .rates import Entry, Known, Rate, Standing, Step, distinct, rate, rates_in, standing
from .stuck import since, stuck_rules, waited

__all__ = [
    "AMOUNTS",
    "BENEFIT",
    "FACTS",
    "GROWTH",
    "LEAD",
    "MEASURED",
    "MILLION",
    "NEEDS",
    "Alike",
    "AnswerLights",
    "Course",
    "Details",
    "Entry",
    "FloorJudged",
    "Joined",
    "Judged",
    "Known",
    "Named",
    "Pipeline",
    "Rate",
    "ShareJudged",
    "Standing",
    "Step",
    "answer_facts",
    "belongs",
    "check_details",
    "check_growth",
    "check_order",
    "code_fault",
    "distinct",
    "gates_in",
    "grown",
    "judge",
    "judge_floor",
    "judge_share",
    "likeness",
    "modes_of",
    "odd_magnitude",
    "own_or_merged",
    "pairs_alike",
    "path_of",
    "pipeline_of",
    "plain_name",
    "rate",
    "rates_in",
    "read_amount",
    "read_place",
    "same_name",
    "since",
    "standing",
    "stuck_rules",
    "survivors",
    "waited",
    "year_list",
]
