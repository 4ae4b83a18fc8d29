"""What the head of every page of one project shows."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.common.moments import Moment
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..models import Project, ProjectState
from .holding import roles_in
from .rows import Row, rows_of


@dataclass(frozen=True)
class ProjectHead:
    """A project within the viewer's scope; `roles` are what the viewer may be in it today.

    One that goes on as another is only looked at: nobody has a role in it.
    """

    project: Project
    state: ProjectState
    row: Row
    roles: frozenset[str]


def project_head(key: str, viewer: Viewer, moment: Moment) -> ProjectHead | None:
    """A project as known at the moment; None for what isn't there or is out of scope."""
    project = visible(Project.objects.at(moment).filter(key=key), viewer).first()
    if project is None:
        return None
    state = ProjectState.objects.at(moment).get(project=project)
    [row] = rows_of(Project.objects.filter(key=key), project.city, moment)
    roles = roles_in(viewer, project.city, state.lead, state.zone)
    return ProjectHead(project, state, row, frozenset() if moment.is_past or row.into else roles)
