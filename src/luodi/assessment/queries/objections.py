"""Objections as their unit, the office and the office of the datum see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.queries import acts_on
from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.queries import attachments_of
from luodi.kit.quantities import show
from luodi.orgs.queries import names_of, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import DEEDS, FigureOrigin, FigurePart, ObjectionStage
from ..models import AppraisalFigure, AppraisalScore, Objection, ObjectionState
from .appraisals import AppraisalHeld, hold_appraisal
from .runs import Titles
from .self_reports import AskedPlace, SheetCell, asked_places


def objectable(held: AppraisalHeld, unit: str) -> list[tuple[str, str]]:
    """What a unit may object to, as key and words: each input, each rule, and the whole.

    Deductions and vetoes are among them, by how often they were counted.
    """
    rule = held.rule
    if rule is None:
        return []
    titles = Titles(rule).titles
    found = [(f"{p.indicator}:{p.part}", _input(p)) for p in _places(held, unit)]
    rules = [one for one in rule.indicators() if one.counts_for(held.categories.get(unit, ""))]
    found += [
        (f"{one.key}:", _("规则：%(title)s的计分方法") % {"title": titles[one.key]})
        for one in rules
    ]
    return [*found, ("", _("整体：类别、名次或其他"))]


def _places(held: AppraisalHeld, unit: str) -> list[AskedPlace]:
    """The inputs of a unit's score: those asked of it, and those counted against it."""
    rule = held.rule
    if rule is None:
        return []
    titles = Titles(rule).titles
    count = str(FigurePart.COUNT)
    against = [
        AskedPlace(one.key, count, titles[one.key], _("扣分和否决"), _("次"), 0)
        for one in (*rule.deductions, *rule.vetoes)
    ]
    return [*asked_places(rule, held.categories.get(unit, "")), *against]


def _input(place: AskedPlace) -> str:
    said = {"title": place.title, "part": FigurePart(place.part).label}
    return _("数据：%(title)s · %(part)s") % said


@dataclass(frozen=True)
class ObjectionRow:
    """An objection in a list."""

    key: str
    number: int
    unit: str
    unit_name: str
    about: str
    stage: str
    stage_label: str
    raised_at: datetime
    text: str
    decision: str
    run: int
    effect: int | None


def objections_of(held: AppraisalHeld, viewer: Viewer) -> list[ObjectionRow]:
    """The objections of an appraisal that the viewer may see, by number."""
    mine = visible(Objection.objects.at(held.moment).filter(appraisal=held.key), viewer)
    states = ObjectionState.objects.at(held.moment).filter(objection__in=mine)
    rows = list(states.select_related("objection", "objection__act", "objection__run", "effect"))
    names = unit_names({row.objection.unit for row in rows}, held.moment)
    found = [
        ObjectionRow(
            key=row.objection_id,
            number=row.objection.number,
            unit=row.objection.unit,
            unit_name=names.get(row.objection.unit, ""),
            about=about_in_words(held, row.objection),
            stage=row.stage,
            stage_label=str(row.get_stage_display()),
            raised_at=row.objection.act.at,
            text=row.text,
            decision=row.decision,
            run=row.objection.run.number,
            effect=row.effect.number if row.effect else None,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.number)


def about_in_words(held: AppraisalHeld, one: Objection) -> str:
    """What an objection is about."""
    key = f"{one.indicator}:{one.part}" if one.indicator else ""
    return dict(objectable(held, one.unit)).get(key, one.indicator)


@dataclass(frozen=True)
class Effect:
    """What a run gave the unit before, and what the settled one gives it."""

    before: str
    before_rank: int | None
    after: str
    after_rank: int | None


@dataclass(frozen=True)
class ObjectionEvent:
    """A step of an objection."""

    at: datetime
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class ObjectionPage:
    """One objection with its figures, its files, what was decided and what came of it."""

    held: AppraisalHeld
    objection: Objection
    state: ObjectionState
    unit_name: str
    answers_name: str
    about: str
    cell: SheetCell | None
    figures: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, str], ...]
    effect: Effect | None
    events: tuple[ObjectionEvent, ...]

    @property
    def scope(self) -> dict[str, str]:
        """The scope of its acts: the unit's."""
        one = self.objection
        return {"city": one.city, "zone": one.zone, "unit": one.unit}

    @property
    def stage_label(self) -> str:
        return str(self.state.get_stage_display())

    @property
    def is_open(self) -> bool:
        return self.state.stage in (ObjectionStage.RAISED, ObjectionStage.UPHELD)


def objection_page(key: str, viewer: Viewer, moment: Moment) -> ObjectionPage:
    """One objection in the viewer's scope, or `NotFound`."""
    rows = visible(Objection.objects.at(moment), viewer).select_related("run")
    one = rows.filter(key=key).first()
    state = ObjectionState.objects.at(moment).filter(objection=key).select_related("effect").first()
    if one is None or state is None:
        raise NotFound(_("没有这份异议，或者它不在您的范围内。"))
    held = hold_appraisal(one.appraisal_id, viewer, moment)
    names = unit_names([one.unit, one.answers], moment)
    subject = subject_key("objection", key)
    acts = list(acts_on(subject, moment))
    people = names_of(act.by for act in acts)
    files = attachments_of(subject, viewer, moment).select_related("file")
    return ObjectionPage(
        held=held,
        objection=one,
        state=state,
        unit_name=names.get(one.unit, ""),
        answers_name=names.get(one.answers, ""),
        about=about_in_words(held, one),
        cell=_cell(held, one, names.get(one.answers, "")),
        figures=_figures(held, one),
        files=tuple(dict.fromkeys((row.file_id, row.file.name) for row in files)),
        effect=_effect(one, state),
        events=tuple(
            ObjectionEvent(a.at, people.get(a.by, "—"), str(DEEDS.get(a.verb, a.verb)), a.why)
            for a in acts
        ),
    )


def _cell(held: AppraisalHeld, one: Objection, answers_name: str) -> SheetCell | None:
    for place in _places(held, one.unit):
        if (place.indicator, place.part) == (one.indicator, one.part):
            return SheetCell(
                indicator=place.indicator, part=place.part, title=place.title,
                part_label=str(FigurePart(place.part).label), group=place.group,
                measured_in=place.measured_in, scale=place.scale, answers=one.answers,
                answers_name=answers_name, known=None, typed="", note="", check=None, own="",
                files=(),
            )  # fmt: skip
    return None


def _figures(held: AppraisalHeld, one: Objection) -> tuple[tuple[str, str, str], ...]:
    """The figures of the place as they stand: origin, digits, note; each beside the others."""
    if not one.part:
        return ()
    rows = AppraisalFigure.objects.at(held.moment).filter(
        appraisal=held.key, unit=one.unit, indicator=one.indicator, part=one.part
    )
    order = {origin: n for n, origin in enumerate(FigureOrigin.values)}
    return tuple(
        (
            str(row.get_origin_display()),
            "—" if row.amount is None else show(row.amount, row.scale),
            row.note or row.missing,
        )
        for row in sorted(rows, key=lambda row: order[row.origin])
    )


def _effect(one: Objection, state: ObjectionState) -> Effect | None:
    if state.effect_id is None:
        return None
    rows = AppraisalScore.objects.filter(run__in=[one.run_id, state.effect_id], unit=one.unit)
    scores = {row.run_id: row for row in rows}
    before, after = scores.get(one.run_id), scores.get(state.effect_id)
    return Effect(
        _total(before),
        before.rank if before else None,
        _total(after),
        after.rank if after else None,
    )


def _total(row: AppraisalScore | None) -> str:
    return "—" if row is None or row.total is None else show(row.total, row.scale)


def open_objections(appraisals: Iterable[str], moment: Moment) -> list[ObjectionState]:
    """The objections of appraisals that aren't settled: for duties and reminders."""
    rows = ObjectionState.objects.at(moment).filter(
        objection__appraisal__in=list(appraisals),
        stage__in=[ObjectionStage.RAISED, ObjectionStage.UPHELD],
    )
    return list(rows.select_related("objection"))


def find_objection(key: str) -> Found | None:
    """The finder of the subject kind `objection`."""
    row = Objection.objects.filter(key=key).select_related("appraisal").first()
    if row is None:
        return None
    title = row.appraisal.states.get(until=None).title
    return Found(
        title=_("%(title)s · 异议 %(n)s") % {"title": title, "n": row.number},
        address=reverse("appraisal_objection", args=[key]),
        kind_label=_("考核异议"),
        scope={"city": row.city, "unit": row.unit, "units": row.answers},
        searched=False,
    )
