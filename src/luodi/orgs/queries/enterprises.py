"""The register of enterprises, and who speaks for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.doors import Found
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound

from ..choices import UnitKind
from ..models import Account, Enterprise, EnterprisePosting, EnterpriseState, UnitState
from ..rules import Viewer, keeps_enterprises, plain_code
from .people import names_of
from .scope import visible
from .units import unit_names

HOMES = (UnitKind.ZONE, UnitKind.COUNTY)


def enterprises_of(viewer: Viewer, moment: Moment) -> QuerySet[EnterpriseState]:
    """The enterprises a viewer may see, as they were at a moment, by name."""
    mine = visible(Enterprise.objects.at(moment), viewer)
    return EnterpriseState.objects.at(moment).filter(of__in=mine).order_by("name")


def enterprise_for(viewer: Viewer, key: str, moment: Moment) -> EnterpriseState:
    """An enterprise within the viewer's scope at a moment, or `NotFound`."""
    state = enterprises_of(viewer, moment).filter(of=key).first()
    if state is None:
        raise NotFound(_("没有这家企业，或者不归您管。"))
    return state


def enterprise_named(viewer: Viewer, said: str, moment: Moment, *, whole: bool = False) -> str:
    """The key of the one enterprise in the viewer's scope with a name or code, or part of a name.

    `whole`: no part of a name will do, where nothing brings back what is done.
    """
    words = said.strip()
    mine = enterprises_of(viewer, moment)
    found = list(mine.filter(Q(name=words) | Q(credit_code=plain_code(words)))[:2])
    if not found and words and not whole:
        found = list(mine.filter(name__contains=words)[:6])
    if not found:
        raise Incomplete(
            _("您的范围内没有叫“%s”的企业，请核对名称或统一社会信用代码。") % words[:40]
        )
    if len(found) > 1:
        told = {"said": words[:40], "names": listed(one.name for one in found[:5])}
        raise Incomplete(
            _("有几家企业的名称里有“%(said)s”：%(names)s。请写全称或信用代码。") % told
        )
    return found[0].of_id


def enterprise_by_code(city: str, code: str, moment: Moment) -> EnterpriseState | None:
    """The enterprise of a city with a 统一社会信用代码, however it is typed."""
    rows = EnterpriseState.objects.at(moment).filter(city=city, credit_code=plain_code(code))
    return rows.first()


def enterprise_names(keys: Iterable[str], moment: Moment) -> dict[str, str]:
    """Names of enterprises by key."""
    rows = EnterpriseState.objects.at(moment).filter(of__in=set(keys))
    return dict(rows.values_list("of", "name"))


def homes_of(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the zones and counties whose enterprises a viewer keeps."""
    rows = UnitState.objects.at(moment).filter(of__city__in=viewer.cities, kind__in=HOMES)
    return [
        (row.of_id, row.short_name or row.name)
        for row in rows.order_by("-kind", "name")
        if keeps_enterprises(viewer, row.of_id)
    ]


def counties_of(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the counties of the viewer's cities."""
    rows = UnitState.objects.at(moment).filter(of__city__in=viewer.cities, kind=UnitKind.COUNTY)
    return [(row.of_id, row.short_name or row.name) for row in rows.order_by("name")]


@dataclass(frozen=True)
class EnterpriseRow:
    """An enterprise in words."""

    key: str
    name: str
    credit_code: str
    home: str
    county: str
    industry_code: str
    industry: str
    size_class: str
    cluster: str
    standing: str
    generated: bool


def enterprise_rows(states: Iterable[EnterpriseState], moment: Moment) -> list[EnterpriseRow]:
    """Enterprises in words, in two queries however many there are."""
    states = list(states)
    units = unit_names({key for s in states for key in (s.unit, s.county) if key}, moment)
    return [
        EnterpriseRow(
            key=s.of_id,
            name=s.name,
            credit_code=s.credit_code,
            home=units.get(s.unit, ""),
            county=units.get(s.county, ""),
            industry_code=s.industry_code,
            industry=s.industry,
            size_class=s.get_size_class_display(),
            cluster=s.cluster,
            standing=s.get_standing_display(),
            generated=s.generated,
        )
        for s in states
    ]


def merged_sentence(state: EnterpriseState, moment: Moment) -> str:
    """What to say of an enterprise that is part of another one; '' of any other."""
    if not state.merged_into:
        return ""
    name = enterprise_names([state.merged_into], moment).get(state.merged_into, "—")
    return _("这家企业已并入“%s”，名下的事已经转过去。") % name


def people_of_enterprise(enterprise: str, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the people who speak for an enterprise."""
    rows = EnterprisePosting.objects.at(moment).filter(enterprise=enterprise)
    return sorted(names_of(rows.values_list("person", flat=True)).items(), key=lambda p: p[1])


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks for an enterprise, with the account if there is one."""

    key: str
    name: str
    enterprise: str
    title: str
    username: str
    account_state: str


def speakers_in(viewer: Viewer, moment: Moment) -> list[Speaker]:
    """Everybody who speaks for an enterprise of the viewer's cities."""
    rows = list(EnterprisePosting.objects.at(moment).filter(enterprise__city__in=viewer.cities))
    names = names_of(row.person_id for row in rows)
    firms = enterprise_names({row.enterprise_id for row in rows}, moment)
    accounts = {a.person_id: a for a in Account.objects.filter(person__in=set(names))}
    return [_speaker(row, names, firms, accounts.get(row.person_id)) for row in rows]


def _speaker(
    row: EnterprisePosting, names: dict[str, str], firms: dict[str, str], account: Account | None
) -> Speaker:
    state = "" if account is None else str(_("启用") if account.is_active else _("停用"))
    return Speaker(
        row.person_id,
        names.get(row.person_id, "—"),
        firms.get(row.enterprise_id, ""),
        row.title,
        account.username if account else "",
        state,
    )


def code_sentence(fault: str) -> str:
    """What to tell somebody about a fault of `rules.code_fault`."""
    return {
        "length": _("统一社会信用代码应为 18 位。"),
        "letters": _("统一社会信用代码只含数字和大写字母，不含 I、O、S、V、Z。"),
        "area": _("统一社会信用代码第 3 到 8 位应为行政区划数字。"),
        "check": _("统一社会信用代码的校验位不对，请核对每一位。"),
    }[fault]


def find_enterprise(key: str) -> Found | None:
    """An enterprise as a subject, found by name and code within its home's scope."""
    state = EnterpriseState.objects.open().filter(of=key).first()
    if state is None:
        return None
    body = " ".join([state.credit_code, state.industry, state.cluster])
    scope = {name: getattr(state, name) for name in ("city", "zone", "unit", "enterprise")}
    return Found(state.name, reverse("enterprise", args=[key]), gettext_lazy("企业"), body, scope)
