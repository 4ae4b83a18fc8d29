from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms
from luodi.orgs.choices import Role


class ReportsConfig(AppConfig):
    name = "luodi.reports"
    verbose_name = "报告"

    def ready(self) -> None:
        rooms.register("progress_reports", ROOM)


ROOM = Room(_("月报"), "progress_reports", frozenset({Role.OFFICE}), 220)
