"""Articles and claims as an action finds them: the open state, and what the person may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, NotAllowed, NotFound
from luodi.orgs.models import EnterprisePosting
from luodi.orgs.queries import viewer_of_person, visible
from luodi.orgs.rules import Viewer

from ..flows import FIRM, OFFICE, PROXY
from ..models import Article, ArticleState, PolicyClaim, PolicyClaimState
from ..rules import is_office_of


@dataclass(frozen=True)
class HeldArticle:
    """An article with its open state, for somebody who may work on it."""

    article: Article
    state: ArticleState
    viewer: Viewer

    @property
    def subjects(self) -> list[str]:
        """Under which keys an act names it."""
        return [
            subject_key("article", self.article.key),
            subject_key("policy", self.article.policy_id),
        ]

    @property
    def scope(self) -> dict[str, str]:
        """The scope of what is written about it."""
        return {"city": self.article.city}


def hold_article(article: str, by: str, moment: Moment, seen: int | None = None) -> HeldArticle:
    """An article for the people of its office; `Conflict` where `seen` is no longer its state."""
    viewer = viewer_of_person(by)
    found = visible(Article.objects.filter(key=article), viewer).first()
    state = ArticleState.objects.open().filter(article=article).first() if found else None
    if found is None or state is None:
        raise NotFound(_("没有这条政策条款，或者它不在您的城市。"))
    if not is_office_of(viewer, found.city, state.office):
        raise NotAllowed(_("这一条由主管单位或专班办公室办理。"))
    if seen is not None and state.since_id != seen:
        raise Conflict(_("别人刚刚改了这一条，请刷新后再办；您填的内容没有写入。"))
    return HeldArticle(found, state, viewer)


@dataclass(frozen=True)
class HeldClaim:
    """A claim with its open state, and the roles the person has in it."""

    claim: PolicyClaim
    state: PolicyClaimState
    viewer: Viewer
    roles: frozenset[str]

    @property
    def subject(self) -> str:
        """Under which key an act names it."""
        return subject_key("policy_claim", self.claim.key)

    @property
    def scope(self) -> dict[str, str]:
        """The scope of what is written about it."""
        return {name: getattr(self.claim, name) for name in ("city", "zone", "unit", "enterprise")}


def firms_with_account(firms: Iterable[str]) -> set[str]:
    """Those of some firms for which somebody can sign in."""
    rows = EnterprisePosting.objects.open().filter(enterprise__in=set(firms))
    return set(rows.filter(person__account__is_active=True).values_list("enterprise", flat=True))


def claim_roles(viewer: Viewer, state: PolicyClaimState) -> frozenset[str]:
    """Whether the viewer is the office in charge of a claim, may note what its firm said, or
    speaks for it."""
    claim = state.claim
    roles = {OFFICE} if is_office_of(viewer, claim.city, claim.unit) else set()
    if roles and not firms_with_account([state.holder]):
        roles.add(PROXY)
    if viewer.enterprise and viewer.enterprise == state.holder:
        roles.add(FIRM)
    return frozenset(roles)


def hold_claim(claim: str, by: str, seen: int | None = None) -> HeldClaim:
    """A claim within the scope of `by`; `Conflict` where `seen` is no longer its state."""
    viewer = viewer_of_person(by)
    found = visible(PolicyClaim.objects.filter(key=claim), viewer).first()
    state = (
        PolicyClaimState.objects.open().filter(claim=claim).select_related("claim").first()
        if found
        else None
    )
    if found is None or state is None:
        raise NotFound(_("没有这笔兑现，或者它不归您办理。"))
    if seen is not None and state.since_id != seen:
        raise Conflict(_("别人刚刚办了这一笔，请刷新后再办；您填的内容没有写入。"))
    return HeldClaim(found, state, viewer, claim_roles(viewer, state))
