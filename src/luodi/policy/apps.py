from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, adopters, cards, facts, rooms, subjects
from luodi.orgs.choices import Role
from luodi.orgs.rules import BUSINESS


class PolicyConfig(AppConfig):
    name = "luodi.policy"
    verbose_name = "政策"

    def ready(self) -> None:
        from . import receivers
        from .cards import card_of_enterprise
        from .queries import find_article, find_claim, find_policy
        from .queries.known import known_of

        adopters.register("policy", receivers.adopt_policies)
        facts.register("enterprise.known", known_of)
        subjects.register("policy", find_policy)
        subjects.register("article", find_article)
        subjects.register("policy_claim", find_claim)
        cards.register("enterprise:policies", card_of_enterprise)
        own = frozenset({Role.ENTERPRISE})
        rooms.register("policies", Room(_("政策"), "policies", BUSINESS, 320))
        rooms.register("my_policies", Room(_("我的政策"), "my_policies", own, 320))
