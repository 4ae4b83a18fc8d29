"""What should be looked at before a project is saved: look-alikes, and amounts out of scale."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.tables import shown
from luodi.orgs.queries import units_of, visible
from luodi.orgs.rules import Viewer

from ..models import Project, ProjectState
from ..rules import AMOUNTS, MEASURED, likeness, plain_name
from ..rules.details import ENOUGH, middle, times_off
from ..rules.names import ALIKE
from .merged import merged_away

MOST = 8


@dataclass(frozen=True)
class Warned:
    """One thing to look at: a sentence, and the project it is about, if any."""

    sentence: str
    key: str = ""
    name: str = ""


def warnings_about(
    viewer: Viewer, details: dict[str, Any], moment: Moment, but: str = ""
) -> list[Warned]:
    """Look-alikes among the projects the viewer sees, and amounts out of scale.

    `details` are checked ones; `but` is the project itself, where it is there already.
    """
    states = ProjectState.objects.at(moment).filter(
        project__in=visible(Project.objects.all(), viewer).values("key")
    )
    others = states.exclude(project=but).exclude(project__in=merged_away(moment))
    return [*_look_alikes(viewer.city, details, others, moment), *odd_amounts(details, others)]


def _look_alikes(
    city: str, details: dict[str, Any], others: QuerySet[ProjectState], moment: Moment
) -> list[Warned]:
    places = places_of(city, moment)
    name, investor = (plain_name(details[field], places) for field in ("name", "investor"))
    found = []
    for key, said, by, code in others.values_list("project_id", "name", "investor", "code"):
        alike = likeness(name, plain_name(said, places))
        same_investor = bool(investor) and investor == plain_name(by, places)
        if code and code == details["code"]:
            found.append((2.0, Warned(_("项目代码相同"), key, said)))
        elif alike >= ALIKE:
            reason = _("名称相近，投资方相同") if same_investor else _("名称相近")
            found.append((alike + same_investor, Warned(reason, key, said)))
        elif same_investor:
            found.append((0.5, Warned(_("投资方相同"), key, said)))
    best = sorted(found, key=lambda one: (-one[0], one[1].name, one[1].key))
    return [warned for _score, warned in best[:MOST]]


def places_of(city: str, moment: Moment) -> list[str]:
    """What may stand in front of a name: the city's units with a place in their name."""
    names = units_of(city, moment).values_list("name", "short_name")
    return [name for pair in names for name in pair if name]


def odd_amounts(details: dict[str, Any], others: QuerySet[ProjectState]) -> list[Warned]:
    """Amounts a thousand-fold off the middle of similar projects: mistaken units, mostly."""
    found = []
    for field in AMOUNTS:
        if details[field] is None:
            continue
        similar = others.exclude(**{field: None})
        same = similar.filter(industry=details["industry"]) if details["industry"] else similar
        columns = (field, f"{field}_scale")
        values = [Fraction(n, 10**s) for n, s in (*same.values_list(*columns),)]
        if len(values) < ENOUGH:
            values = [Fraction(n, 10**s) for n, s in similar.values_list(*columns)]
        said = off_in_words(field, details[field], details[f"{field}_scale"], middle(values))
        if said:
            found.append(Warned(said))
    return found


def off_in_words(field: str, number: int, scale: int, of: Fraction | None) -> str:
    """Says that an amount is a thousand-fold off the middle of similar ones; '' where it isn't."""
    times = times_off(number, scale, of)
    if not times:
        return ""
    words = {"what": MEASURED[field], "unit": AMOUNTS[field], "times": shown(abs(times))}
    more = _("%(what)s约为同类项目的 %(times)s 倍，单位是%(unit)s，请核对是否填错单位。")
    less = _("%(what)s只有同类项目的约 1/%(times)s，单位是%(unit)s，请核对是否把亿元填成了万元。")
    return (more if times > 0 else less) % words
