from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, cards, facts, rooms, subjects
from luodi.orgs.rules import BUSINESS


class RegistersConfig(AppConfig):
    name = "luodi.registers"
    verbose_name = "名录"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
        from .cards import card_of_enterprise
        from .queries import find_entry, levels_held, registers_held

        rooms.register("registers", Room(_("名录"), "registers", BUSINESS, 330))
        subjects.register("register_entry", find_entry)
        facts.register("enterprise.registers", registers_held)
        facts.register("enterprise.register_levels", levels_held)
        cards.register("enterprise:registers", card_of_enterprise)
