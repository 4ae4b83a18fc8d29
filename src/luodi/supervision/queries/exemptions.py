"""Good-faith exemptions: what they cover, for anybody's rules; what they say, for few.

An application is open to the unit that applied, to the people of the body that looks into it, and
to those whom that body names. Everybody else's pages and rules only learn from `exemptions_of` what
is covered since when, under which number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.languages import language, titled
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import NotFound
from luodi.documents.models import Attachment, StoredFile
from luodi.kit.flows import Move
from luodi.orgs.queries import (
    names_of,
    owned,
    pack_of,
    resolve_units,
    source_in_words,
    unit_names,
    visible,
)
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.packs.schemas.exemptions import ConditionRule, ExemptionRule

from ..choices import Finding
from ..flows.exemptions import APPLICANT, DECIDER, EXEMPTION, REVIEWER
from ..models import (
    Exemption,
    ExemptionCondition,
    ExemptionCover,
    ExemptionReader,
    ExemptionState,
)
from ..rules.exemptions import belongs_to, conditions_in, exemption_rule


@dataclass(frozen=True)
class Exempt:
    """One thing a granted exemption covers, without anything of what the application says.

    `year` is 0 where every year is covered; `unit` is the unit that applied.
    """

    key: str
    number: str
    decided_on: date
    unit: str
    subject: str
    year: int

    @property
    def address(self) -> str:
        """The page of the exemption: it opens for few."""
        return f"/supervision/exemptions/{self.key}/"


def exemptions_of(
    city: str,
    moment: Moment,
    *,
    units: Iterable[str] | None = None,
    subjects: Iterable[str] | None = None,
) -> list[Exempt]:
    """What granted exemptions of a city cover at a moment, by number.

    `units` and `subjects` narrow it where they are given. Whatever reads scores and letters may
    ask: the answer holds no title, no person and no reason. One that was revoked isn't among them.
    """
    rows = ExemptionCover.objects.at(moment).filter(exemption__city=city, granted=True)
    if units is not None:
        rows = rows.filter(exemption__unit__in=list(units))
    if subjects is not None:
        rows = rows.filter(subject__in=list(subjects))
    covers = list(rows.select_related("exemption"))
    states = ExemptionState.objects.at(moment).filter(
        exemption__in={row.exemption_id for row in covers}, stage="granted"
    )
    days = dict(states.values_list("exemption", "decided_on"))
    found = [
        Exempt(
            key=row.exemption_id,
            number=row.exemption.number,
            decided_on=days[row.exemption_id],
            unit=row.exemption.unit,
            subject=row.subject,
            year=row.year,
        )
        for row in covers
        if row.exemption_id in days
    ]
    return sorted(found, key=lambda one: (one.number, one.subject, one.year))


def body_of(city: str, moment: Moment) -> tuple[ExemptionRule | None, dict[str, str]]:
    """The rule of who decides in a city, and the units it names by key."""
    rule = exemption_rule(pack_of(city, moment), moment.today)
    names = (
        {name for part in (*rule.reviewers, *rule.deciders) for name in part.units} if rule else ()
    )
    found = {name: resolve_units(city, name, moment) for name in sorted(names)}
    return rule, {name: rows[0].of_id for name, rows in found.items() if len(rows) == 1}


def body_roles(viewer: Viewer, city: str, moment: Moment) -> frozenset[str]:
    """What the viewer is in the body that looks into applications of a city."""
    if city not in viewer.cities:
        return frozenset()
    rule, units = body_of(city, moment)
    found = set()
    if rule and belongs_to(rule.reviewers, viewer, units):
        found.add(REVIEWER)
    if rule and belongs_to(rule.deciders, viewer, units):
        found.add(DECIDER)
    return frozenset(found)


def roles_for(viewer: Viewer, exemption: Exemption, body: frozenset[str]) -> frozenset[str]:
    """What the viewer is to one application: nobody judges their own unit's, or their own."""
    if exemption.unit in viewer.units or exemption.person == viewer.person:
        own = viewer.acts_for(exemption.unit, *UNIT_ROLES)
        return frozenset({APPLICANT}) if own else frozenset()
    return body


def openable(viewer: Viewer, moment: Moment) -> QuerySet[Exemption]:
    """The applications the viewer may open: the wider scope of a role opens none of them."""
    rows = visible(Exemption.objects.at(moment), viewer)
    judged = [city for city in viewer.cities if body_roles(viewer, city, moment)]
    named = ExemptionReader.objects.open().filter(person=viewer.person).values("exemption")
    return rows.filter(Q(unit__in=viewer.units) | Q(key__in=named) | Q(city__in=judged))


@dataclass(frozen=True)
class ExemptionRow:
    """An application as a list shows it."""

    key: str
    number: str
    unit: str
    person: str
    title: str
    stage: str
    stage_label: str
    applied_at: datetime
    decided_on: date | None
    covers: int

    @property
    def address(self) -> str:
        """The page of the application."""
        return f"/supervision/exemptions/{self.key}/"

    @property
    def applied_on(self) -> date:
        """The day of the application on the office's clock."""
        return self.applied_at.astimezone(LOCAL).date()


def exemptions(viewer: Viewer, moment: Moment) -> list[ExemptionRow]:
    """The applications the viewer may open, those that wait first, then the newest."""
    mine = openable(viewer, moment)
    states = list(
        ExemptionState.objects.at(moment)
        .filter(exemption__in=mine.values("key"))
        .select_related("exemption__act")
    )
    covers = ExemptionCover.objects.at(moment).filter(exemption__in=mine.values("key"))
    counted: dict[str, int] = {}
    for key in covers.values_list("exemption", flat=True):
        counted[key] = counted.get(key, 0) + 1
    units = unit_names({state.exemption.unit for state in states}, moment)
    people = names_of(state.exemption.person for state in states if state.exemption.person)
    rows = [_row(state, units, people, counted) for state in states]
    waiting = ("applied", "reviewing")
    return sorted(rows, key=lambda row: (row.stage not in waiting, -row.applied_at.timestamp()))


def _row(
    state: ExemptionState,
    units: Mapping[str, str],
    people: Mapping[str, str],
    counted: Mapping[str, int],
) -> ExemptionRow:
    one = state.exemption
    return ExemptionRow(
        key=one.key,
        number=one.number,
        unit=units.get(one.unit, ""),
        person=people.get(one.person, "—") if one.person else "",
        title=state.title,
        stage=state.stage,
        stage_label=EXEMPTION.state(state.stage).label(language()),
        applied_at=one.act.at,
        decided_on=state.decided_on,
        covers=counted.get(one.key, 0),
    )


@dataclass(frozen=True)
class ConditionShown:
    """A condition with what was said and found; `files` are key and name of its evidence."""

    key: str
    title: str
    asks: str
    precondition: bool
    statement: str
    finding: str
    finding_label: str
    found: str
    found_by: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """One act on an application in words."""

    at: datetime
    who: str
    words: str


@dataclass(frozen=True)
class ExemptionPage:
    """One application, for whoever may open it. `seen` is the position of its state."""

    exemption: Exemption
    state: ExemptionState
    row: ExemptionRow
    roles: frozenset[str]
    moves: tuple[Move, ...]
    conditions: tuple[ConditionShown, ...]
    covers: tuple[ExemptionCover, ...]
    readers: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    rule_title: str
    rule_source: str
    conditions_source: str

    @property
    def seen(self) -> int:
        """The position of the state looked at."""
        return self.state.since_id

    @property
    def judges(self) -> bool:
        """Whether the viewer is one of the body that looks into it."""
        return bool(self.roles & {REVIEWER, DECIDER})

    @property
    def applies(self) -> bool:
        """Whether the viewer acts for the unit that applied."""
        return APPLICANT in self.roles


def exemption_for(viewer: Viewer, key: str, moment: Moment) -> Exemption:
    """An application the viewer may open, or `NotFound`: it isn't said that there is one."""
    found = openable(viewer, moment).filter(key=key).select_related("act").first()
    if found is None:
        raise NotFound(_("没有这份容错申请，或者您不在查阅范围内。"))
    return found


def rules_then(exemption: Exemption) -> tuple[ConditionRule, ...]:
    """The conditions that were in force when the application was made: it keeps them."""
    then = Moment(exemption.act.at, exemption.act_id)
    return conditions_in(pack_of(exemption.city, then), then.today)


def exemption_page(viewer: Viewer, key: str, moment: Moment) -> ExemptionPage:
    """One application as known at the moment, or `NotFound`."""
    one = exemption_for(viewer, key, moment)
    state = ExemptionState.objects.at(moment).select_related("exemption__act").get(exemption=one)
    roles = roles_for(viewer, one, body_roles(viewer, one.city, moment))
    rule, _units = body_of(one.city, moment)
    conditions = rules_then(one)
    covers = tuple(ExemptionCover.objects.at(moment).filter(exemption=one).order_by("subject"))
    readers = [row.person for row in ExemptionReader.objects.at(moment).filter(exemption=one)]
    names = names_of(readers)
    units = unit_names([one.unit], moment)
    people = names_of([one.person]) if one.person else {}
    return ExemptionPage(
        exemption=one,
        state=state,
        row=_row(state, units, people, {one.key: len(covers)}),
        roles=roles,
        moves=EXEMPTION.available(state.stage, roles) if roles else (),
        conditions=_conditions(one, conditions, moment),
        covers=covers,
        readers=tuple((key, names.get(key, "—")) for key in readers),
        steps=_steps(one, moment),
        rule_title=titled(rule) if rule else "",
        rule_source=owned(rule) if rule else "",
        conditions_source=source_in_words(conditions[0].source) if conditions else "",
    )


def _conditions(
    one: Exemption, rules: Sequence[ConditionRule], moment: Moment
) -> tuple[ConditionShown, ...]:
    rows = {
        row.condition: row for row in ExemptionCondition.objects.at(moment).filter(exemption=one)
    }
    names = names_of(row.found_by for row in rows.values() if row.found_by)
    files = files_of(one, moment)
    shown = []
    for rule in rules:
        row = rows.get(rule.key) or ExemptionCondition(condition=rule.key)
        shown.append(
            ConditionShown(
                key=rule.key,
                title=titled(rule),
                asks=rule.asks_en if language() == "en" else rule.asks,
                precondition=rule.precondition,
                statement=row.statement,
                finding=row.finding,
                finding_label=str(Finding(row.finding).label) if row.finding else "",
                found=row.found,
                found_by=names.get(row.found_by, "—") if row.found_by else "",
                files=tuple((f.key, f.name) for p, f in files if p == rule.key),
            )
        )
    return tuple(shown)


def files_of(one: Exemption, moment: Moment) -> list[tuple[str, StoredFile]]:
    """The files of an application with the condition each belongs to, oldest first.

    Only for whoever may open the application: this asks no further question.
    """
    rows = Attachment.objects.at(moment).filter(subject=subject_key("exemption", one.key))
    return [(row.purpose, row.file) for row in rows.select_related("file").order_by("act", "pk")]


def _steps(one: Exemption, moment: Moment) -> tuple[Step, ...]:
    acts = list(acts_on(subject_key("exemption", one.key), moment))
    names = names_of(act.by for act in acts)
    return tuple(Step(act.at, names.get(act.by, "—"), step_words(act.verb)) for act in acts)


def step_words(verb: str) -> str:
    """What an act on an application is called."""
    return {
        "apply_for_exemption": _("申请容错"),
        "amend_exemption": _("补充容错申请"),
        "find_condition": _("填写容错审核意见"),
        "take_up_exemption": _("受理容错申请"),
        "send_back_exemption": _("退回补正容错申请"),
        "grant_exemption": _("予以容错"),
        "refuse_exemption": _("不予容错"),
        "drop_exemption": _("撤回容错申请"),
        "revoke_exemption": _("撤销容错认定"),
        "name_reader": _("指定容错查阅人"),
        "unname_reader": _("取消容错查阅人"),
    }.get(verb, verb)
