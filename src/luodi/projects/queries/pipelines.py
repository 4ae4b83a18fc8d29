"""The pipeline a city runs on, and the clock of a lead's first answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.queries import Placed, due_for, pack_of
from luodi.packs.schemas import ModeRule, PipelineRule

from ..models import Project
from ..rules import Pipeline, modes_of, pipeline_of

ANSWERED = "project.lead"
"""What the clock of a first answer starts with."""


def pipeline_at(city: str, moment: Moment) -> Pipeline:
    """The stages of a city by the pack and day of a moment; none where its pack has none."""
    return pipeline_of(pack_of(city, moment), moment.today)


def modes_at(city: str, moment: Moment) -> tuple[ModeRule, ...]:
    """The modes of attracting investment of a city at a moment."""
    return modes_of(pack_of(city, moment), moment.today)


def stage_of(project: Project, stage: str, pipeline: Pipeline) -> PipelineRule | None:
    """A stage by its key: of today's rules, else of those in force when the project was opened."""
    found = pipeline.get(stage)
    if found is None:
        then = Moment(project.act.at, project.act_id)
        found = pipeline_of(pack_of(project.city, then), then.today).get(stage)
    return found


def place_of(project: Project, stage: str, pipeline: Pipeline) -> int:
    """Where a stage stands in the order; behind nothing where no rule knows it."""
    rule = stage_of(project, stage, pipeline)
    return rule.order if rule else 0


def first_answer(project: Placed, at: datetime) -> tuple[datetime | None, dict[str, Any]]:
    """When a lead's first answer is due by the clock of its place, with its working; else
    nothing."""
    return due_for(project, ANSWERED, at)
