"""What assessment shows on an enterprise's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luodi.common.doors import Card, table_card
from luodi.common.moments import Moment
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from .models import Grade
from .queries.gradings import grading_head, in_words, rule_of_run, states_for
from .rules.gradings import SHOWN_FROM

YEARS = 5
"""So many gradings are shown; the others stand under 考核评价."""


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """Its grades in the gradings shown by now, the newest first; nothing where it has none."""
    states = states_for(viewer, moment).filter(stage__in=SHOWN_FROM)
    mine = visible(Grade.objects.at(moment).filter(enterprise=key), viewer)
    grades = {grade.run_id: grade for grade in mine.select_related("run")}
    shown = states.filter(run__in=grades).order_by("-grading__year", "grading__act")
    cells = []
    for state in shown[:YEARS]:
        grade = grades[state.run_id]
        [firm] = in_words([grade], rule_of_run(grade.run), moment)
        head = grading_head(state.grading_id, viewer, moment)
        address = (
            reverse("my_grading") if viewer.enterprise else reverse("grading", args=[head.key])
        )
        texts = (firm.grade, firm.score_text, head.stage_label)
        cells.append([(head.title, address), *((text, "") for text in texts)])
    if not cells:
        return None
    heads = [pgettext("grading", "评价"), _("档次"), _("得分"), _("进展")]
    return table_card(_("亩均效益评价"), heads, cells, "", 25)
