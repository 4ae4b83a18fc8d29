"""The papers of an appraisal: composed from one run, frozen, and handed on to be checked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.analysis.queries.releases import last_position
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer
from luodi.papers.actions import freeze_paper, open_paper
from luodi.papers.choices import PaperKind, PaperStage
from luodi.papers.models import Snapshot
from luodi.papers.queries import office_of

from ..choices import AppraisalStage, ObjectionStage
from ..models import Appraisal, ObjectionState
from ..queries.appraisal_papers import paper_facts
from ..queries.appraisals import AppraisalHeld, hold_appraisal
from ..queries.procedures import paper_of, run_subject
from ..rules.appraisal_papers import compose, title_of

WHEN = {
    PaperKind.APPRAISAL_NOTICE: (AppraisalStage.REVIEWING,),
    PaperKind.APPRAISAL_BULLETIN: (AppraisalStage.DECIDED,),
    PaperKind.NOTICE: (AppraisalStage.REWARDED,),
}
"""In which stage a paper is drafted."""


def draft_appraisal_paper(
    *, appraisal: str, kind: str, viewer: Viewer, by: str, at: datetime
) -> Snapshot:
    """Compose a paper from the run it is about and freeze it; again where it was sent back.

    From here it is checked and signed as any other paper. The notice of a result waits until
    every objection is settled.
    """
    with transaction.atomic():
        Appraisal.objects.select_for_update().filter(key=appraisal).first()
        held = hold_appraisal(appraisal, viewer, Moment(at))
        _check(held, kind, viewer)
        facts, run = paper_facts(held, kind)
        state = paper_of(held, kind, run)
        if state is not None and state.stage != PaperStage.DRAFTED:
            raise Conflict(_("这份文稿已经定稿，请在文稿里继续办理。"))
        if state is None:
            key = open_paper(
                kind=PaperKind(kind),
                title=title_of(kind, held.state.title),
                city=held.appraisal.city,
                unit=office_of(viewer),
                about=run_subject(run),
                by=by,
                at=at,
            ).key
        else:
            key = state.paper_id
        frozen, _removed = freeze_paper(
            paper=key, content=compose(facts), position=last_position(), by=by, at=at
        )
    return frozen


def _check(held: AppraisalHeld, kind: str, viewer: Viewer) -> None:
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("只有专班办公室的人员可以拟稿。"))
    if kind not in WHEN or held.state.stage not in WHEN[PaperKind(kind)]:
        raise Closed(_("现在的阶段不拟这份文稿，请刷新后再看。"))
    waiting = ObjectionState.objects.open().filter(
        objection__appraisal=held.key, stage__in=[ObjectionStage.RAISED, ObjectionStage.UPHELD]
    )
    if kind == PaperKind.APPRAISAL_NOTICE and waiting.exists():
        raise Incomplete(_("还有异议没有处理完，处理完再拟公示。"))
