from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms, subjects
from luodi.orgs.rules import BUSINESS


class ReadingConfig(AppConfig):
    name = "luodi.reading"
    verbose_name = "阅读室"

    def ready(self) -> None:
        from luodi.jobs.actions import works

        from .queries import find_check, find_document, find_finding
        from .tasks import compile_document

        rooms.register("reading", Room(_("资料"), "documents_list", BUSINESS, 510))
        subjects.register("document", find_document)
        subjects.register("finding", find_finding)
        subjects.register("check", find_check)
        works.register("compile", compile_document)
