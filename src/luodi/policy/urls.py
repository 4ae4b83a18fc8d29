"""Addresses of this module."""

from django.urls import path

from .views import applying, claims, facts, library, matching, papers, ruling

urlpatterns = [
    path("policies/", library.policies, name="policies"),
    path("policies/articles/", library.articles, name="policy_articles"),
    path("policies/effects/", claims.effects, name="policy_effects"),
    path("policies/statements/", facts.statements, name="policy_statements"),
    path("policies/renewals/", facts.renewals, name="policy_renewals"),
    path("policies/mine/", matching.mine, name="my_policies"),
    path("policies/mine/facts/", facts.mine, name="my_policy_facts"),
    path("policies/claims/", claims.claims, name="policy_claims"),
    path("policies/claims/<slug:key>/", claims.claim, name="policy_claim"),
    path("policies/claims/<slug:key>/move/", claims.move, name="policy_claim_move"),
    path("policies/claims/<slug:key>/hand-over/", claims.hand_over, name="policy_claim_hand_over"),
    path("policies/claims/<slug:key>/note/", claims.note, name="policy_claim_note"),
    path("policies/claims/<slug:key>/object/", claims.object_, name="policy_claim_object"),
    path("policies/claims/<slug:key>/answer/", claims.answer, name="policy_claim_answer"),
    path("policies/claims/<slug:key>/papers/", papers.add, name="policy_claim_papers"),
    path("policies/papers/<slug:key>/", papers.paper, name="policy_paper"),
    path("policies/articles/<slug:key>/", library.article, name="policy_article"),
    path("policies/articles/<slug:key>/revise/", library.revise, name="policy_revise"),
    path("policies/articles/<slug:key>/rule/", ruling.rule, name="policy_rule"),
    path("policies/articles/<slug:key>/rule/check/", ruling.check, name="policy_rule_check"),
    path("policies/articles/<slug:key>/rule/return/", ruling.send_back, name="policy_rule_return"),
    path("policies/articles/<slug:key>/firms/", matching.firms, name="policy_firms"),
    path("policies/articles/<slug:key>/match/", claims.match, name="policy_match"),
    path("policies/articles/<slug:key>/apply/", applying.apply, name="policy_apply"),
    path("policies/for/<slug:key>/", matching.firm, name="policy_for_firm"),
    path("policies/facts/<slug:key>/", facts.firm, name="policy_facts"),
    path("policies/facts/<slug:key>/verdict/", facts.verdict, name="policy_fact_verdict"),
    path("policies/<slug:key>/", library.policy, name="policy"),
    path("policies/<slug:key>/abolish/", library.abolish, name="policy_abolish"),
]
