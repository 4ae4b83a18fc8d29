"""One project as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.audit.queries import acts_on_any
from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.documents.queries import attachments_of
from luodi.orgs.queries import owned, source_in_words, visible
from luodi.orgs.rules import Viewer

from ..models import PermitTrack, Project, ProjectState, Resumption
from ..rules import judge
from .gates import under_way_before
from .holding import roles_in
from .mentions import Mention, mentions_of
from .merged import MergeShown, merge_of, merges_into
from .pipelines import pipeline_at, place_of
from .rows import Row, amount_of, rows_of
from .sources import target_of
from .timelines import Event, events_of, worded

MOVERS = {
    "office": gettext_lazy("专班办公室"),
    "lead": gettext_lazy("牵头单位"),
    "zone": gettext_lazy("落地开发区或县区"),
}


@dataclass(frozen=True)
class Way:
    """One stage a project may go to: who may move it there, and what stands in the way.

    `evidence` says what file goes with the move; it is given with the move itself.
    """

    key: str
    label: str
    back: bool
    final: bool
    allowed: bool
    open: bool
    hard: bool
    unmet: str
    told: str
    evidence: str
    movers: str
    source: str


@dataclass(frozen=True)
class ProjectPage:
    """`seen` is the position of the state shown: forms send it back, so nobody overwrites."""

    row: Row
    project: Project
    state: ProjectState
    output: Decimal | None
    actual: Decimal | None
    land: Decimal | None
    seen: int
    roles: frozenset[str]
    ways: tuple[Way, ...]
    timeline: tuple[Event, ...]
    readable: frozenset[str]
    working: tuple[str, ...]
    answer_source: str
    answered: datetime | None
    mentions: tuple[Mention, ...]
    target: tuple[str, str] | None
    continuing: bool
    resumption: Resumption | None
    merge: MergeShown | None
    absorbed: tuple[MergeShown, ...]

    @property
    def may_revise(self) -> bool:
        """Whether the viewer may change what is known of it."""
        return bool(self.roles)


def project_page(key: str, viewer: Viewer, moment: Moment) -> ProjectPage | None:
    """A project within the viewer's scope as known at the moment; None for anything else."""
    mine = visible(Project.objects.at(moment).filter(key=key), viewer)
    project = mine.select_related("act").first()
    if project is None:
        return None
    state = ProjectState.objects.at(moment).get(project=project)
    [row] = rows_of(Project.objects.filter(key=key), project.city, moment)
    subject = subject_key("project", key)
    merge, absorbed = merge_of(key, moment), merges_into(key, moment)
    merged = {one.key: one.name for one in absorbed}
    of = [subject, *(subject_key("project", one) for one in merged)]
    roles = roles_in(viewer, project.city, state.lead, state.zone)
    roles = frozenset() if moment.is_past or merge else roles
    files = {
        f
        for one in of
        for f in attachments_of(one, viewer, moment).values_list("file_id", flat=True)
    }
    acts = acts_on_any(of, moment)
    resumptions = Resumption.objects.at(moment)
    return ProjectPage(
        row=row,
        project=project,
        state=state,
        output=amount_of(state, "output"),
        actual=amount_of(state, "actual_output"),
        land=amount_of(state, "land"),
        seen=state.since_id,
        roles=roles,
        ways=() if moment.is_past or merge else _ways(project, state, roles, moment),
        timeline=tuple(events_of(acts, _titles(project, moment), subject, merged)),
        readable=frozenset(files),
        working=tuple(n[language()] for n in project.answer_working.get("notes", [])),
        answer_source=source_in_words(project.answer_working.get("source", "")),
        answered=row.answered,
        mentions=mentions_of(key, moment),
        target=target_of(key, viewer, moment),
        continuing=under_way_before(project, moment.today.year, moment),
        resumption=resumptions.filter(project=project, year=moment.today.year).first(),
        merge=merge,
        absorbed=tuple(absorbed),
    )


def _titles(project: Project, moment: Moment) -> dict[str, str]:
    """Titles of stages: of the rules at the opening, under those of the moment."""
    then = Moment(project.act.at, project.act_id)
    both = (pipeline_at(project.city, then), pipeline_at(project.city, moment))
    return {rule.key: titled(rule) for pipeline in both for rule in pipeline.stages}


def _ways(
    project: Project, state: ProjectState, roles: frozenset[str], moment: Moment
) -> tuple[Way, ...]:
    """Every stage but the present one, in order, judged for the viewer."""
    pipeline = pipeline_at(project.city, moment)
    here = place_of(project, state.stage, pipeline)
    found = []
    for rule in pipeline.stages:
        if rule.key == state.stage:
            continue
        judged = judge(state, here, rule, pipeline, roles, evidence=True)
        owner = owned(rule)
        found.append(
            Way(
                key=rule.key,
                label=titled(rule),
                back=judged.back,
                final=rule.final,
                allowed=judged.allowed,
                open=judged.open,
                hard=judged.hard,
                unmet=worded(judged.unmet),
                told=worded(judged.told),
                evidence="" if judged.back else rule.evidence_says,
                movers=listed(str(MOVERS[who]) for who in rule.movers),
                source=owner + (f" · {rule.since.isoformat()}" if rule.since else ""),
            )
        )
    return tuple(found)


def find_project(key: str) -> Found | None:
    """The finder of the subject kind `project`: title, address, words, and whose it is."""
    rows = ProjectState.objects.open().filter(project=key)
    found = rows.values_list(
        "name", "investor", "industry", "code", "project__city", "lead", "zone"
    )
    if not found:
        return None
    name, investor, industry, code, city, lead, zone = found[0]
    agents = PermitTrack.objects.open().filter(project=key).values_list("agent", flat=True)
    units = " ".join(filter(None, [lead, zone, *agents]))
    scope: dict[str, Any] = {"city": city, "units": units}
    body = " ".join(filter(None, [investor, industry, code]))
    return Found(name, reverse("project", args=[key]), _("项目"), body, scope)
