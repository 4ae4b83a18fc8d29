from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, cards, rooms, subjects
from luodi.orgs.rules import BUSINESS, ENTERPRISES


class AssessmentConfig(AppConfig):
    name = "luodi.assessment"
    verbose_name = "考核评价"

    def ready(self) -> None:
        from luodi.jobs.actions import works

        from . import receivers
        from .actions import KIND
        from .cards import card_of_enterprise
        from .queries import (
            find_appraisal,
            find_evaluation,
            find_goal,
            find_grading,
            find_grading_objection,
            find_grading_run,
        )
        from .queries.appraisal_papers import find_appraisal_run
        from .queries.externals import find_external
        from .queries.objections import find_objection
        from .queries.self_reports import find_self_report
        from .queries.terms import find_term
        from .tasks import try_weights

        works.register(KIND, try_weights)
        cards.register("enterprise:assessment", card_of_enterprise)
        self.receivers = receivers
        subjects.register("appraisal_run", find_appraisal_run)
        subjects.register("objection", find_objection)
        subjects.register("self_report", find_self_report)
        subjects.register("team_term", find_term)
        subjects.register("external_appraisal", find_external)
        subjects.register("evaluation", find_evaluation)
        subjects.register("target", find_goal)
        rooms.register("assessment", Room(_("考核评价"), "assessment", BUSINESS, 260))
        subjects.register("appraisal", find_appraisal)
        subjects.register("grading", find_grading)
        subjects.register("grading_run", find_grading_run)
        subjects.register("grading_objection", find_grading_objection)
        rooms.register("my_grading", Room(_("亩均评价"), "my_grading", ENTERPRISES, 350))
