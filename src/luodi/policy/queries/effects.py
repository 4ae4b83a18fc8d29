"""What came of policies: claims, money, firms reached, and the share of those that fit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.languages import aside
from luodi.common.moments import Moment
from luodi.kit.eligibility import match, members
from luodi.kit.quantities import ratio, show
from luodi.kit.refusals import Refusal
from luodi.orgs.rules import Viewer

from .catalogue import catalogue
from .claims import ClaimRow, claims
from .facts import dossiers, firms_of
from .library import ArticleRow, article_rows
from .matching import in_business


@dataclass(frozen=True)
class EffectRow:
    """What came of an article within the viewer's scope; sums in 分.

    `fitting` firms in business fit it now, `reached` of them were paid; `open` claims are under
    way.
    """

    key: str
    title: str
    policy: str
    office: str
    budget: int | None
    left: int | None
    claims: int
    open: int
    paid: int
    sum_paid: int
    firms: int
    fitting: int | None
    reached: int

    @property
    def share(self) -> str:
        """The share reached of those that fit, with its parts; why there is none, otherwise."""
        if self.fitting is None:
            return _("未设条件，不能计算")
        rate = ratio(100 * self.reached, self.fitting, 1)
        if isinstance(rate, Refusal):
            return _("没有符合的企业，不能计算")
        return aside(f"{show(rate, 1)}%", f"{self.reached}/{self.fitting}")


def effects(viewer: Viewer, moment: Moment) -> list[EffectRow]:
    """One row for each article, in queries that don't grow with articles, claims or firms."""
    rows = article_rows(viewer, moment)
    made: dict[str, list[ClaimRow]] = defaultdict(list)
    for claim in claims(viewer, moment):
        made[claim.article].append(claim)
    fits = fitting_firms(rows, viewer, moment)
    return [_effect(row, made[row.key], fits.get(row.key)) for row in rows]


def fitting_firms(rows: list[ArticleRow], viewer: Viewer, moment: Moment) -> dict[str, set[str]]:
    """The firms in business within the viewer's scope that fit each article with a rule."""
    keys = [firm.of_id for firm in in_business(viewer, moment)]
    known = catalogue(viewer.city, moment)
    firms = firms_of(keys, dossiers(keys, known, moment), known)
    ruled = {row.key: row.condition for row in rows if row.condition is not None}
    matched = match(ruled, firms)
    return {key: {keys[n] for n in members(matched.bitmap(key, "fits"))} for key in ruled}


def _effect(row: ArticleRow, made: list[ClaimRow], fits: set[str] | None) -> EffectRow:
    paid = [claim for claim in made if claim.stage == "disbursed"]
    firms = {claim.enterprise for claim in paid}
    return EffectRow(
        key=row.key,
        title=f"{row.label} {row.title}".strip(),
        policy=row.policy_title,
        office=row.office_name,
        budget=row.budget,
        left=row.left,
        claims=len(made),
        open=sum(claim.light[0] in ("green", "yellow") for claim in made),
        paid=len(paid),
        sum_paid=sum(claim.amount or 0 for claim in paid),
        firms=len(firms),
        fitting=None if fits is None else len(fits),
        reached=len(firms & fits) if fits is not None else 0,
    )
