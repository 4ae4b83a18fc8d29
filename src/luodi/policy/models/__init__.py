"""Policies, articles and their rules; what firms state; what they claim."""

from .claims import (
    ClaimNote,
    ClaimObjection,
    ClaimObjectionState,
    PolicyClaim,
    PolicyClaimState,
)
from .facts import FirmFact
from .library import Announcement, Article, ArticleRule, ArticleState, Policy, PolicyState

__all__ = [
    "Announcement",
    "Article",
    "ArticleRule",
    "ArticleState",
    "ClaimNote",
    "ClaimObjection",
    "ClaimObjectionState",
    "FirmFact",
    "Policy",
    "PolicyClaim",
    "PolicyClaimState",
    "PolicyState",
]
