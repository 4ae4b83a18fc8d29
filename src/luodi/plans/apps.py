from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "luodi.plans"
    verbose_name = "规划与月报"

    def ready(self) -> None:
        from luodi.common.doors import Room, adopters, rooms, subjects
        from luodi.jobs.signals import ticked
        from luodi.orgs.rules import BUSINESS, UNIT_ROLES

        from . import receivers
        from .queries import subjects as found

        adopters.register("measure", receivers.adopt_measures)
        rooms.register("plans", Room(_("规划"), "plans", BUSINESS, 200))
        rooms.register("my_reports", Room(_("月报"), "my_reports", UNIT_ROLES, 220))
        subjects.register("plan", found.find_plan)
        subjects.register("measure", found.find_measure)
        subjects.register("step", found.find_step)
        subjects.register("round", found.find_round)
        subjects.register("report", found.find_report)
        ticked.connect(receivers.keep_rounds, dispatch_uid="plans.keep_rounds")
