from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms
from luodi.orgs.choices import Role
from luodi.orgs.rules import SIGNED_IN, WHOLE_CITY


class ConsoleConfig(AppConfig):
    name = "luodi.console"
    verbose_name = "工作台"

    def ready(self) -> None:
        from . import receivers

        self.receivers = receivers
        rooms.register("today", Room(_("工作台"), "today", SIGNED_IN, 100))
        rooms.register("leader", Room(_("总览"), "leader", WHOLE_CITY, 110))
        rooms.register("records", Room(_("行为记录"), "records", frozenset({Role.AUDITOR}), 910))
