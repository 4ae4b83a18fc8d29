"""Investment projects, from a lead or the reserve to the benefit they promised."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open

from ..choices import Origin, Signing


class Project(Identity, Scoped):
    """One project. `answer_due_at` is when its first answer is due; its working explains it."""

    answer_due_at = models.DateTimeField(null=True)
    answer_working = models.JSONField(default=dict)

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """A project is its present lead unit's and its zone's, and that of the unit which does its
        paperwork (see `PermitTrack`); no other unit sees it.

        What one goes on as, and what went into it, belong to the same units: see `MergeState`.
        """
        units_of_it = Q(lead__in=units) | Q(zone__in=units, zone__gt="")
        mine = ProjectState.objects.open().filter(units_of_it).values("project")
        merges = MergeState.objects.open()
        return (
            Q(key__in=mine)
            | Q(key__in=cls._done_by(units))
            | Q(key__in=merges.filter(root__in=mine).values("project"))
            | Q(key__in=merges.filter(project__in=mine).values("root"))
        )

    @classmethod
    def _done_by(cls, units: frozenset[str]) -> models.QuerySet:
        """Keys of the projects whose paperwork is done by one of the units."""
        tracked = cls.objects.filter(permit_tracks__until=None, permit_tracks__agent__in=units)
        return tracked.values("key")


class ProjectState(State):
    """What is known of a project and its stage, a key of the city's pipeline.

    Investment, promised `output` and actual output (both a year's) are in 万元, land in 亩, each an
    exact integer at its scale. The investment under a framework agreement is an intention.
    `reviewed`: the expert review has passed it.
    """

    identity_field = "project"
    added = frozenset({"actual_output", "actual_output_scale", "reviewed"})

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="states")
    stage = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    investor = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    origin = models.CharField(max_length=20, choices=Origin.choices)
    source = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=60, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    lead = models.CharField(max_length=40)
    signing = models.CharField(max_length=10, choices=Signing.choices, default=Signing.NONE)
    investment = models.BigIntegerField(null=True)
    investment_scale = models.PositiveSmallIntegerField(default=0)
    output = models.BigIntegerField(null=True)
    output_scale = models.PositiveSmallIntegerField(default=0)
    actual_output = models.BigIntegerField(null=True)
    actual_output_scale = models.PositiveSmallIntegerField(default=0)
    land = models.BigIntegerField(null=True)
    land_scale = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=30, blank=True, help_text="national project code")
    planned_start = models.DateField(null=True)
    planned_production = models.DateField(null=True)
    planned_capacity = models.DateField(null=True)
    reviewed = models.BooleanField(default=False)

    class Meta:
        constraints = [one_open("project", "project")]
        indexes = [
            models.Index(fields=["lead"], condition=Q(until=None), name="project_lead_open"),
            models.Index(fields=["zone"], condition=Q(until=None), name="project_zone_open"),
        ]


class StageMove(Fact, Scoped):
    """A step along the pipeline, forward or back. It is never rewritten: going back is another.

    `unmet` names what was asked for and missing; only an override leaves anything in it. `told`
    names what rules that came later ask of stages the project had passed before.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="moves")
    from_stage = models.CharField(max_length=40)
    to_stage = models.CharField(max_length=40)
    happened_on = models.DateField()
    why = models.TextField(blank=True)
    back = models.BooleanField(default=False)
    override = models.BooleanField(default=False)
    unmet = models.JSONField(default=list)
    told = models.JSONField(default=list)
    signing = models.CharField(max_length=10, choices=Signing.choices)


class Merge(Identity):
    """A project that goes on as another one, `into`.

    `takes` names the facts that hold as the merged project said them; `stage` among them means
    that its moves are the survivor's up to the merge.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    takes = models.JSONField(default=list)


class MergeState(State):
    """A merge in force; closing the row takes it back.

    `root` is the project both go on as now, where `into` has been merged away itself. A project
    goes on as one other at most.
    """

    identity_field = "project"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="merges")
    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="states")
    root = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="absorbed")

    class Meta:
        constraints = [one_open("mergestate", "project")]
