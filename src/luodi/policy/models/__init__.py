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
from .papers import ClaimPaper, FirmPaper

__all__ = [
    "Announcement",
    "Article",
    "ArticleRule",
    "ArticleState",
    "ClaimNote",
    "ClaimObjection",
    "ClaimObjectionState",
    "ClaimPaper",
    "FirmFact",
    "FirmPaper",
    "Policy",
    "PolicyClaim",
    "PolicyClaimState",
    "PolicyState",
]
