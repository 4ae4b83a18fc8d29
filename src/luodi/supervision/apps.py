from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms, subjects
from luodi.orgs.rules import BUSINESS


class SupervisionConfig(AppConfig):
    name = "luodi.supervision"
    verbose_name = "调度督导"

    def ready(self) -> None:
        from . import receivers
        from .queries import find_letter

        self.receivers = receivers
        subjects.register("letter", find_letter)
        from .queries import find_bulletin

        self.receivers = receivers
        rooms.register("supervision", Room(_("调度督导"), "supervision", BUSINESS, 40))
        subjects.register("bulletin", find_bulletin)
