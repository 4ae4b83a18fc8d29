from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, adopters, facts, rooms, subjects

from .choices import Role
from .rules import REPORTERS, WHOLE_CITY


class OrgsConfig(AppConfig):
    name = "luodi.orgs"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        from .queries import find_enterprise, find_unit
        from .queries.facts import COLUMNS, industry_sections, registered
        from .receivers import adopt_organs

        subjects.register("unit", find_unit)
        subjects.register("enterprise", find_enterprise)
        adopters.register("organ", adopt_organs)
        for column in COLUMNS:
            name = "home" if column == "unit" else column
            facts.register(f"enterprise.{name}", registered(column))
        facts.register("enterprise.industry_section", industry_sections)
        administrators = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
        keepers = WHOLE_CITY | REPORTERS
        rooms.register("enterprises", Room(_("企业"), "enterprises", keepers, 310))
        own = frozenset({Role.ENTERPRISE})
        rooms.register("my_enterprise", Room(_("本企业"), "my_enterprise", own, 300))
        rooms.register("people", Room(_("管理"), "people", administrators, 900))
