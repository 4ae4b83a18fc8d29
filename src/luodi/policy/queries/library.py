"""The library of policies: rows, one policy as a document, its articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.languages import in_clauses, language
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.kit.eligibility import All, AnyOf, Condition, FactKind, from_json
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import ClaimMode, PolicyStanding, RuleStage
from ..flows import SETTLED
from ..models import Article, ArticleRule, ArticleState, Policy, PolicyClaimState, PolicyState
from ..rules import money, window_light
from ..rules.lines import group_words


@dataclass(frozen=True)
class PolicyRow:
    """A policy in the library."""

    key: str
    title: str
    number: str
    issuer: str
    issued_on: str
    from_on: date | None
    until_on: date | None
    state: str
    articles: int
    ruled: int


@dataclass(frozen=True)
class ArticleRow:
    """An article with its terms in words; `rule` is the checked condition that holds today."""

    key: str
    city: str
    policy: str
    policy_title: str
    in_force: bool
    label: str
    title: str
    text: str
    office: str
    office_name: str
    mode: str
    mode_label: str
    grant: str
    share: str
    base: str
    each: str
    amount: int | None
    budget: int | None
    spent: int
    thing: str
    window: tuple[str, str]
    window_from: date | None
    window_until: date | None
    materials: tuple[str, ...]
    sentence: str
    since: int
    rule: ArticleRule | None
    waiting: ArticleRule | None

    @property
    def condition(self) -> Condition | None:
        """The condition that holds today; None where none is checked."""
        return from_json(self.rule.condition) if self.rule else None

    def is_closed_on(self, day: date) -> bool:
        """Whether its window hasn't begun on a day, or is over."""
        early = self.window_from is not None and day < self.window_from
        return early or (self.window_until is not None and self.window_until < day)

    @property
    def left(self) -> int | None:
        """What is left of the budget; None where none is set."""
        return None if self.budget is None else self.budget - self.spent

    @property
    def rule_state(self) -> str:
        """How far the rule is, in words."""
        if self.waiting:
            return _("待复核")
        return _("已复核") if self.rule else _("未设条件")

    @property
    def budget_words(self) -> str:
        """Budget and what is left, in words."""
        if self.budget is None:
            return _("未设预算")
        return _("%(all)s，余 %(left)s") % {"all": money(self.budget), "left": money(self.left)}


def holds_on(state: PolicyState, day: date) -> bool:
    """Whether a policy is in force on a day."""
    begun = state.from_on is None or state.from_on <= day
    over = state.until_on is not None and state.until_on < day
    return state.standing == PolicyStanding.IN_FORCE and begun and not over


def standing_words(state: PolicyState, day: date) -> str:
    """How a policy stands on a day, in words."""
    if state.standing != PolicyStanding.IN_FORCE:
        return str(state.get_standing_display())
    if state.from_on is not None and day < state.from_on:
        return _("尚未施行")
    return _("有效") if holds_on(state, day) else _("已过有效期")


def library(viewer: Viewer, moment: Moment) -> list[PolicyRow]:
    """The policies of the viewer's cities, the newest first."""
    mine = visible(Policy.objects.at(moment), viewer)
    states = list(PolicyState.objects.at(moment).filter(policy__in=mine))
    counts: dict[str, int] = defaultdict(int)
    ruled: dict[str, set[str]] = defaultdict(set)
    for policy in (
        Article.objects.at(moment).filter(policy__in=mine).values_list("policy", flat=True)
    ):
        counts[policy] += 1
    rules = ArticleRule.objects.at(moment).filter(article__policy__in=mine, stage=RuleStage.CHECKED)
    for policy, article in rules.values_list("article__policy", "article"):
        ruled[policy].add(article)
    rows = [
        PolicyRow(
            state.policy_id,
            state.title,
            state.number,
            state.issuer,
            state.issued_on,
            state.from_on,
            state.until_on,
            standing_words(state, moment.today),
            counts[state.policy_id],
            len(ruled[state.policy_id]),
        )
        for state in states
    ]
    return sorted(rows, key=lambda row: (row.issued_on, row.title), reverse=True)


def policy_for(viewer: Viewer, key: str, moment: Moment) -> tuple[Policy, PolicyState]:
    """A policy within the viewer's reach, or `NotFound`."""
    policy = visible(Policy.objects.at(moment).filter(key=key), viewer).first()
    state = PolicyState.objects.at(moment).filter(policy=key).first() if policy else None
    if policy is None or state is None:
        raise NotFound(_("没有这项政策，或者它不在您的城市。"))
    return policy, state


def article_rows(
    viewer: Viewer, moment: Moment, *, policy: str = "", keys: Iterable[str] | None = None
) -> list[ArticleRow]:
    """Articles in the order of their texts, in a fixed number of queries."""
    mine = visible(Article.objects.at(moment), viewer)
    mine = mine.filter(policy=policy) if policy else mine
    mine = mine.filter(key__in=list(keys)) if keys is not None else mine
    chosen = list(mine.order_by("policy", "order"))
    wanted = [one.key for one in chosen]
    states = {s.article_id: s for s in ArticleState.objects.at(moment).filter(article__in=wanted)}
    policies = {
        s.policy_id: s
        for s in PolicyState.objects.at(moment).filter(policy__in={a.policy_id for a in chosen})
    }
    rules = rules_on(wanted, moment)
    waiting = {
        rule.article_id: rule
        for rule in ArticleRule.objects.at(moment).filter(
            article__in=wanted, stage=RuleStage.ENTERED
        )
    }
    spent = spent_on(wanted, moment)
    names = unit_names({state.office for state in states.values() if state.office}, moment)
    return [
        _row(one, states[one.key], policies[one.policy_id], rules.get(one.key),
             waiting.get(one.key), spent.get(one.key, 0), names, moment.today)
        for one in chosen
        if one.key in states and one.policy_id in policies
    ]  # fmt: skip


def article_for(viewer: Viewer, key: str, moment: Moment) -> ArticleRow:
    """One article within the viewer's reach, or `NotFound`."""
    rows = article_rows(viewer, moment, keys=[key])
    if not rows:
        raise NotFound(_("没有这条政策条款，或者它不在您的城市。"))
    return rows[0]


def rules_on(articles: Iterable[str], moment: Moment) -> dict[str, ArticleRule]:
    """The checked rule of each article that holds on the moment's day: the latest begun."""
    rows = ArticleRule.objects.at(moment).filter(
        article__in=list(articles), stage=RuleStage.CHECKED, from_on__lte=moment.today
    )
    return {rule.article_id: rule for rule in rows.order_by("from_on", "since")}


def spent_on(articles: Iterable[str], moment: Moment) -> dict[str, int]:
    """What claims have taken of each article's budget, settled or paid, in 分."""
    rows = PolicyClaimState.objects.at(moment).filter(
        claim__article__in=list(articles), stage__in=SETTLED, amount__isnull=False
    )
    sums = rows.values_list("claim__article").annotate(all=Sum("amount"))
    return {article: int(total) for article, total in sums}


def _row(
    one: Article,
    state: ArticleState,
    policy: PolicyState,
    rule: ArticleRule | None,
    waiting: ArticleRule | None,
    spent: int,
    names: Mapping[str, str],
    today: date,
) -> ArticleRow:
    return ArticleRow(
        key=one.key,
        city=one.city,
        policy=one.policy_id,
        policy_title=policy.title,
        in_force=holds_on(policy, today),
        label=state.label,
        title=state.title,
        text=state.text,
        office=state.office,
        office_name=names.get(state.office, ""),
        mode=state.mode,
        mode_label=str(ClaimMode(state.mode).label),
        grant=grant_words(state),
        share=state.share,
        base=state.base,
        each=state.each,
        amount=state.amount,
        budget=state.budget,
        spent=spent,
        thing=state.thing or state.title,
        window=window_light(
            state.window_from, state.window_until, today, state.mode == ClaimMode.APPLIED
        ),
        window_from=state.window_from,
        window_until=state.window_until,
        materials=tuple(state.materials),
        sentence=one.sentence,
        since=state.since_id,
        rule=rule,
        waiting=waiting,
    )


def grant_words(state: ArticleState) -> str:
    """What an article grants, in one line."""
    most = money(state.amount)
    if state.share:
        said = _("%(base)s的 %(share)s%%") % {"base": state.base, "share": state.share}
        return in_clauses([said, f"{_('最高')} {most}"]) if most else said
    if state.each and most:
        return f"{state.each} {most}"
    return most


@dataclass(frozen=True)
class Asked:
    """One comparison of a rule in words, with the key of the sentence it was read from."""

    words: str
    sentence: str


def asked_of(condition: Condition | None, facts: Mapping[str, FactKind]) -> list[list[Asked]]:
    """The groups of a rule: every group must hold, one line of a group is enough."""
    if condition is None:
        return []
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return [
        [
            Asked(words, key)
            for words, key in group_words(
                part.parts if isinstance(part, AnyOf) else (part,), facts, language()
            )
        ]
        for part in parts
    ]


def find_policy(key: str) -> Found | None:
    """A policy as a subject, searched by title, number and the titles of its articles."""
    state = PolicyState.objects.open().filter(policy=key).select_related("policy").first()
    if state is None:
        return None
    rows = ArticleState.objects.open().filter(article__policy=key)
    body = " ".join([state.number, *rows.values_list("title", flat=True)])
    address = reverse("policy", args=[key])
    return Found(state.title, address, _("政策"), body, {"city": state.policy.city})


def find_article(key: str) -> Found | None:
    """An article as a subject."""
    state = ArticleState.objects.open().filter(article=key).select_related("article").first()
    if state is None:
        return None
    address = reverse("policy_article", args=[key])
    scope = {"city": state.article.city}
    return Found(f"{state.label} {state.title}".strip(), address, _("政策条款"), state.text, scope)
