"""The firm that carries a project, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.queries import enterprise_names, enterprises_of
from luodi.orgs.rules import Viewer

from ..choices import Threshold
from ..models import ProjectFirm
from ..rules import GROWTH
from .pages import ProjectPage, project_page


@dataclass(frozen=True)
class FirmPage:
    """A project with its firm. `days` are words and dates; `seen` is 0 where none is recorded.

    `open` says whether the viewer may open the enterprise's own page.
    """

    project: ProjectPage
    key: str
    name: str
    code: str
    open: bool
    threshold: str
    days: tuple[tuple[str, Any], ...]
    seen: int
    initial: dict[str, Any]

    @property
    def row(self) -> Any:
        """The project's row, for the head of the page."""
        return self.project.row


def firm_page(key: str, viewer: Viewer, moment: Moment) -> FirmPage | None:
    """The firm of a project within the viewer's scope; None where there is no such project."""
    project = project_page(key, viewer, moment)
    if project is None:
        return None
    firm = ProjectFirm.objects.at(moment).filter(project=key).first()
    if firm is None:
        days = tuple((str(said), None) for said in GROWTH.values())
        return FirmPage(project, "", "", "", False, "", days, 0, {"seen": 0})
    mine = enterprises_of(viewer, moment).filter(of=firm.enterprise).first()
    name = mine.name if mine else enterprise_names([firm.enterprise], moment).get(firm.enterprise)
    code = mine.credit_code if mine else ""
    dates = {column: getattr(firm, column) for column in GROWTH}
    return FirmPage(
        project=project,
        key=firm.enterprise,
        name=name or firm.enterprise,
        code=code,
        open=mine is not None,
        threshold=str(Threshold(firm.threshold).label),
        days=tuple((str(said), dates[column]) for column, said in GROWTH.items()),
        seen=firm.since_id,
        initial={
            "enterprise": code or name,
            "threshold": firm.threshold,
            "seen": firm.since_id,
            **dates,
        },
    )
