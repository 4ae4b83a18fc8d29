"""A scheme in words: for its page, and to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import language, listed, titled
from luodi.common.moments import Moment
from luodi.kit.scoring.schemes.saying import digits
from luodi.orgs.models import UnitState
from luodi.orgs.queries import pack_of, source_in_words
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import SchemeRule
from luodi.packs.schemas.schemes import SchemeExtra, SchemeIndicator, SchemeVeto
from luodi.supervision.choices import LetterKind

from ..choices import AppraisalStage
from ..rules import digest_of, scheme_in, schemes_in
from .appraisals import AppraisalHeld, assessable

METHODS = {
    "completion": gettext_lazy("目标完成率"),
    "growth": gettext_lazy("增幅"),
    "efficacy": gettext_lazy("功效系数"),
    "rank": gettext_lazy("名次"),
    "bands": gettext_lazy("分档"),
}
MISSING = {
    "zero": gettext_lazy("缺数计 0 分"),
    "exclude": gettext_lazy("缺数不计，权重分给其他项"),
    "mean": gettext_lazy("缺数取平均得分率"),
    "refuse": gettext_lazy("缺数则总分不可计算"),
}


@dataclass(frozen=True)
class SchemeLine:
    """An indicator of a scheme in words."""

    title: str
    weight: str
    method: str
    direction: str
    missing: str
    only_for: str
    confirmed: bool
    note: str


@dataclass(frozen=True)
class SchemePage:
    """A scheme with its groups (title, weight, note, lines), its source, and what to say of it.

    `present` is the digest of the pack's scheme now: what a freezing looks at.
    """

    title: str
    owner: str
    source: str
    example: bool
    confirmed: bool
    inferred: str
    note: str
    groups: tuple[tuple[str, str, str, tuple[SchemeLine, ...]], ...]
    extras: tuple[tuple[str, str, str], ...]
    tiers: str
    present: str


def schemes_for(viewer: Viewer, moment: Moment) -> tuple[SchemeRule, ...]:
    """The schemes of the viewer's city in force at a moment."""
    return schemes_in(pack_of(viewer.city, moment), moment.today)


def candidates(held: AppraisalHeld) -> list[UnitState]:
    """Units that could still be assessed, while the appraisal is a draft."""
    if held.state.stage != AppraisalStage.DRAFT:
        return []
    there = assessable(held.appraisal.city, held.appraisal.about, held.moment)
    return [one for one in there if one.of_id not in held.categories]


def scheme_page(held: AppraisalHeld) -> SchemePage | None:
    """The scheme of an appraisal in words; None where the pack has none and nothing is frozen."""
    rule = held.rule
    if rule is None:
        return None
    english = language() == "en"
    categories = {one.key: titled(one) for one in rule.categories}
    now = scheme_in(
        pack_of(held.appraisal.city, held.moment), held.appraisal.scheme, held.moment.today
    )
    return SchemePage(
        title=titled(rule),
        owner=rule.owner.name,
        source=source_in_words(rule.source),
        example=rule.kind == "example",
        confirmed=rule.confirmed,
        inferred=rule.inferred,
        note=rule.note,
        groups=tuple(
            (
                titled(group),
                group.weight,
                group.note,
                tuple(
                    _line(one, _weight(rule, group.key, one), categories, english)
                    for one in group.indicators
                ),
            )
            for group in rule.groups
        ),
        extras=tuple(_extras(rule, english)),
        tiers=listed(titled(one) for one in rule.tiers),
        present=digest_of(now) if now else "",
    )


def _weight(rule: SchemeRule, group: str, one: SchemeIndicator) -> str:
    """The weight of an indicator; of the first category it is asked of."""
    found = next(g for g in rule.groups if g.key == group)
    weights = (found.weights(c) for c in rule.category_keys() if one.counts_for(c))
    return digits(next(weights)[one.key], 2)


def _line(
    one: SchemeIndicator, weight: str, categories: dict[str, str], english: bool
) -> SchemeLine:
    return SchemeLine(
        title=titled(one),
        weight=weight,
        method=str(METHODS[one.method]),
        direction=_("越高越好") if one.direction == "up" else _("越低越好"),
        missing=str(MISSING[one.missing]),
        only_for=listed(categories[key] for key in one.only_for),
        confirmed=one.confirmed,
        note=one.note,
    )


def _extras(rule: SchemeRule, english: bool) -> list[tuple[str, str, str]]:
    """Additions, deductions and vetoes: head, title, and what one occurrence does."""
    found = []
    for head, some in ((_("加分"), rule.additions), (_("扣分"), rule.deductions)):
        for one in some:
            said = _("每次 %(each)s 分") % {"each": one.each}
            if one.most is not None:
                said += _("，最多 %(most)s 分") % {"most": one.most}
            found.append((head, titled(one), said + _proposed(one)))
    tiers = {one.key: titled(one) for one in rule.tiers}
    for veto in rule.vetoes:
        effect = {
            "zero": _("总分为 0"),
            "unranked": _("不参加排名"),
            "tier": _("不高于%(tier)s") % {"tier": tiers.get(veto.tier or "", "")},
        }[veto.effect]
        found.append((_("一票否决"), titled(veto), effect + _proposed(veto)))
    return found


def _proposed(one: SchemeExtra | SchemeVeto) -> str:
    """Which letters of the record are proposed as the number, and what the scheme notes of it."""
    said = ""
    if one.letters is not None:
        said = _("；次数按当年发出的%(letters)s建议") % {"letters": LetterKind(one.letters).label}
    return said + (_("（%(note)s）") % {"note": one.note} if one.note else "")
