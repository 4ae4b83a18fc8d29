"""Whose a token is, and what a program may read with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luodi.collection.models import Filing
from luodi.collection.queries.filings import readable as readable_filings
from luodi.collection.rules.layouts import indicators_in
from luodi.common.moments import Moment
from luodi.common.refusals import NotSignedIn
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition, Indicator, Value
from luodi.indicators.queries.totals import readable
from luodi.kit.quantities import show
from luodi.orgs.choices import Role
from luodi.orgs.models import Account, EnterpriseState
from luodi.orgs.queries import unit_names, viewer_of_person, visible
from luodi.orgs.rules import Viewer

from .models import Token
from .rules import digest_of


@dataclass(frozen=True)
class Bearer:
    """Who stands behind a token, and whether it may write."""

    viewer: Viewer
    token: str
    writes: bool


def bearer_of(token: str, at: datetime) -> Bearer:
    """The person behind a token with their present postings.

    Raises `NotSignedIn` for a token that isn't known, was revoked or has expired, and where the
    person's account is closed or no posting is left.
    """
    rows = Token.objects.filter(digest=digest_of(token))
    found = rows.filter(until=None).first() or rows.first()
    if found is None:
        raise NotSignedIn(_("没有这个令牌，请核对是否完整复制。"), "token.unknown")
    if found.until_id is not None:
        raise NotSignedIn(_("这个令牌已经撤销，请用别的令牌或新建一个。"), "token.revoked")
    if found.expires_at <= at:
        raise NotSignedIn(_("这个令牌已经到期，请新建一个。"), "token.expired")
    if not Account.objects.filter(person=found.person_id, is_active=True).exists():
        raise NotSignedIn(_("令牌所属的账号已停用。"), "token.account_closed")
    viewer = viewer_of_person(found.person_id)
    if not viewer.roles:
        raise NotSignedIn(_("令牌所属的人员目前没有任职。"), "token.no_posting")
    return Bearer(viewer, found.key, found.writes)


@dataclass(frozen=True)
class TokenRow:
    """A token in words; never the token itself."""

    key: str
    name: str
    writes: bool
    made_at: datetime
    expires_at: datetime
    standing: str


def tokens_of(person: str, moment: Moment) -> list[TokenRow]:
    """The tokens of a person, open ones first, the newest first."""
    rows = Token.objects.filter(person=person).select_related("since").order_by("-since")
    shown = [
        TokenRow(
            row.key,
            row.name,
            row.writes,
            row.since.at,
            row.expires_at,
            "revoked" if row.until_id else "expired" if row.expires_at <= moment.at else "open",
        )
        for row in rows
    ]
    return sorted(shown, key=lambda row: row.standing != "open")


def definitions_for(viewer: Viewer, moment: Moment) -> QuerySet[Definition]:
    """The definitions a program may read: those of the city; an enterprise's, those it reports."""
    rows = Definition.objects.at(moment).filter(indicator__city__in=viewer.cities)
    if viewer.enterprise:
        asked = _asked_of_enterprise(viewer, moment)
        own = visible(Value.objects.at(moment), viewer).values("indicator")
        rows = rows.filter(Q(indicator__in=own) | Q(indicator__in=asked))
    else:
        rows = rows.filter(indicator__in=visible(Indicator.objects.all(), viewer))
    return rows.select_related("indicator").order_by("indicator__code")


def _asked_of_enterprise(viewer: Viewer, moment: Moment) -> set[str]:
    filings = readable_filings(Filing.objects.at(moment), viewer).select_related("edition")
    layouts = {filing.edition_id: filing.edition.layout for filing in filings}
    return {key for layout in layouts.values() for key in indicators_in(layout)}


@dataclass(frozen=True)
class Asked:
    """Which values are asked for; empty means all of."""

    indicator: str = ""
    unit: str = ""
    enterprise: str = ""
    period_from: str = ""
    period_to: str = ""
    purpose: str = Purpose.DISPATCH


def values_for(viewer: Viewer, asked: Asked, moment: Moment) -> QuerySet[Value]:
    """The values of one purpose known at a moment within the viewer's scope, in a fixed order.

    Statistical figures of an identifiable enterprise are for itself, the unit that looks after it
    and the statisticians: they serve no other purpose.
    """
    rows = readable(viewer, moment, asked.purpose)
    private = asked.purpose == Purpose.STATISTICS
    if private and not viewer.enterprise and not viewer.has(Role.STATISTICIAN):
        rows = rows.filter(Q(enterprise="") | Q(unit__in=viewer.units))
    if asked.indicator:
        rows = rows.filter(indicator__code=asked.indicator)
    if asked.unit:
        rows = rows.filter(unit=asked.unit)
    if asked.enterprise:
        firms = EnterpriseState.objects.at(moment).filter(credit_code=asked.enterprise)
        rows = rows.filter(enterprise__in=firms.values("of"))
    if asked.period_from:
        rows = rows.filter(period__gte=asked.period_from)
    if asked.period_to:
        rows = rows.filter(period__lte=asked.period_to)
    rows = rows.select_related("indicator", "since")
    return rows.order_by("indicator__code", "period", "unit", "enterprise")


@dataclass(frozen=True)
class ValueRow:
    """A figure as a program reads it. `value` is exact decimal text."""

    indicator: str
    period: str
    value: str
    measured_in: str
    purpose: str
    unit: str
    unit_name: str
    enterprise: str
    enterprise_name: str
    origin: str
    known_at: datetime


def value_rows(values: Iterable[Value], moment: Moment) -> list[ValueRow]:
    """Values in words, in three more queries however many there are."""
    values = list(values)
    units = unit_names({v.unit for v in values if v.unit}, moment)
    firms = {
        row.of_id: row
        for row in EnterpriseState.objects.at(moment).filter(of__in={v.enterprise for v in values})
    }
    measures = dict(
        Definition.objects.at(moment)
        .filter(indicator__in={v.indicator_id for v in values})
        .values_list("indicator", "measured_in")
    )
    return [
        ValueRow(
            indicator=v.indicator.code,
            period=v.period,
            value=show(v.amount, v.scale).replace("\u2212", "-"),
            measured_in=measures.get(v.indicator_id, ""),
            purpose=v.purpose,
            unit=v.unit,
            unit_name=units.get(v.unit, ""),
            enterprise=firms[v.enterprise].credit_code if v.enterprise in firms else "",
            enterprise_name=firms[v.enterprise].name if v.enterprise in firms else "",
            origin=v.origin,
            known_at=v.since.at,
        )
        for v in values
    ]
