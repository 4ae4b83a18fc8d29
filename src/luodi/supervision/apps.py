from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms, subjects
from luodi.orgs.rules import BUSINESS


class SupervisionConfig(AppConfig):
    name = "luodi.supervision"
    verbose_name = "调度督导"

    def ready(self) -> None:
        from . import receivers
        from .queries import find_bulletin, find_call, find_decision, find_letter, find_meeting

        self.receivers = receivers
        subjects.register("bulletin", find_bulletin)
        subjects.register("decision", find_decision)
        subjects.register("letter", find_letter)
        subjects.register("meeting", find_meeting)
        subjects.register("meeting_call", find_call)
        rooms.register("supervision", Room(_("调度督导"), "supervision", BUSINESS, 250))
