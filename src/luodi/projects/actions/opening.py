"""A project comes in: an investment lead, or a planned project of the reserve."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.chain.queries import target_page
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import units_of, viewer_of_person
from luodi.orgs.rules import Viewer

from ..models import LeadSource, Project, ProjectState
from ..queries import first_answer, modes_at, pipeline_at, roles_in, warnings_about
from ..rules import Details, check_details


def open_lead(*, city: str, details: Details, by: str, at: datetime, target: str = "") -> Project:
    """Register a project in the first stage of the city's pipeline.

    The office for any unit; a unit for itself as the lead or as the zone. Look-alikes and odd
    amounts don't block: what there was to look at is kept with the act. Opened from a `target`
    firm the viewer sees, the two stay tied: a firm becomes one project (`Conflict`).
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    checked = check_details(details)
    if city not in viewer.cities or not roles_in(viewer, city, checked["lead"], checked["zone"]):
        raise NotAllowed(_("只能登记由本单位牵头或落地在本区域的项目；其他的请专班办公室登记。"))
    check_known(city=city, checked=checked, by=by, at=at)
    stages = pipeline_at(city, moment).stages
    if not stages:
        raise NotFound(_("本市的规则包没有项目环节，请先更新规则包。"))
    warned = warnings_about(viewer, checked, moment)
    scope = {"city": city, "zone": checked["zone"], "unit": checked["lead"]}
    project = Project(key=new_key(), **scope)
    project.answer_due_at, project.answer_working = first_answer(project, at)
    payload = {
        "name": checked["name"],
        "stage": stages[0].key,
        "warned": [[warning.sentence, warning.key] for warning in warned],
    }
    if target:
        _check_target(viewer, target, moment)
    subject = subject_key("project", project.key)
    with perform(
        "open_lead", by=by, at=at, subjects=[subject], scope=scope, payload=payload
    ) as deed:
        deed.write(project)
        deed.write(ProjectState(project_id=project.key, stage=stages[0].key, **checked))
        if target:
            deed.mention(subject_key("target_firm", target))
            deed.write(LeadSource(project_id=project.key, target=target, **scope))
    return project


def _check_target(viewer: Viewer, target: str, moment: Moment) -> None:
    page = target_page(viewer, target, moment)
    if LeadSource.objects.filter(target=target).exists():
        raise Conflict(
            _("“%(name)s”已经登记过项目，请到那个项目里办理。") % {"name": page.row.name}
        )


def check_known(*, city: str, checked: Details, by: str, at: datetime) -> None:
    """Refuse a unit, a zone or a mode that the city doesn't have."""
    known = set(units_of(city, Moment(at)).values_list("of", flat=True))
    if checked["lead"] not in known or (checked["zone"] and checked["zone"] not in known):
        raise NotFound(_("没有这个单位，请从列表里选择。"))
    modes = {rule.key for rule in modes_at(city, Moment(at))}
    if checked["mode"] and checked["mode"] not in modes:
        raise Incomplete(_("没有这种招商模式，请从列表里选择。"))
