"""Reading policies: the library, who fits, what is claimed, what came of it."""

from luodi.common.verdicts import Told

from .addressed import Addressed, addressed, applicant
from .catalogue import catalogue
from .claims import ClaimPage, ClaimRow, claim_page, claims, find_claim
from .dossier import FactRow, fact_rows
from .duties import policy_duties
from .effects import EffectRow, effects
from .events import Event, events_on
from .facts import dossiers, firms_of, values_of
from .library import (
    ArticleRow,
    PolicyRow,
    article_for,
    article_rows,
    asked_of,
    find_article,
    find_policy,
    library,
    policy_for,
    standing_words,
)
from .matching import FirmMatch, Match, firms_for, policies_for, tally, told_of
from .papers import HeldPaper, PaperShown, held_papers, paper_file
from .proposing import proposed_lines
from .renewing import RenewalRow, renewals
from .statements import StatementRow, statements

__all__ = [
    "Addressed",
    "ArticleRow",
    "ClaimPage",
    "ClaimRow",
    "EffectRow",
    "Event",
    "FactRow",
    "FirmMatch",
    "HeldPaper",
    "Match",
    "PaperShown",
    "PolicyRow",
    "RenewalRow",
    "StatementRow",
    "Told",
    "addressed",
    "applicant",
    "article_for",
    "article_rows",
    "asked_of",
    "catalogue",
    "claim_page",
    "claims",
    "dossiers",
    "effects",
    "events_on",
    "fact_rows",
    "find_article",
    "find_claim",
    "find_policy",
    "firms_for",
    "firms_of",
    "held_papers",
    "library",
    "paper_file",
    "policies_for",
    "policy_duties",
    "policy_for",
    "proposed_lines",
    "renewals",
    "standing_words",
    "statements",
    "tally",
    "told_of",
    "values_of",
]
