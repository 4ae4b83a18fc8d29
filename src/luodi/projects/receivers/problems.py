"""Telling the office what was raised, and those who raised it what came of it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import handlers_of, people_of_city

from ..models import ProjectState

VERBS = {
    "raise_problem": lambda: _("项目“%(project)s”上报问题，请交办：%(title)s"),
    "decline_problem": lambda: _("项目“%(project)s”上报的问题不予交办：%(title)s。%(why)s"),
    "reopen_problem": lambda: _("项目“%(project)s”上报的问题重新受理：%(title)s"),
}


@receiver(acted, dispatch_uid="projects.problems")
def tell_about(sender: Any, act: Act, **kwargs: Any) -> None:
    """Put what was raised or decided about a problem into the inboxes of those who come next."""
    if act.verb not in VERBS:
        return
    _kind, key = split_subject(act.subjects[0])
    state = ProjectState.objects.open().select_related("project").get(project=key)
    if act.verb == "raise_problem":
        people = people_of_city(state.project.city, [Role.OFFICE])
    else:
        units = [unit for unit in (state.lead, state.zone) if unit]
        people = [p for unit in units for p in handlers_of(unit)]
    words = {"project": state.name, "title": act.payload["title"], "why": act.why}
    tell(
        people=[person for person in people if person != act.by],
        kind="project",
        sentence=lambda: VERBS[act.verb]() % words,
        subject=act.subjects[0],
        address=reverse("project_problems", args=[key]),
        by="system:projects",
        at=act.at,
        once=f"act:{act.position}",
    )
