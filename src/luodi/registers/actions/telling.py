"""Who hears of a step: the unit that has an entry now, the one that had it, its home."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.orgs.queries import enterprise_names, handlers_of
from luodi.packs.schemas import RegisterMove, RegisterRule

from ..models import RegisterEntry
from ..queries import Holding
from ..queries.referring import unit_in_words
from ..rules import stage_title

KIND = "register"


def tell_of_move(
    *, held: Holding, step: RegisterMove, stage: str, referred_to: str, by: str, at: datetime
) -> None:
    """Tell the unit it was referred to, the one it was taken from, and the home of an answer."""
    before = held.state.referred_to
    units = {referred_to, before} if step.refers or step.returns else set()
    units |= {held.home} if step.by == "referred" else set()
    people = {person for unit in sorted(units - {""}) for person in handlers_of(unit)} - {by}
    if people:
        tell(
            people=sorted(people),
            kind=KIND,
            sentence=partial(_step_told, held, step, stage, referred_to, Moment(at)),
            subject=held.subject,
            address=reverse("register_entry", args=[held.entry.key]),
            by=by,
            at=at,
        )


def _step_told(
    held: Holding, step: RegisterMove, stage: str, referred_to: str, moment: Moment
) -> str:
    state = held.state
    name = enterprise_names([state.about], moment).get(state.about) or state.name
    words = {
        "name": f"{name} · {state.matter}" if state.matter else name,
        "register": titled(held.rule),
        "move": titled(step),
        "stage": stage_title(held.rule, stage),
    }
    said = _("%(register)s“%(name)s”：%(move)s，现为“%(stage)s”。") % words
    if step.refers:
        said += _("由%(unit)s办理。") % {"unit": unit_in_words(referred_to, moment)}
    return said


def tell_of_opening(
    *, entry: RegisterEntry, rule: RegisterRule, matter: str, by: str, at: datetime
) -> None:
    """Tell the home that an enterprise entered something itself."""
    tell(
        people=handlers_of(entry.unit),
        kind=KIND,
        sentence=partial(_opening_told, entry, rule, matter, Moment(at)),
        subject=subject_key("register_entry", entry.key),
        address=reverse("register_entry", args=[entry.key]),
        by=by,
        at=at,
    )


def _opening_told(entry: RegisterEntry, rule: RegisterRule, matter: str, moment: Moment) -> str:
    name = enterprise_names([entry.enterprise], moment).get(entry.enterprise, "")
    words = {"name": name, "register": titled(rule), "matter": matter or "—"}
    return _("%(name)s提出“%(register)s”：%(matter)s。") % words
