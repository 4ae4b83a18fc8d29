"""Tags of projects as they hold at a moment: by people's word, else by criteria over the record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from luodi.common.languages import in_one_line, listed, titled
from luodi.common.moments import Moment
from luodi.kit.matching import Value
from luodi.orgs.queries import owned, pack_of
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import TagRule

from ..models import AgreementState, Project, ProjectState, ProjectTag
from ..rules.money import exact
from ..rules.tags import Tagged, asked_in_words, effect_of, tagged, tags_of
from .heads import ProjectHead
from .merged import living
from .rows import Row, rows_of


@dataclass(frozen=True)
class TagShown:
    """One tag of one project as its page shows it; `seen` is the decision's position."""

    tagged: Tagged
    title: str
    effect: str
    asked: tuple[str, ...]
    source: str
    seen: int


@dataclass(frozen=True)
class TagCount:
    """A tag with how many projects have it, haven't it, or can't be told."""

    title: str
    effect: str
    asked: str
    source: str
    counts: Counter[str]


@dataclass(frozen=True)
class TaggedRow:
    """A project with its tags in words, and those that can't be told."""

    row: Row
    tags: str
    unclear: str


@dataclass(frozen=True)
class TagsPage:
    """All tags, and all projects with theirs."""

    tags: list[TagCount]
    rows: list[TaggedRow]


def tags_at(city: str, moment: Moment) -> tuple[TagRule, ...]:
    """The tags of a city at a moment."""
    return tags_of(pack_of(city, moment), moment.today)


def tags_page(viewer: Viewer, moment: Moment) -> TagsPage:
    """Every project of the viewer with its tags, in a fixed number of queries."""
    mine = living(viewer, moment)
    rules = tags_at(viewer.city, moment)
    found = _tags(mine, rules, moment)
    counts: dict[str, Counter[str]] = {rule.key: Counter() for rule in rules}
    rows = []
    for row in rows_of(mine, viewer.city, moment):
        tags = found.get(row.key, [])
        for one in tags:
            counts[one.rule.key][one.answer] += 1
        given = {
            answer: listed(titled(one.rule) for one in tags if one.answer == answer)
            for answer in ("yes", "cannot_tell")
        }
        rows.append(TaggedRow(row, given["yes"], given["cannot_tell"]))
    return TagsPage(
        [
            TagCount(
                titled(rule), effect_of(rule), in_one_line(asked_in_words(rule)), _source(rule),
                counts[rule.key],
            )
            for rule in rules
        ],
        rows,
    )  # fmt: skip


def tags_of_project(head: ProjectHead, moment: Moment) -> list[TagShown]:
    """The tags of one project with their reasons."""
    mine = Project.objects.filter(key=head.project.key)
    decisions = ProjectTag.objects.at(moment).filter(project=head.project)
    seen = dict(decisions.values_list("tag", "since_id"))
    rules = tags_at(head.project.city, moment)
    return [
        TagShown(
            tagged=one,
            title=titled(one.rule),
            effect=effect_of(one.rule),
            asked=asked_in_words(one.rule),
            source=_source(one.rule),
            seen=seen.get(one.rule.key, 0),
        )
        for one in _tags(mine, rules, moment).get(head.project.key, [])
    ]


def _source(rule: TagRule) -> str:
    return owned(rule)


def _tags(
    mine: QuerySet[Project], rules: tuple[TagRule, ...], moment: Moment
) -> dict[str, list[Tagged]]:
    """The tags of the given projects, which the caller has scoped."""
    keys = mine.values("key")
    agreed = {
        state.agreement.project_id: state.promises
        for state in AgreementState.objects.at(moment)
        .filter(agreement__project__in=keys)
        .select_related("agreement")
    }
    decided = {
        (one.project_id, one.tag): one
        for one in ProjectTag.objects.at(moment).filter(project__in=keys)
    }
    found = {}
    for state in ProjectState.objects.at(moment).filter(project__in=keys):
        facts = _facts(state, agreed.get(state.project_id, {}))
        tags = []
        for rule in rules:
            word = decided.get((state.project_id, rule.key))
            given, why = (word.given, word.why) if word else (None, "")
            tags.append(tagged(rule, facts, given, why))
        found[state.project_id] = tags
    return found


def _facts(state: ProjectState, promises: dict[str, list[int]]) -> dict[str, Value | None]:
    """What criteria may ask about: amounts exact, a framework's amount is no investment."""
    investment = exact(state.investment, state.investment_scale)
    if state.signing == "framework":
        investment = None
    output, land = exact(state.output, state.output_scale), exact(state.land, state.land_scale)
    agreed = {key: Fraction(number, 10**scale) for key, (number, scale) in promises.items()}
    return {
        "investment": investment,
        "output": output,
        "land": land,
        "intensity": _per(investment, land),
        "output_per_mu": _per(output, land),
        "tax_per_mu": agreed.get("tax"),
        "energy": agreed.get("energy"),
        "industry": state.industry or None,
        "mode": state.mode or None,
        "signing": state.signing,
    }


def _per(amount: Fraction | None, land: Fraction | None) -> Fraction | None:
    return amount / land if amount is not None and land else None
