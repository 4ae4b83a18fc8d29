from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms, subjects
from luodi.orgs.rules import BUSINESS


class PapersConfig(AppConfig):
    name = "luodi.papers"
    verbose_name = "文稿"

    def ready(self) -> None:
        from . import queries

        subjects.register("paper", queries.find_paper)
        rooms.register("papers", ROOM)


ROOM = Room(_("文稿"), "papers", BUSINESS, 500)
