"""Reading projects: rows at any moment, roll-ups, board, page, look-alikes, batches."""

from .alike import Warned, odd_amounts, warnings_about
from .batches import (
    BatchesPage,
    BatchPage,
    EntryRow,
    Rolled,
    batch_page,
    batches,
    candidates,
    find_batch,
)
from .board import BoardColumn, board
from .cohorts import Cohort, cohort
from .holding import Holding, hold, roles_in
from .pages import ProjectPage, find_project, project_page
from .pipelines import first_answer, modes_at, pipeline_at, place_of
from .rows import Row, amount_of, projects, rows_of
from .totals import Total, totals_by

__all__ = [
    "BatchPage",
    "BatchesPage",
    "BoardColumn",
    "Cohort",
    "EntryRow",
    "Holding",
    "ProjectPage",
    "Rolled",
    "Row",
    "Total",
    "Warned",
    "amount_of",
    "batch_page",
    "batches",
    "board",
    "candidates",
    "cohort",
    "find_batch",
    "find_project",
    "first_answer",
    "hold",
    "modes_at",
    "odd_amounts",
    "pipeline_at",
    "place_of",
    "project_page",
    "projects",
    "roles_in",
    "rows_of",
    "totals_by",
    "warnings_about",
]
