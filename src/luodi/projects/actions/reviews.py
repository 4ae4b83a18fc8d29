"""Expert reviews: opened, seats filled, opinions given, decided. One action is one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.actions import tell

from ..choices import Conflict as Interest
from ..choices import Decision, Signing
from ..models import Review, ReviewSeat, ReviewState
from ..queries import Holding, hold
from ..queries.reviews import people_at, works_in
from ..rules.reviews import check_opinion, criteria_in, panel_in, seat_label, seats_of
from .evidence import Upload, attach_evidence


def _office(project: str, by: str) -> Holding:
    held = hold(project, by)
    if "office" not in held.roles:
        raise NotAllowed(_("评审由专班办公室组织。"))
    return held


def open_review(*, project: str, held_on: date, by: str, at: datetime) -> Review:
    """Open a round of review before the contract, with the seats the city's pack asks for.

    What an earlier round decided no longer stands.
    """
    held = _office(project, by)
    if held.state.signing == Signing.CONTRACT:
        raise Incomplete(_("已经签订正式合同，不再办签约前评审。"))
    rule = panel_in(held.rules(Moment(at)), Moment(at).today)
    if rule is None:
        raise NotFound(_("本市的规则包没有评审规则，请先更新规则包。"))
    if ReviewState.objects.open().filter(running=project).exists():
        raise Conflict(_("这个项目已有一次评审在进行，先作出结论再办下一次。"))
    review = Review(key=new_key(), project_id=project, **held.scope)
    with perform(
        "open_review",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"held_on": held_on.isoformat()},
    ) as deed:
        deed.write(review)
        deed.write(ReviewState(review_id=review.key, running_id=project, held_on=held_on))
        for seat in seats_of(rule):
            deed.write(ReviewSeat(review_id=review.key, seat=seat))
        if held.state.reviewed:
            deed.replace(held.state, reviewed=False)
    return review


def _running(project: str) -> ReviewState:
    state = ReviewState.objects.open().filter(running=project).first()
    if state is None:
        raise Closed(_("没有正在进行的评审；已有结论的评审不能再改。"))
    return state


def _seat(state: ReviewState, seat: str) -> ReviewSeat:
    found = ReviewSeat.objects.open().filter(review=state.review_id, seat=seat).first()
    if found is None:
        raise NotFound(_("评审组没有这个席位，请从列表里选择。"))
    return found


def fill_seat(
    *,
    project: str,
    seat: str,
    by: str,
    at: datetime,
    person: str = "",
    says: str = "",
    why: str = "",
) -> None:
    """Say who sits in a seat: somebody with an account, or an institution or role in words.

    Whoever replaces somebody begins anew: declaration, scores and opinion. That needs a reason.
    """
    held = _office(project, by)
    there = _seat(_running(project), seat)
    if bool(person) == bool(says.strip()):
        raise Incomplete(_("有账号的选人员，没有账号的只写单位或专业；两项填一项。"))
    if person and person not in people_at(held.project.city):
        raise NotFound(_("没有这个人员，请从列表里选择。"))
    if (there.person, there.says) == (person, says.strip()):
        raise Incomplete(_("没有改动任何内容。"))
    if there.conflict != Interest.UNDECLARED and not why.strip():
        raise Incomplete(_("这个席位已有声明或意见，换人请写明原因。"))
    fresh = ReviewSeat(review_id=there.review_id, seat=seat, person=person, says=says.strip())
    with perform(
        "fill_seat",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"seat": seat},
        why=why.strip(),
    ) as deed:
        deed.close(there)
        deed.write(fresh)
    if person:
        tell(
            people=[person],
            kind="review",
            sentence=lambda: (
                _("请为“%(name)s”的评审声明利益关系并提出意见（%(seat)s）。")
                % {"name": held.state.name[:60], "seat": seat_label(seat)}
            ),
            subject=held.subject,
            address=f"/projects/{project}/review/",
            by=by,
            at=at,
        )


def give_opinion(
    *,
    project: str,
    seat: str,
    conflict: str,
    by: str,
    at: datetime,
    conflict_words: str = "",
    verdict: str = "",
    scores: Mapping[str, int | None] | None = None,
    opinion: str = "",
    evidence: Sequence[Upload] = (),
) -> None:
    """Declare a conflict of interest or that there is none, with opinion and scores.

    By whoever sits in the seat, or by the office, which records what was given on paper.
    """
    held = hold(project, by)
    there = _seat(_running(project), seat)
    if "office" not in held.roles and by != there.person:
        raise NotAllowed(_("意见由席位上的本人填写，或由专班办公室代录。"))
    if not there.person and not there.says:
        raise Incomplete(_("请先确定这个席位是谁。"))
    if conflict == Interest.FREE and there.person and works_in(there.person, held.state.lead):
        raise Incomplete(_("这位评审人员任职于项目牵头单位，不能声明无利益关系。"))
    criteria = criteria_in(held.rules(Moment(at)), Moment(at).today)
    kept = check_opinion(criteria, conflict, conflict_words, verdict, scores or {}, opinion)
    with perform(
        "give_opinion",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"seat": seat, "conflict": conflict, "verdict": verdict},
    ) as deed:
        deed.replace(
            there,
            conflict=conflict,
            conflict_words=conflict_words.strip(),
            verdict=verdict,
            scores=kept,
            opinion=opinion.strip(),
        )
        deed.payload["files"] = attach_evidence(deed=deed, held=held, evidence=evidence)


def decide_review(
    *, project: str, decision: str, why: str, decided_on: date, by: str, at: datetime
) -> None:
    """Decide a review once every seat has given an opinion; from then on nothing of it changes."""
    held = _office(project, by)
    state = _running(project)
    if decision not in Decision.values:
        raise Incomplete(_("请选择结论。"))
    if not why.strip():
        raise Incomplete(_("作出结论，请写明理由。"))
    if decided_on > Moment(at).today or decided_on < state.held_on:
        raise Incomplete(_("结论日期应在评审当天或以后，不晚于今天。"))
    seats = list(ReviewSeat.objects.open().filter(review=state.review_id))
    if any(seat.conflict == Interest.CONFLICTED for seat in seats):
        raise Incomplete(_("有评审人员声明了利益关系，请换人后再作结论。"))
    if any(not seat.verdict for seat in seats):
        raise Incomplete(_("还有席位没有提出意见，不能作结论。"))
    with perform(
        "decide_review",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"decision": decision, "happened_on": decided_on.isoformat()},
        why=why.strip(),
    ) as deed:
        told = {"decision": decision, "decided_on": decided_on, "why": why.strip()}
        deed.replace(state, running_id=None, **told)
        for seat in seats:
            deed.replace(seat)
        if held.state.reviewed != (decision != Decision.REFUSED):
            deed.replace(held.state, reviewed=decision != Decision.REFUSED)
