from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, adopters, cards, facts, rooms, subjects
from luodi.orgs.rules import BUSINESS, ENTERPRISES


class ChainConfig(AppConfig):
    name = "luodi.chain"
    verbose_name = "产业链"

    def ready(self) -> None:
        from .actions import adopt_segments, adopt_targets
        from .queries import card_of_enterprise, find_chain, find_firm, find_target
        from .queries.facts import honours_held

        facts.register("enterprise.chain_honours", honours_held)
        rooms.register("chain", Room(_("产业链"), "chains", BUSINESS, 340))
        rooms.register("my_chain", Room(_("上下游"), "my_chain", ENTERPRISES, 340))
        cards.register("enterprise:chain", card_of_enterprise)
        adopters.register("segment", adopt_segments)
        adopters.register("target_firm", adopt_targets)
        subjects.register("chain", find_chain)
        subjects.register("chain_firm", find_firm)
        subjects.register("target_firm", find_target)
