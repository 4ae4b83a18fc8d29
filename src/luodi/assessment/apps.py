from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from luodi.common.doors import Room, rooms, subjects
from luodi.orgs.rules import BUSINESS


class AssessmentConfig(AppConfig):
    name = "luodi.assessment"
    verbose_name = "考核评价"

    def ready(self) -> None:
        from luodi.jobs.actions import works

        from .actions import KIND
        from .queries import find_appraisal, find_grading, find_grading_run
        from .queries.externals import find_external
        from .tasks import try_weights

        works.register(KIND, try_weights)
        rooms.register("assessment", Room(_("考核评价"), "assessment", BUSINESS, 42))
        subjects.register("appraisal", find_appraisal)
        subjects.register("external_appraisal", find_external)
        subjects.register("grading", find_grading)
        subjects.register("grading_run", find_grading_run)
