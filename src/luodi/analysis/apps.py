from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, adopters, rooms
from luodi.orgs.rules import BUSINESS


class AnalysisConfig(AppConfig):
    name = "luodi.analysis"
    verbose_name = "分析"

    def ready(self) -> None:
        from .actions import adopt_benchmarks

        adopters.register("benchmark", adopt_benchmarks)
        rooms.register("analysis", Room(_("统计"), "statistics", BUSINESS, 410))
