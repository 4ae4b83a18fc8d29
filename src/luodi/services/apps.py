from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, cards, rooms, subjects
from luodi.orgs.rules import BUSINESS, ENTERPRISES


class ServicesConfig(AppConfig):
    name = "luodi.services"
    verbose_name = "企业服务"

    def ready(self) -> None:
        from . import receivers
        from .queries import find_draw, find_gathering, find_request, find_visit, service_card

        self.receivers = receivers
        rooms.register("requests", Room(_("企业服务"), "requests", BUSINESS, 300))
        rooms.register("my_requests", Room(_("我的诉求"), "my_requests", ENTERPRISES, 310))
        subjects.register("request", find_request)
        subjects.register("visit", find_visit)
        subjects.register("gathering", find_gathering)
        subjects.register("draw", find_draw)
        cards.register("enterprise:services", service_card)
