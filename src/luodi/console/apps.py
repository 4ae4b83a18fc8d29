from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms


class ConsoleConfig(AppConfig):
    name = "luodi.console"
    verbose_name = "工作台"

    def ready(self) -> None:
        from luodi.orgs.rules import ADMINISTRATORS, BUSINESS, WHOLE_CITY

        from . import receivers

        self.receivers = receivers
        rooms.register("today", Room(_("工作台"), "today", BUSINESS | ADMINISTRATORS, 10))
        rooms.register("leader", Room(_("总览"), "leader", WHOLE_CITY, 15))
