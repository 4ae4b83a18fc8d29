"""Policy documents compiled into articles, and the rules people made of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from luodi.audit.models import Fact, Identity, Scoped, State, one_open

from ..choices import ClaimMode, PolicyStanding, RuleStage


class Policy(Identity, Scoped):
    """A policy document in the library: whose city's, and from which source it was compiled."""

    document = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "sha256"], name="policy_source_once")
        ]

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """What a policy says is no secret: the whole city reads it."""
        return Q()

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """It is meant for enterprises."""
        return Q()


class PolicyState(State):
    """What a policy is called and how long it holds; `until_on` counts."""

    identity_field = "policy"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="states")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    issued_on = models.CharField(max_length=10, blank=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    standing = models.CharField(
        max_length=10, choices=PolicyStanding.choices, default=PolicyStanding.IN_FORCE
    )

    class Meta:
        constraints = [one_open("policy", "policy")]


class Article(Identity, Scoped):
    """An article that grants something. `sentence` is the key of its words in the source."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="articles")
    order = models.PositiveIntegerField()
    sentence = models.CharField(max_length=120)

    @classmethod
    def shared_with(cls, units: frozenset[str]) -> Q:
        """As the policy it belongs to."""
        return Q()

    @classmethod
    def shown_to(cls, enterprise: str) -> Q:
        """As the policy it belongs to."""
        return Q()


class ArticleState(State):
    """The terms of an article. `amount` and `budget` are in 分, None where none is set.

    `thing` groups articles that pay for one and the same thing: only one of them is had.
    `share` is a percentage as written, of `base`; `each` is what a sum is counted by.
    """

    identity_field = "article"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="states")
    label = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField()
    office = models.CharField(max_length=40, blank=True, help_text="the unit in charge")
    mode = models.CharField(max_length=10, choices=ClaimMode.choices, default=ClaimMode.APPLIED)
    amount = models.BigIntegerField(null=True)
    share = models.CharField(max_length=10, blank=True)
    base = models.CharField(max_length=60, blank=True)
    each = models.CharField(max_length=20, blank=True)
    budget = models.BigIntegerField(null=True)
    thing = models.CharField(max_length=80, blank=True)
    window_from = models.DateField(null=True)
    window_until = models.DateField(null=True)
    materials = models.JSONField(default=list)

    class Meta:
        constraints = [one_open("article", "article")]


class ArticleRule(State):
    """The conditions of an article from a day on, as entered by one person and checked by another.

    A checked rule stays open for good: later ones begin on later days, so what held on a past day
    is still there. `condition` is `luodi.kit.eligibility` as JSON.
    """

    identity_field = "article"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="rules")
    stage = models.CharField(max_length=10, choices=RuleStage.choices)
    condition = models.JSONField()
    from_on = models.DateField()
    entered_by = models.CharField(max_length=60)
    checked_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [one_open("article_rule", "article", "stage", "from_on")]


class Announcement(Fact, Scoped):
    """An enterprise was told how an article answers for it: it fits, it is near, it fits no more.

    The last one says what it knows; it is told again only when the answer becomes another.
    """

    added = frozenset({"answer"})

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="announcements")
    answer = models.CharField(max_length=10, default="fits")
