from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, adopters, rooms, subjects
from luodi.orgs.rules import BUSINESS


class IndicatorsConfig(AppConfig):
    name = "luodi.indicators"
    verbose_name = "指标"

    def ready(self) -> None:
        from .actions import adopt_targets
        from .queries import find_indicator

        rooms.register("indicators", Room(_("指标"), "indicators_list", BUSINESS, 400))
        subjects.register("indicator", find_indicator)
        adopters.register("indicator", adopt_targets)
