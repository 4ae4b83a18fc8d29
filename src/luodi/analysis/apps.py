from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms
from luodi.orgs.rules import BUSINESS


class AnalysisConfig(AppConfig):
    name = "luodi.analysis"
    verbose_name = "分析"

    def ready(self) -> None:
        rooms.register("analysis", Room(_("分析"), "pivot", BUSINESS, 64))
