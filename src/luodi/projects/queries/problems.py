"""Problems of projects, with the supervised items they became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.kit.flows import Move
from luodi.ledger.queries import Row as ItemRow
from luodi.ledger.queries import items_about, may_open, rows_about
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..flows import PROBLEM
from ..models import MergeState, Problem, ProblemState, ProjectState
from .heads import ProjectHead, project_head


@dataclass(frozen=True)
class ProblemRow:
    """A problem as it stood at a moment. `item` is the supervised item it became, if any;
    `open_item` says whether the viewer may open that item. `seen` is the position of its state.
    """

    key: str
    project: str
    project_name: str
    zone: str
    lead: str
    title: str
    content: str
    raised_at: datetime
    stage: str
    stage_label: str
    answer: str
    seen: int
    item: ItemRow | None
    open_item: bool
    moves: tuple[Move, ...]

    @property
    def waits(self) -> bool:
        """Whether the office has to decide who handles it."""
        return self.stage == PROBLEM.start and self.item is None

    @property
    def light(self) -> tuple[str, str]:
        """The light of the item, and why."""
        return (self.item.light, self.item.why) if self.item else ("", "")

    @property
    def number(self) -> str:
        """The number of the item."""
        return self.item.number if self.item else ""

    @property
    def due(self) -> date | None:
        """When the item is due."""
        return self.item.due_on if self.item else None

    @property
    def address(self) -> str:
        """The page of the project's problems."""
        return f"/projects/{self.project}/problems/"


@dataclass(frozen=True)
class ProblemsPage:
    """The problems of one project, and the items opened about the project itself."""

    head: ProjectHead
    rows: list[ProblemRow]
    items: list[ItemRow]


def problems(viewer: Viewer, moment: Moment) -> list[ProblemRow]:
    """All problems in the viewer's scope as known at the moment, those that wait first."""
    return _rows(visible(Problem.objects.all(), viewer), viewer, moment, frozenset())


def problems_page(key: str, viewer: Viewer, moment: Moment) -> ProblemsPage | None:
    """The problems of a project within the viewer's scope; None for anything else."""
    head = project_head(key, viewer, moment)
    if head is None:
        return None
    merged = MergeState.objects.at(moment).filter(root=key).values("project")
    mine = Problem.objects.filter(Q(project=key) | Q(project__in=merged))
    return ProblemsPage(
        head=head,
        rows=_rows(mine, viewer, moment, head.roles),
        items=items_about(subject_key("project", key), viewer, moment),
    )


def _rows(
    mine: QuerySet[Problem], viewer: Viewer, moment: Moment, roles: frozenset[str]
) -> list[ProblemRow]:
    states = list(
        ProblemState.objects.at(moment)
        .filter(problem__in=mine.values("key"))
        .select_related("problem__act")
    )
    projects = {
        state.project_id: state
        for state in ProjectState.objects.at(moment).filter(
            project__in={s.problem.project_id for s in states}
        )
    }
    units = unit_names({u for p in projects.values() for u in (p.zone, p.lead) if u}, moment)
    subjects = {subject_key("problem", state.problem_id): state for state in states}
    items = rows_about(subjects, moment)
    shown = may_open([row.key for found in items.values() for row in found], viewer)
    rows = []
    for subject, state in subjects.items():
        project = projects[state.problem.project_id]
        item = items[subject][0] if items.get(subject) else None
        rows.append(
            ProblemRow(
                key=state.problem_id,
                project=project.project_id,
                project_name=project.name,
                zone=units.get(project.zone, ""),
                lead=units.get(project.lead, ""),
                title=state.title,
                content=state.content,
                raised_at=state.problem.act.at,
                stage=state.stage,
                stage_label=_said(state.stage, item),
                answer=state.answer,
                seen=state.since_id,
                item=item,
                open_item=item is not None and item.key in shown,
                moves=() if item else PROBLEM.available(state.stage, roles) if roles else (),
            )
        )
    return sorted(rows, key=lambda row: (not row.waits, -row.raised_at.timestamp(), row.key))


def _said(stage: str, item: ItemRow | None) -> str:
    """Where a problem stands, in words: with its item, where there is one."""
    return item.stage_label if item else PROBLEM.state(stage).label(language())


def find_problem(key: str) -> Found | None:
    """The finder of the subject kind `problem`: title, address, and whose it is."""
    state = ProblemState.objects.open().select_related("problem").filter(problem=key).first()
    if state is None:
        return None
    project = ProjectState.objects.open().get(project=state.problem.project_id)
    scope = {"city": state.problem.city, "units": f"{project.lead} {project.zone}"}
    address = reverse("project_problems", args=[project.project_id])
    title = f"{project.name}：{state.title}"
    return Found(title, address, _("项目问题"), state.content, scope)
