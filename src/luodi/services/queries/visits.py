"""Visits as rows and pages, and how often each firm was called on (无事不扰)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found, facts
from luodi.common.keys import subject_key
from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.ledger.queries import Row as ItemRow
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import (
    enterprise_names,
    names_of,
    rulebook,
    unit_names,
    viewer_of_person,
    visible,
)
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import VisitKind, VisitStage
from ..models import Request, Visit, VisitState
from ..rules import Coming, Quiet, quiet_of, visit_limits_of
from .files import Files, files_by_act
from .rows import Row, items_from, rows_of

A_YEAR = timedelta(days=366)
FAR = 3 * A_YEAR


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in words."""

    key: str
    firm: str
    firm_name: str
    kind: str
    stage: str
    stage_label: str
    purpose: str
    on: date
    of_unit: str
    led_by: str
    wished: bool
    beyond: str
    summary: str

    @property
    def light(self) -> tuple[str, str]:
        """Done, planned, or one too many."""
        if self.beyond:
            return "red", _("超过无事不扰次数：%s") % self.beyond
        if self.stage == VisitStage.VISITED:
            return "done", ""
        return ("none", "") if self.stage == VisitStage.CANCELLED else ("green", "")


def visits(viewer: Viewer, moment: Moment, firm: str = "") -> list[VisitRow]:
    """The visits in the viewer's scope as known at the moment, the newest first."""
    mine = visible(Visit.objects.all(), viewer)
    states = VisitState.objects.at(moment).filter(visit__in=mine.values("key"))
    if firm:
        states = states.filter(VisitState.of_firms([firm]))
    return _visit_rows(states.select_related("visit").order_by("-on", "-since"), moment)


def _visit_rows(states: Iterable[VisitState], moment: Moment) -> list[VisitRow]:
    rows = list(states)
    firms = enterprise_names({row.of_firm for row in rows}, moment)
    units = unit_names({row.visit.of_unit for row in rows}, moment)
    people = names_of({row.led_by for row in rows if row.led_by})
    return [
        VisitRow(
            row.visit_id,
            row.of_firm,
            firms.get(row.of_firm, "—"),
            str(VisitKind(row.visit.kind).label),
            row.stage,
            str(VisitStage(row.stage).label),
            row.purpose,
            row.on,
            units.get(row.visit.of_unit, "—"),
            people.get(row.led_by, ""),
            bool(row.wish),
            row.beyond,
            row.summary,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class VisitHolding:
    """A visit as an action finds it."""

    visit: Visit
    state: VisitState
    may_act: bool

    @property
    def subject(self) -> str:
        return subject_key("visit", self.visit.key)

    @property
    def scope(self) -> dict[str, str]:
        """The scope of what is written about it: no enterprise, the firm isn't shown it."""
        return {"city": self.visit.city, "zone": self.visit.zone, "unit": self.visit.unit}


def hold_visit(visit: str, by: str, seen: int | None = None) -> VisitHolding:
    """The visit as `by` finds it; `NotFound` outside of the person's scope."""
    viewer = viewer_of_person(by)
    row = None
    if not viewer.enterprise:
        row = visible(Visit.objects.filter(key=visit), viewer).first()
    if row is None:
        raise NotFound(_("没有这次走访，或者它不在您的范围内。"))
    state = VisitState.objects.open().get(visit=row)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这次走访刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return VisitHolding(row, state, _may_act(viewer, row, state.of_firm))


def _may_act(viewer: Viewer, visit: Visit, firm: str) -> bool:
    now = EnterpriseState.objects.open().filter(of=firm).values_list("unit", flat=True)
    ours = {visit.of_unit, visit.unit, *now}
    return viewer.has(Role.OFFICE) or any(viewer.acts_for(unit, *UNIT_ROLES) for unit in ours)


@dataclass(frozen=True)
class VisitPage:
    """One visit for the offices, with what was found on it."""

    row: VisitRow
    wish: str
    quiet: tuple[Quiet, ...]
    requests: tuple[Row, ...]
    items: tuple[tuple[ItemRow, bool], ...]
    """Supervised items that grew from it, and whether this viewer may open each."""
    files: Files
    may_act: bool
    seen: int


def visit_page(key: str, viewer: Viewer, moment: Moment) -> VisitPage | None:
    """A visit within the viewer's scope as known at the moment; None for anything else."""
    if viewer.enterprise:
        return None
    visit = visible(Visit.objects.at(moment).filter(key=key), viewer).first()
    if visit is None:
        return None
    states = VisitState.objects.at(moment).filter(visit=visit).select_related("visit")
    state = states.get()
    subject = subject_key("visit", key)
    asked = visible(Request.objects.at(moment).filter(source=subject), viewer)
    return VisitPage(
        row=_visit_rows([state], moment)[0],
        wish=state.wish,
        quiet=tuple(quiet_of_firms([state.of_firm], visit.city, state.on, moment)[state.of_firm]),
        requests=tuple(rows_of(asked, moment)),
        items=items_from(subject, viewer, moment),
        files=tuple(chain.from_iterable(files_by_act(subject, moment).values())),
        may_act=_may_act(viewer, visit, state.of_firm) and not moment.is_past,
        seen=state.since_id,
    )


def find_visit(key: str) -> Found | None:
    """The finder of the subject kind `visit`; of the offices alone."""
    state = VisitState.objects.open().select_related("visit").filter(visit=key).first()
    if state is None:
        return None
    visit = state.visit
    return Found(
        state.purpose,
        reverse("visit", args=[key]),
        _("走访"),
        state.summary,
        {"city": visit.city, "units": f"{visit.unit} {visit.of_unit}"},
    )


UNANNOUNCED = Q(stage=VisitStage.PLANNED, visit__kind=VisitKind.INSPECTION)
"""What a firm isn't to know of before it has happened."""


def quiet_of_firms(
    firms: Iterable[str], city: str, day: date, moment: Moment, own: bool = False
) -> dict[str, list[Quiet]]:
    """How often each firm was or will be called on in the periods that hold a day.

    All units' visits count, whoever looks: the limit is the firm's, by the rules of where it is.
    Visits to its projects' sites count too, one for each day and unit.
    `own` where the firm itself looks: an inspection that is only planned isn't counted then. A
    fixed number of queries.
    """
    keys, book = set(firms), rulebook([city], moment)
    homes = book.of_firms(city, keys, moment)
    rules = book.each(lambda stack: visit_limits_of(stack, day))
    states = VisitState.objects.at(moment).filter(
        VisitState.of_firms(keys), on__gt=day - A_YEAR, on__lt=day + A_YEAR
    )
    comings: dict[str, list[Coming]] = defaultdict(list)
    rows = states.exclude(stage=VisitStage.CANCELLED)
    if own:
        rows = rows.exclude(UNANNOUNCED)
    known: set[tuple[str, str, date]] = set()
    for row in rows.select_related("visit"):
        comings[row.of_firm].append(Coming(row.visit.kind, row.on, bool(row.wish)))
        known.add((row.of_firm, row.visit.of_unit, row.on))
    for firm, calls in site_calls(keys, moment).items():
        comings[firm] += [
            Coming(VisitKind.VISIT, one.on, False, True)
            for one in calls
            if (firm, one.unit, one.on) not in known
        ]
    return {key: [quiet_of(rule, day, comings[key]) for rule in rules(*homes[key])] for key in keys}


@dataclass(frozen=True)
class SiteCall:
    """A visit of a unit to the site of a firm's project, as the projects tell it."""

    on: date
    unit: str
    project: str


def site_calls(firms: Iterable[str], moment: Moment) -> dict[str, list[SiteCall]]:
    """The visits to sites of firms' projects, one for each firm, day and unit, the latest first."""
    source = facts.get("firm.site_visits")
    found: dict[str, list[SiteCall]] = {}
    for firm, calls in (source(firms, moment) if source else {}).items():
        once = {(on, unit): SiteCall(on, unit, project) for on, unit, project in calls}
        found[firm] = sorted(once.values(), key=lambda one: (one.on, one.unit), reverse=True)
    return found


def check_near(on: date, moment: Moment) -> None:
    """Refuse a day years away: nobody plans or logs a visit then, the year is mistyped."""
    if abs(on - moment.today) > FAR:
        raise Incomplete(_("日期离今天超过三年，请核对年份。"))


def beyond_sentence(firm: str, city: str, kind: str, on: date, moment: Moment) -> str:
    """What to say where one more visit goes beyond the pack's number; '' where it doesn't."""
    for quiet in quiet_of_firms([firm], city, on, moment)[firm]:
        if kind in quiet.rule.counts and not quiet.left:
            return _(
                "无事不扰：%(period)s已有 %(n)s 次走访检查，上限 %(most)s 次（%(owner)s）。"
            ) % {
                "period": period_label(quiet.period),
                "n": quiet.counted,
                "most": quiet.rule.most,
                "owner": owner_of(quiet),
            }
    return ""


def owner_of(quiet: Quiet) -> str:
    """Whose number it is; that no text gives it, where none does."""
    rule = quiet.rule
    if rule.confirmed:
        return f"{rule.owner.name} · {rule.source}"
    return f"{rule.owner.name} · " + _("本地默认，待确认")


def quiet_title(quiet: Quiet) -> str:
    """The limit's title in the reader's language."""
    return quiet.rule.title_en if language() == "en" else quiet.rule.title


def scope_of_firm(state: EnterpriseState) -> dict[str, str]:
    """The scope columns of what is written about a firm."""
    return {
        "city": state.city,
        "zone": state.zone,
        "unit": state.unit,
        "enterprise": state.of_id,
    }
