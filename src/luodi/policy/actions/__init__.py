"""What people do with policies; one action is one act."""

from .announcing import announce_article, announce_due
from .carrying import carry_claims, hand_over_claim
from .claims import apply_for_policy, match_firms
from .facts import record_fact, refuse_fact, state_fact, verify_fact
from .library import abolish_policy, adopt_articles, revise_article
from .moving import answer_objection, move_claim, note_on_claim, object_to_claim
from .papers import Given, add_claim_papers, hand_in_papers
from .ruling import check_rule, enter_rule, return_rule

__all__ = [
    "Given",
    "abolish_policy",
    "add_claim_papers",
    "adopt_articles",
    "announce_article",
    "announce_due",
    "answer_objection",
    "apply_for_policy",
    "carry_claims",
    "check_rule",
    "enter_rule",
    "hand_in_papers",
    "hand_over_claim",
    "match_firms",
    "move_claim",
    "note_on_claim",
    "object_to_claim",
    "record_fact",
    "refuse_fact",
    "return_rule",
    "revise_article",
    "state_fact",
    "verify_fact",
]
