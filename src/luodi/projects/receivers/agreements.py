"""Telling those who come next what was decided about an agreement."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject
from luodi.common.languages import language
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import handlers_of, people_of_city

from ..flows import AGREEMENT
from ..models import ProjectState


@receiver(acted, dispatch_uid="projects.agreements")
def tell_about(sender: Any, act: Act, **kwargs: Any) -> None:
    """The office is told what the units reported, the units what the office decided."""
    if act.verb != "move_agreement":
        return
    _kind, key = split_subject(act.subjects[0])
    state = ProjectState.objects.open().select_related("project").get(project=key)
    move = next(one for one in AGREEMENT.moves if one.name == act.payload["move"])
    if "office" in move.roles:
        units = [unit for unit in (state.lead, state.zone) if unit]
        people = [p for unit in units for p in handlers_of(unit)]
    else:
        people = people_of_city(state.project.city, [Role.OFFICE])

    def sentence() -> str:
        words = {"project": state.name[:60], "move": move.label(language())}
        if until := act.payload.get("until"):
            said = _("项目“%(project)s”的标准地协议：%(move)s，期限 %(until)s。")
            return said % {**words, "until": until}
        return _("项目“%(project)s”的标准地协议：%(move)s。") % words

    tell(
        people=[person for person in people if person != act.by],
        kind="project",
        sentence=sentence,
        subject=act.subjects[0],
        address=f"/projects/{key}/agreement/",
        by="system:projects",
        at=act.at,
        once=f"act:{act.position}",
    )
