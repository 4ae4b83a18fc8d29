from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, facts, rooms, subjects
from luodi.orgs.rules import BUSINESS
from luodi.packs import register_schema


class LedgerConfig(AppConfig):
    name = "luodi.ledger"
    verbose_name = "督办台账"

    def ready(self) -> None:
        from . import receivers
        from .queries import find_item, open_problems
        from .rules import FlowNeedRule

        self.receivers = receivers
        register_schema("flows", FlowNeedRule)
        rooms.register("ledger", Room(_("台账"), "ledger", BUSINESS, 210))
        subjects.register("item", find_item)
        facts.register("ledger.open_problems", open_problems)
