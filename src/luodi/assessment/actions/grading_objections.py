"""Objections to a grade: raised by the firm or for it within the window, answered by the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import attach, write_file
from luodi.indicators.actions import Cell, write_figures
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer, keeps_enterprises
from luodi.packs.schemas import GradingRule

from ..flows import GRADING_OBJECTION
from ..models import (
    Grade,
    GradingObjection,
    GradingObjectionState,
    GradingRun,
    GradingState,
)
from ..queries.grading_figures import sources_of
from ..queries.gradings import held_state, rule_of_run
from ..rules.grading_files import read_input
from ..rules.gradings import input_titles, parts_of, plain_digits
from .gradings import run_grading

Upload = tuple[str, bytes]


def object_to_grade(
    *,
    grading: str,
    enterprise: str,
    words: str,
    by: str,
    at: datetime,
    about: str = "",
    claimed: str = "",
    evidence: Sequence[Upload] = (),
) -> GradingObjection:
    """Object to what a grading made of a firm, while it is on notice.

    By somebody who speaks for the firm, or for it by its zone or county or the office. `about` is
    the input contested, `claimed` what it should be. After the window: `Closed`.
    """
    state = held_state(grading)
    viewer = viewer_of_person(by)
    grade = _grade_of(state, enterprise, viewer)
    _check_window(state, at)
    _check_words(rule_of_run(state.run), words, about, claimed.strip())
    waiting = GradingObjectionState.objects.open().filter(
        objection__grading=grading, objection__enterprise=enterprise, stage="raised"
    )
    if waiting.exists():
        raise Conflict(_("这家企业已有一份异议在等答复，答复后可以再提。"))
    scope = {"city": grade.city, "zone": grade.zone, "unit": grade.unit, "enterprise": enterprise}
    objection = GradingObjection(
        key=new_key(),
        grading_id=grading,
        run_id=state.run_id,
        by_firm=viewer.enterprise == enterprise,
        about=about,
        claimed=claimed.strip(),
        words=words.strip(),
        **scope,
    )
    with perform(
        "object_to_grade",
        by=by,
        at=at,
        subjects=[
            subject_key("grading_objection", objection.key),
            subject_key("grading", grading),
            subject_key("enterprise", enterprise),
        ],
        scope=scope,
        payload={"about": about, "by_firm": objection.by_firm},
    ) as deed:
        deed.write(objection)
        deed.write(GradingObjectionState(objection_id=objection.key, stage="raised"))
        _attach(deed, objection, scope, evidence)
    return objection


def _check_words(rule: GradingRule, words: str, about: str, claimed: str) -> None:
    """Refuse an objection without grounds, and a figure that can't be read."""
    if not words.strip():
        raise Incomplete(_("请写明异议理由。"))
    if about and about not in {one.key for one in rule.inputs}:
        raise Incomplete(_("请从列表里选择有异议的数。"))
    if claimed and not about:
        raise Incomplete(_("写了应是多少，请选择是哪个数。"))
    if claimed:
        _read(rule, about, claimed)


def _grade_of(state: GradingState, enterprise: str, viewer: Viewer) -> Grade:
    """What the run that counts made of a firm the viewer may speak for."""
    grade = Grade.objects.filter(run=state.run_id, enterprise=enterprise).first()
    if grade is None or state.grading.city not in viewer.cities:
        raise NotFound(_("这次评价里没有这家企业，或者不归您管。"))
    if viewer.enterprise:
        if viewer.enterprise != enterprise:
            raise NotFound(_("这次评价里没有这家企业，或者不归您管。"))
        return grade
    if not keeps_enterprises(viewer, grade.unit):
        raise NotAllowed(_("异议由企业自己提出，或由专班办公室、企业所在区域的经办人代为提出。"))
    return grade


def _check_window(state: GradingState, at: datetime) -> None:
    """Refuse before the notice and after it."""
    if state.stage == "gathering" or state.due_at is None:
        raise Closed(_("结果还没有公示，公示期间才能提出异议。"))
    if state.stage != "noticed" or at > state.due_at:
        day = Moment(state.due_at).today.isoformat()
        raise Closed(_("公示期已于 %s 届满，不再受理异议；您填的内容没有写入。") % day)


def _read(rule: GradingRule, about: str, written: str) -> int:
    one = next(one for one in rule.inputs if one.key == about)
    read = read_input(one, written)
    if isinstance(read, str):
        raise Incomplete(read)
    return read


def _attach(
    deed: Deed, objection: GradingObjection, scope: Mapping[str, str], evidence: Sequence[Upload]
) -> None:
    files = []
    for name, data in evidence:
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        attach(deed=deed, file=file, subject=subject_key("grading_objection", objection.key))
        deed.touch(subject_key("file", file.key))
        files.append([file.key, file.name])
    deed.payload["files"] = files


def answer_grading_objection(
    *,
    objection: str,
    move: str,
    reply: str,
    by: str,
    at: datetime,
    corrected: str = "",
    seen: int | None = None,
) -> GradingRun | None:
    """Uphold an objection, or reject it, with the reasons.

    Upheld with a corrected figure the grading is computed again at once; the run is returned, and
    stands beside the one that was contested.
    """
    now = _open_objection(objection, seen)
    one = now.objection
    state = held_state(one.grading_id)
    parts = parts_of(viewer_of_person(by), one.city)
    target = moved(GRADING_OBJECTION, move, now.stage, parts, {"reason": reply.strip()})
    if state.stage != "noticed":
        raise Closed(_("这次评价不在公示，异议不能再办。"))
    rule = rule_of_run(state.run)
    amount = None
    if target == "upheld" and one.about:
        if not corrected.strip():
            raise Incomplete(_("异议成立且针对某个数的，请填更正后的数。"))
        amount = _read(rule, one.about, corrected)
    elif corrected.strip():
        raise Incomplete(_("异议不成立，或者不针对某个数的，不用填更正后的数。"))
    with transaction.atomic():
        with perform(
            "answer_grading_objection",
            by=by,
            at=at,
            subjects=[
                subject_key("grading_objection", objection),
                subject_key("grading", one.grading_id),
                subject_key("enterprise", one.enterprise),
            ],
            scope={n: getattr(one, n) for n in ("city", "zone", "unit", "enterprise")},
            payload={"move": move, "corrected": corrected.strip()},
            why=reply.strip(),
        ) as deed:
            deed.replace(
                now,
                stage=target,
                reply=reply.strip(),
                corrected=corrected.strip(),
                answered_on=Moment(at).today,
            )
            if amount is not None:
                _correct(deed, one, state, rule, amount)
        if target != "upheld":
            return None
        return run_grading(grading=one.grading_id, by=by, at=at, why=_why(one, rule, amount))


def _open_objection(objection: str, seen: int | None) -> GradingObjectionState:
    rows = GradingObjectionState.objects.open().select_related("objection")
    now = rows.filter(objection=objection).first()
    if now is None:
        raise NotFound(_("没有这份异议，或者不归您管。"))
    if seen is not None and now.since_id != seen:
        raise Conflict(_("这份异议刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return now


def _correct(
    deed: Deed, one: GradingObjection, state: GradingState, rule: GradingRule, amount: int
) -> None:
    """Put the figure right where it was read from, or in the grading's own indicator."""
    said = next(i for i in rule.inputs if i.key == one.about)
    year = state.grading.year
    source = sources_of(one.city, rule, year, Moment(deed.at)).own(one.about)
    if source is None:
        raise Incomplete(_("指标库里没有可以更正的指标，请先更新规则包。"))
    cell = Cell(source.indicator, one.unit, one.enterprise, str(year), amount, said.scale)
    origin = subject_key("grading_objection", one.key)
    write_figures(deed=deed, city=one.city, cells=[cell], origin=origin, purpose=source.purpose)


def _why(one: GradingObjection, rule: GradingRule, amount: int | None) -> str:
    title = input_titles(rule).get(one.about, "")
    if amount is None:
        return str(_("异议成立"))
    said = next(i for i in rule.inputs if i.key == one.about)
    return _("异议成立，%(title)s更正为 %(value)s") % {
        "title": title,
        "value": plain_digits(Fraction(amount, 10**said.scale)),
    }
