"""One firm in a run: every term unfolded, where each figure is from, what the next grade takes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.common.languages import listed
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.choices import Purpose
from luodi.kit.quantities import show
from luodi.kit.scoring import Firm, Graded, Step, Unfolded, explain, next_grade, plain_score
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import GradingRule

from ..models import Grade, GradingFirm, GradingRun
from ..rules.gradings import (
    digits,
    formula_words,
    input_titles,
    measure_lines,
    note_words,
    plain_digits,
    term_titles,
    titled,
    unstated_words,
)
from .grading_figures import indicator_names
from .gradings import FirmGrade, GradingHead, in_words, rule_of_run

SHOWN_PLACES = 4
"""Decimals of ratios and points for the eye; the score itself is exact."""


NEEDED_PLACES = 2
"""Decimals of what the next grade takes, rounded up: enough, and still to be read."""


@dataclass(frozen=True)
class InputShown:
    """A figure of a firm and where it comes from."""

    key: str
    title: str
    value: str
    unit: str
    indicator: str
    source: str
    since: datetime | None


@dataclass(frozen=True)
class TermShown:
    """A term unfolded: numerator ÷ denominator = ratio, over base, times points."""

    key: str
    title: str
    unit: str
    numerator: str
    numerator_title: str
    denominator: str
    denominator_title: str
    ratio: str
    base: str
    base_is_mean: bool
    points: str
    gives: str
    cap: str
    note: str


@dataclass(frozen=True)
class StepShown:
    """By which figure alone the next grade is reached: from what to what, and by how much more.

    `terms` are the titles of the terms the figure counts in; `least` marks the smallest rise.
    """

    input: str
    title: str
    terms: str
    unit: str
    now: str
    needed: str
    rise: str
    least: bool


@dataclass(frozen=True)
class NextShown:
    """The next grade and the ways to it."""

    grade: str
    score: str
    steps: tuple[StepShown, ...]


@dataclass(frozen=True)
class FirmPage:
    """A firm's grading, unfolded."""

    run: GradingRun
    rule: GradingRule
    firm: FirmGrade
    terms: tuple[TermShown, ...]
    inputs: tuple[InputShown, ...]
    next: NextShown | None
    formula: str
    total: str
    measures: tuple[tuple[str, str, bool], ...]
    unstated: tuple[str, ...]
    exempt: str
    started_on: date | None
    noted: int
    note: str


def firm_page(
    head: GradingHead, run: GradingRun, enterprise: str, viewer: Viewer, moment: Moment
) -> FirmPage:
    """What a run made of a firm within the viewer's scope, unfolded; or `NotFound`."""
    rows = visible(Grade.objects.at(moment).filter(run=run), viewer)
    row = rows.filter(enterprise=enterprise).first()
    if row is None:
        raise NotFound(_("这次评价里没有这家企业，或者不归您管。"))
    rule = rule_of_run(run)
    figures: dict[str, list[int]] = json.loads(row.figures)
    [firm] = in_words([row], rule, moment)
    terms = unfolded(rule, run.means, row) if row.score is not None else ()
    asked = _asked(rule, row.group)
    noted = GradingFirm.objects.at(moment).filter(grading=head.key, enterprise=enterprise).first()
    return FirmPage(
        run=run,
        rule=rule,
        firm=firm,
        terms=tuple(_term(rule, one) for one in terms),
        inputs=_inputs(rule, run, figures, asked, moment),
        next=_next(rule, run, row, terms),
        formula=formula_words(rule, row.group),
        total=show(plain_score(terms, rule.places), rule.places) if terms else "",
        measures=tuple(measure_lines(rule, row.grade)),
        unstated=tuple(unstated_words(rule)),
        exempt=noted.exempt if noted else "",
        started_on=noted.started_on if noted else None,
        noted=noted.since_id if noted else 0,
        note=noted.why if noted else "",
    )


def _asked(rule: GradingRule, group: str) -> tuple[str, ...]:
    """The inputs that a class's formula asks for, in the rule's order."""
    used = {
        name
        for formula in rule.formulas
        if formula.group == group
        for name in (
            *formula.needs,
            *(n for t in formula.terms for n in (t.numerator, t.denominator)),
        )
    }
    return tuple(one.key for one in rule.inputs if one.key in used)


def unfolded(
    rule: GradingRule, means: Sequence[Sequence[object]], row: Grade
) -> tuple[Unfolded, ...]:
    """The terms of a graded firm from what its run kept."""
    figures = json.loads(row.figures)
    firm = Firm(row.enterprise, row.group, {k: (v[0], v[1]) for k, v in figures.items()})
    known = {(str(group), str(term)): int(str(number)) for group, term, number in means}
    return explain(rule.scheme(), firm, known)


def _term(rule: GradingRule, one: Unfolded) -> TermShown:
    term = one.term
    names, inputs = term_titles(rule), input_titles(rule)
    said = next(t for f in rule.formulas for t in f.terms if t.key == term.key)
    return TermShown(
        key=term.key,
        title=names[term.key],
        unit=said.unit,
        numerator=plain_digits(one.numerator),
        numerator_title=inputs[term.numerator],
        denominator=plain_digits(one.denominator) if term.denominator else "",
        denominator_title=inputs.get(term.denominator, ""),
        ratio=digits(one.ratio, SHOWN_PLACES),
        base=plain_digits(one.base),
        base_is_mean=term.base is None,
        points=plain_digits(term.points),
        gives=digits(one.points, SHOWN_PLACES),
        cap=plain_digits(None if term.cap is None else term.cap * term.points),
        note=note_words(one),
    )


def _inputs(
    rule: GradingRule,
    run: GradingRun,
    figures: Mapping[str, Sequence[int]],
    asked: Sequence[str],
    moment: Moment,
) -> tuple[InputShown, ...]:
    places = run.indicators["places"]
    names = indicator_names({places[found[2]][0] for found in figures.values()}, moment)
    acts = {found[3] for found in figures.values()}
    known = dict(Act.objects.filter(position__in=acts).values_list("position", "at"))
    titles = input_titles(rule)
    shown = []
    for one in rule.inputs:
        if one.key not in asked:
            continue
        found = figures.get(one.key)
        if found is None:
            shown.append(InputShown(one.key, titles[one.key], "", one.unit, "", "", None))
            continue
        indicator, period, purpose = places[found[2]]
        words = f"{names.get(indicator, '')} · {period} · {Purpose(purpose).label}"
        value = plain_digits(Fraction(found[0], found[1]))
        shown.append(
            InputShown(
                one.key, titles[one.key], value, one.unit, indicator, words, known.get(found[3])
            )
        )
    return tuple(shown)


def _next(
    rule: GradingRule, run: GradingRun, row: Grade, terms: Sequence[Unfolded]
) -> NextShown | None:
    """What the next grade takes, the others standing still."""
    if row.score is None:
        return None
    rivals = Grade.objects.filter(run=run, score__isnull=False)
    if not rule.rank_together:
        rivals = rivals.filter(group=row.group)
    one = Graded(row.enterprise, row.group, row.score, row.rank, row.of, row.grade, row.before)
    scales = {one.key: min(one.scale, NEEDED_PLACES) for one in rule.inputs}
    scores = list(rivals.values_list("score", flat=True))
    found = next_grade(rule.scheme(), one, scores, terms, scales)
    if found is None:
        return None
    least = next((step.input for step in found.steps if step.rise is not None), "")
    steps = tuple(_shown(rule, step, step.input == least) for step in found.steps)
    return NextShown(found.grade, show(found.score, rule.places), steps)


def _shown(rule: GradingRule, step: Step, least: bool) -> StepShown:
    said, terms = next(one for one in rule.inputs if one.key == step.input), term_titles(rule)
    return StepShown(
        input=step.input,
        title=titled(said),
        terms=listed(terms[key] for key in step.terms),
        unit=said.unit,
        now=plain_digits(step.now),
        needed=plain_digits(step.needed),
        rise=digits(None if step.rise is None else step.rise * 100, 1),
        least=least,
    )
