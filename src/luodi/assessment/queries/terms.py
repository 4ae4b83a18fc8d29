"""Terms of leadership teams: the years beside one another, and the term's own result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound, in_words
from luodi.kit.quantities import show
from luodi.kit.refusals import Refusal
from luodi.orgs.queries import owned, pack_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import TermRule

from ..models import AppraisalDecision, AppraisalScore, AppraisalState, TeamTerm, TeamTermState
from ..rules import scheme_in
from ..rules.procedures import term_rule_in
from ..rules.terms import TermResult, term_result, weights_for, years_of
from .runs import OPEN_TO_ALL


@dataclass(frozen=True)
class YearShown:
    """A year of a term: its decided score, place among how many, tier, and its weight."""

    year: int
    appraisal: str
    score: str
    rank: int | None
    of: int
    tier: str
    weight: int


@dataclass(frozen=True)
class TermPage:
    """A term with its years and its own result, or why there is none."""

    state: TeamTermState
    unit_name: str
    scheme_title: str
    rule: TermRule | None
    rule_title: str
    stands_on: str
    years: tuple[YearShown, ...]
    result: str
    why: str

    @property
    def ended(self) -> bool:
        """Whether the result stands on all the years of the term."""
        return all(year.score for year in self.years)


def _terms(viewer: Viewer, moment: Moment) -> Iterable[TeamTermState]:
    mine = visible(TeamTerm.objects.at(moment), viewer)
    rows = TeamTermState.objects.at(moment).filter(term__in=mine)
    return rows.select_related("term").order_by("-term_from", "term__act")


def term_state(key: str, viewer: Viewer, moment: Moment) -> TeamTermState:
    """A term in the viewer's scope, or `NotFound`."""
    state = next((one for one in _terms(viewer, moment) if one.term_id == key), None)
    if state is None:
        raise NotFound(_("没有这个任期，或者它不在您的范围内。"))
    return state


def term_pages(viewer: Viewer, moment: Moment) -> list[TermPage]:
    """The terms in the viewer's scope with their results, in a fixed number of queries."""
    states = list(_terms(viewer, moment))
    if not states:
        return []
    decided = _decided(viewer.city, moment)
    names = unit_names({state.term.unit for state in states}, moment)
    return [_page(state, decided, names, moment) for state in states]


def term_page(key: str, viewer: Viewer, moment: Moment) -> TermPage:
    """One term."""
    state = term_state(key, viewer, moment)
    names = unit_names([state.term.unit], moment)
    return _page(state, _decided(state.term.city, moment), names, moment)


Decided = dict[tuple[str, int], tuple[str, dict[str, AppraisalScore], dict[str, int]]]
"""Scheme and year -> the appraisal, the decided scores by unit, how many compete by category."""


def _decided(city: str, moment: Moment) -> Decided:
    """The published results of a city: what is decided but not published isn't known to all."""
    states = AppraisalState.objects.at(moment).filter(appraisal__city=city, stage__in=OPEN_TO_ALL)
    there = {state.appraisal_id: state.appraisal for state in states.select_related("appraisal")}
    decisions = AppraisalDecision.objects.at(moment).filter(appraisal__in=there)
    runs = dict(decisions.values_list("run", "appraisal"))
    found: Decided = {}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    scores: dict[str, dict[str, AppraisalScore]] = defaultdict(dict)
    for row in AppraisalScore.objects.filter(run__in=runs).defer("working"):
        key = runs[row.run_id]
        scores[key][row.unit] = row
        counts[key][row.category] += row.rank is not None
    for key, appraisal in there.items():
        found[appraisal.scheme, appraisal.year] = (key, scores[key], counts[key])
    return found


def _page(
    state: TeamTermState, decided: Decided, names: dict[str, str], moment: Moment
) -> TermPage:
    term = state.term
    stack = pack_of(term.city, moment)
    rule = term_rule_in(stack, term.scheme, moment.today)
    scheme = scheme_in(stack, term.scheme, moment.today)
    years = years_of(state.term_from, state.term_to)
    weights = weights_for(rule, years) if rule else [1] * len(years)
    tiers = {one.key: titled(one) for one in scheme.tiers} if scheme else {}
    shown, exact = [], {}
    for year, weight in zip(years, weights, strict=True):
        key, scores, counts = decided.get((term.scheme, year), ("", {}, {}))
        row = scores.get(term.unit)
        if row is not None and row.total is not None:
            exact[year] = Fraction(row.total, 10**row.scale)
        shown.append(
            YearShown(
                year=year,
                appraisal=key,
                score="" if row is None or row.total is None else show(row.total, row.scale),
                rank=row.rank if row else None,
                of=counts.get(row.category, 0) if row else 0,
                tier=tiers.get(row.tier, "") if row else "",
                weight=weight,
            )
        )
    result, why = _result(rule, years, exact)
    return TermPage(
        state=state,
        unit_name=names.get(term.unit, ""),
        scheme_title=(titled(scheme)) if scheme else term.scheme,
        rule=rule,
        rule_title=(titled(rule)) if rule else "",
        stands_on=owned(rule) if rule else "",
        years=tuple(shown),
        result=result,
        why=why,
    )


def _result(
    rule: TermRule | None, years: tuple[int, ...], exact: dict[int, Fraction]
) -> tuple[str, str]:
    if rule is None:
        return "", _("本市的规则包没有任期考核的规则（terms.yaml），只列出各年结果。")
    found = term_result(rule, years, exact)
    if isinstance(found, TermResult):
        return show(found.amount, found.scale), ""
    return "", in_words(found) if isinstance(found, Refusal) else ""


def own_places(viewer: Viewer, unit: str, moment: Moment) -> dict[int, tuple[int, int]]:
    """A zone's own places in the city's published appraisals: place and of how many, by year.

    Where a year has several schemes, the one that more units were in.
    """
    found: dict[int, tuple[int, int]] = {}
    for (_scheme, year), (_key, scores, counts) in _decided(viewer.city, moment).items():
        row = scores.get(unit)
        if row is None or row.rank is None:
            continue
        of = counts[row.category]
        if year not in found or of > found[year][1]:
            found[year] = (row.rank, of)
    return found


def find_term(key: str) -> Found | None:
    """The finder of the subject kind `team_term`."""
    state = TeamTermState.objects.open().select_related("term").filter(term=key).first()
    if state is None:
        return None
    return Found(
        title=state.title,
        address=reverse("appraisal_term", args=[key]),
        kind_label=_("班子任期"),
        scope={"city": state.term.city, "unit": state.term.unit},
        searched=False,
    )
