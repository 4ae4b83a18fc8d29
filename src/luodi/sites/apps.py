from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, cards, rooms, subjects
from luodi.orgs.rules import BUSINESS


class SitesConfig(AppConfig):
    name = "luodi.sites"
    verbose_name = "载体"

    def ready(self) -> None:
        from .cards import card_of_enterprise
        from .queries import find_site

        rooms.register("sites", Room(_("载体"), "sites", BUSINESS, 350))
        subjects.register("site", find_site)
        cards.register("enterprise:sites", card_of_enterprise)
