from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, adopters, rooms, subjects

from .choices import Role


class OrgsConfig(AppConfig):
    name = "luodi.orgs"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        from .queries import find_unit
        from .receivers import adopt_organs

        subjects.register("unit", find_unit)
        adopters.register("organ", adopt_organs)
        administrators = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
        rooms.register("people", Room(_("管理"), "people", administrators, 90))
