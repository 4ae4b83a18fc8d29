from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, adopters, cards, facts, rooms, subjects
from luodi.orgs.rules import BUSINESS


class ProjectsConfig(AppConfig):
    name = "luodi.projects"
    verbose_name = "项目"

    def ready(self) -> None:
        from . import receivers
        from .actions import adopt_projects
        from .cards import card_of_enterprise
        from .queries import find_batch, find_batches, find_problem, find_project, goes_on_as
        from .queries.serving import site_visits_of_firms
        from .queries.sources import leads_from, target_card

        self.receivers = receivers
        rooms.register("projects", Room(_("项目"), "projects", BUSINESS, 230))
        adopters.register("project", adopt_projects)
        subjects.register("project", find_project)
        cards.register("enterprise:projects", card_of_enterprise)
        facts.register("project.goes_on_as", goes_on_as)
        facts.register("target_firm.lead", leads_from)
        facts.register("firm.site_visits", site_visits_of_firms)
        cards.register("target_firm:lead", target_card)
        subjects.register("batch", find_batch)
        subjects.register("batches", find_batches)
        subjects.register("problem", find_problem)
