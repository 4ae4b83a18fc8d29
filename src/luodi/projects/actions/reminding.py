"""Telling people in time: permits that come near or are overdue, gates, seats of a panel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.tables import shown
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import (
    cities_in_force,
    people_of_city,
    people_with,
    rulebook,
    viewer_of_person,
)
from luodi.orgs.rules import REPORTERS
from luodi.packs.schemas import PermitRule

from ..choices import PermitStep
from ..models import PermitTrack, ProjectPermit, ProjectState
from ..queries.gates import GateShown, gates
from ..queries.merged import merged_away
from ..queries.permits import comes_near, is_overdue
from ..rules.gates import ShareJudged
from ..rules.permits import permits_in


def remind_of_permits(*, by: str, at: datetime) -> int:
    """Tell lead, zone and agent of permits that come near or are overdue, once for each due day.

    Returns how many people were told now.
    """
    told, moment = 0, Moment(at)
    rows = ProjectPermit.objects.open().filter(
        step=PermitStep.TAKEN_IN, due_at__lte=at + timedelta(days=60)
    )
    near = list(rows.exclude(project__in=merged_away(moment)).select_related("project"))
    states = ProjectState.objects.open().filter(project__in=[row.project_id for row in near])
    zones = dict(states.values_list("project", "zone"))
    rules = rulebook((row.project.city for row in near), moment).each(
        lambda stack: {rule.key: rule for rule in permits_in(stack, moment.today)}
    )
    for row in near:
        rule = rules(row.project.city, zones.get(row.project_id, "")).get(row.permit)
        if rule and (is_overdue(row, moment) or comes_near(row, rule, moment)):
            told += _tell_permit(row, rule, by, moment)
    return told


def _tell_permit(row: ProjectPermit, rule: PermitRule, by: str, moment: Moment) -> int:
    state = ProjectState.objects.open().get(project=row.project_id)
    agents = PermitTrack.objects.open().filter(project=row.project_id)
    units = dict.fromkeys(
        unit for unit in (state.lead, state.zone, *agents.values_list("agent", flat=True)) if unit
    )
    late = is_overdue(row, moment)

    def sentence() -> str:
        near = _("“%(name)s”的%(what)s应于 %(at)s 前办结，请跟进。")
        over = _("“%(name)s”的%(what)s应于 %(at)s 前办结，已经超期。")
        words = {"name": state.name[:60], "what": titled(rule), "at": shown(row.due_at)}
        return (over if late else near) % words

    return tell(
        people=[person for unit in units for person in people_with(unit, REPORTERS)],
        kind="permit",
        sentence=sentence,
        subject=subject_key("project", row.project_id),
        address=f"/projects/{row.project_id}/permits/",
        once=f"permit:{row.project_id}:{row.permit}:{row.due_at}:{late}",
        by=by,
        at=moment.at,
    )


def remind_of_gates(*, by: str, at: datetime) -> int:
    """Tell the office how far a gate is, some days before its due day and when it has passed.

    The days are the pack's. Returns how many people were told now.
    """
    told, moment = 0, Moment(at)
    for city in cities_in_force():
        office = people_of_city(city, [Role.OFFICE])
        if not office:
            continue
        page = gates(viewer_of_person(office[0]), moment, moment.today)
        for shown_gate in page.gates:
            told += _tell_gate(shown_gate, office, by, moment)
    return told


def _tell_gate(one: GateShown, office: Iterable[str], by: str, moment: Moment) -> int:
    judged = one.judged
    if not isinstance(judged, ShareJudged) or not judged.rule.warn or not judged.base:
        return 0
    days = (judged.due - moment.today).days
    if days > judged.rule.warn or days < -judged.rule.warn:
        return 0
    return tell(
        people=office,
        kind="gate",
        sentence=partial(_gate_sentence, one, judged, days),
        address="/projects/gates/",
        once=f"gate:{judged.rule.key}:{judged.due}:{'ahead' if days > 0 else 'after'}",
        by=by,
        at=moment.at,
    )


def _gate_sentence(one: GateShown, judged: ShareJudged, days: int) -> str:
    words = {
        "title": one.title,
        "due": judged.due.isoformat(),
        "n": len(judged.reached),
        "m": judged.base,
        "needed": judged.needed,
        "status": one.status,
    }
    ahead = _("%(title)s：%(due)s 到期，现在 %(n)s ÷ %(m)s 个，至少要 %(needed)s 个，%(status)s。")
    after = _("%(title)s：%(due)s 已到期，%(n)s ÷ %(m)s 个，至少要 %(needed)s 个，%(status)s。")
    return (ahead if days > 0 else after) % words
