"""Objections to a result: raised in time, upheld or rejected, corrected, linked to their effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import Spoken
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.documents.actions import attach, write_file
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import handlers_of, people_with
from luodi.orgs.rules import Viewer
from luodi.plans.rules.rights import roles_in

from ..choices import AppraisalStage, FigureOrigin, FigurePart, ObjectionStage, WindowStep
from ..flows import OBJECTION
from ..models import AppraisalFigure, AppraisalRun, Objection, ObjectionState
from ..queries.appraisals import AppraisalHeld, hold_appraisal
from ..queries.objections import ObjectionPage, objectable, objection_page
from ..queries.procedures import answering, last_run, window_at
from ..queries.verifying import verifies_for

MOST_WORDS = 5_000
MOST_FILES = 20
Upload = tuple[str, bytes]


def raise_objection(
    *,
    appraisal: str,
    unit: str,
    about: str,
    text: str,
    viewer: Viewer,
    by: str,
    at: datetime,
    wanted: str = "",
    evidence: Sequence[Upload] = (),
) -> Objection:
    """Object to an input (`about`: indicator:part) or to a rule (indicator: or '' for the whole).

    Taken while the result is shown and the time for it isn't over; one at a time to one thing.
    """
    held = hold_appraisal(appraisal, viewer, Moment(at))
    _check(held, unit, about, text, len(evidence), viewer, at)
    indicator, _colon, part = about.partition(":")
    run = last_run(appraisal, held.moment)
    if run is None:
        raise Closed(_("还没有可以提出异议的结果。"))
    running = f"{appraisal}/{unit}/{about}"
    if ObjectionState.objects.open().filter(running=running).exists():
        raise Conflict(_("对这一项已经提出过异议，正在复核；可以在那份异议里看进展。"))
    scope = {"city": held.appraisal.city, "zone": unit, "unit": unit}
    answers = answering(held).get(indicator, held.appraisal.unit) if part else ""
    place = {"indicator": indicator, "part": part, "answers": answers}
    one = Objection(key=new_key(), appraisal_id=appraisal, run_id=run.key, **place, **scope)
    said = {"running": running, "text": text.strip(), "wanted": wanted.strip()[:40]}
    with perform(
        "raise_objection",
        by=by,
        at=at,
        subjects=[subject_key("objection", one.key), held.subject],
        scope=scope,
        payload={"about": about, "run": run.number},
    ) as deed:
        deed.lock()
        numbers = Objection.objects.filter(appraisal=appraisal).aggregate(last=Max("number"))
        one.number = (numbers["last"] or 0) + 1
        deed.write(one)
        deed.write(ObjectionState(objection_id=one.key, **said))
        _keep(deed, one.key, evidence, scope, [held.appraisal.unit, answers])
    office = people_with(held.appraisal.unit, [Role.OFFICE])
    _tell(one.key, held, office, lambda: _("收到异议：%(title)s。"), by, at)
    return one


def _check(
    held: AppraisalHeld, unit: str, about: str, text: str, files: int, viewer: Viewer, at: datetime
) -> None:
    """Refuse what isn't the unit's own, isn't in time, isn't about the result, or says nothing."""
    if unit not in held.categories or not roles_in(viewer, unit):
        raise NotAllowed(_("异议由被考核单位自己提出。"))
    _check_window(held, at)
    if about not in {key for key, _label in objectable(held, unit)}:
        raise NotFound(_("结果里没有这一项，请从列表里选择。"))
    if not text.strip():
        raise Incomplete(_("请写明对什么有异议、理由是什么。"))
    if len(text) > MOST_WORDS or files > MOST_FILES:
        raise Incomplete(_("异议内容超过 5 千字，或材料超过 20 份，没有写入。"))


def _check_window(held: AppraisalHeld, at: datetime) -> None:
    if held.state.stage != AppraisalStage.SHOWN:
        raise Closed(_("现在不在提出异议的阶段，没有写入；您填的内容还在下面。"))
    window = window_at(held.key, WindowStep.OBJECTION)
    if window is not None and window.due_at is not None and at > window.due_at:
        until = window.due_at.astimezone(LOCAL)
        raise Closed(
            _("异议期已于 %(until)s 届满，不再受理；没有写入，您填的内容还在下面。")
            % {"until": f"{until:%Y-%m-%d %H:%M}"},
            "objection.late",
        )


def _keep(
    deed: Deed, key: str, files: Sequence[Upload], scope: dict[str, str], shared: Sequence[str]
) -> None:
    for name, data in files:
        file = write_file(deed=deed, name=name, data=data, scope=scope)
        attach(
            deed=deed, file=file, subject=subject_key("objection", key),
            shared_with=[unit for unit in shared if unit],
        )  # fmt: skip
        deed.touch(subject_key("file", file.key))


def withdraw_objection(*, objection: str, seen: int, viewer: Viewer, by: str, at: datetime) -> None:
    """The unit takes its objection back while nothing is decided about it."""
    page = _page(objection, seen, viewer, at)
    _move(page, "withdraw", roles_in(viewer, page.objection.unit), by, at)


def uphold_objection(
    *, objection: str, seen: int, why: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """The office finds for the unit: the office of the datum is asked for the right figure."""
    page = _office(objection, seen, viewer, at)
    _move(page, "uphold", viewer.roles, by, at, why)
    if page.objection.answers:
        _tell(
            objection, page.held, handlers_of(page.objection.answers),
            lambda: _("异议成立，请核定更正数：%(title)s。"), by, at,
        )  # fmt: skip


def reject_objection(
    *, objection: str, seen: int, why: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """The office finds against it, with a reason that the unit reads."""
    page = _office(objection, seen, viewer, at)
    _move(page, "reject", viewer.roles, by, at, why)


def _page(objection: str, seen: int, viewer: Viewer, at: datetime) -> ObjectionPage:
    page = objection_page(objection, viewer, Moment(at))
    if page.state.since_id != seen:
        raise Conflict(_("别人刚刚办理了这份异议，请刷新后再看；您这一步没有写入。"))
    return page


def _office(objection: str, seen: int, viewer: Viewer, at: datetime) -> ObjectionPage:
    page = _page(objection, seen, viewer, at)
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("异议由专班办公室复核。"))
    if page.held.state.stage not in (AppraisalStage.SHOWN, AppraisalStage.REVIEWING):
        raise Closed(_("考核已经审定，异议不能再办理。"))
    return page


VERBS = {
    "withdraw": "withdraw_objection",
    "uphold": "uphold_objection",
    "reject": "reject_objection",
}


def _move(
    page: ObjectionPage, name: str, roles: object, by: str, at: datetime, why: str = ""
) -> None:
    stage = moved(OBJECTION, name, page.state.stage, roles, {"reason": why})  # type: ignore[arg-type]
    over = stage != ObjectionStage.UPHELD
    with perform(
        VERBS[name],
        by=by,
        at=at,
        subjects=[subject_key("objection", page.objection.key), page.held.subject],
        scope=page.scope,
        why=why.strip(),
    ) as deed:
        said = {"stage": stage, "decision": why.strip()} | ({"running": ""} if over else {})
        deed.replace(page.state, **said)
    if name != "withdraw":
        _tell(
            page.objection.key, page.held, handlers_of(page.objection.unit),
            lambda: _("您的异议有了结论：%(title)s。"), by, at,
        )  # fmt: skip


def correct_figure(
    *, objection: str, seen: int, figure: str, why: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """The office of the datum gives the right figure of an upheld objection, with where it stands.

    The figures before stay beside it; the next run counts the corrected one.
    """
    page = _page(objection, seen, viewer, at)
    one = page.objection
    if not one.answers or not verifies_for(viewer, one.answers):
        raise NotAllowed(_("更正数由这个数据的主管单位核定。"))
    if page.state.stage != ObjectionStage.UPHELD:
        raise Closed(_("这份异议现在不用更正数据，请刷新后再看。"))
    if page.held.state.stage not in (AppraisalStage.SHOWN, AppraisalStage.REVIEWING):
        raise Closed(_("考核已经审定，数据不能再更正。"))
    if not why.strip():
        raise Incomplete(_("请写明更正的依据。"))
    fault = page.cell.fault_of(figure, "") if page.cell else _("没有这一项")
    read = page.cell.read(figure) if page.cell else None
    if read is None:
        raise Incomplete(fault or _("请填写更正后的数。"))
    place = {"unit": one.unit, "indicator": one.indicator, "part": one.part}
    before = AppraisalFigure.objects.open().filter(
        appraisal=page.held.key, origin=FigureOrigin.CORRECTED, **place
    )
    with perform(
        "correct_figure",
        by=by,
        at=at,
        subjects=[subject_key("objection", objection), page.held.subject],
        scope=page.scope,
        payload={**place, "figure": figure.strip()},
        why=why.strip(),
    ) as deed:
        deed.replace(page.state)
        for row in before:
            deed.close(row)
        deed.write(
            AppraisalFigure(
                appraisal_id=page.held.key,
                city=one.city,
                zone=one.zone,
                origin=FigureOrigin.CORRECTED,
                amount=read.amount,
                scale=read.scale,
                note=why.strip(),
                by_unit=one.answers,
                **place,
            )
        )
    _tell(
        objection, page.held, people_with(page.held.appraisal.unit, [Role.OFFICE]),
        lambda: _("更正数已核定，请重新计算：%(title)s。"), by, at,
    )  # fmt: skip


def settle_objections(*, appraisal: str, viewer: Viewer, by: str, at: datetime) -> int:
    """Link every upheld objection that was corrected to the run that shows its effect.

    For a figure, the newest run must come after its correction; for a rule, after it was upheld.
    Returns how many were settled.
    """
    held = hold_appraisal(appraisal, viewer, Moment(at))
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("异议由专班办公室复核。"))
    run = last_run(appraisal, held.moment)
    states = list(
        ObjectionState.objects.open()
        .filter(objection__appraisal=appraisal, stage=ObjectionStage.UPHELD)
        .select_related("objection")
    )
    ready = [state for state in states if _is_ready(state, run)]
    if not ready or run is None:
        raise Incomplete(_("没有可以了结的异议：先由数据单位核定更正数，再重新计算一次。"))
    with perform(
        "settle_objections",
        by=by,
        at=at,
        subjects=[held.subject, *(subject_key("objection", s.objection_id) for s in ready)],
        scope=held.scope,
        payload={"run": run.number, "objections": len(ready)},
    ) as deed:
        for state in ready:
            stage = moved(OBJECTION, "settle", state.stage, (), {"effect": True})
            deed.replace(state, stage=stage, effect_id=run.key, running="")
    for state in ready:
        _tell(
            state.objection_id, held, handlers_of(state.objection.unit),
            lambda: _("异议已更正，新的结果可以查看：%(title)s。"), by, at,
        )  # fmt: skip
    return len(ready)


def _is_ready(state: ObjectionState, run: AppraisalRun | None) -> bool:
    if run is None:
        return False
    one = state.objection
    if one.part not in FigurePart.values:
        return run.act_id > state.since_id
    fixed = AppraisalFigure.objects.open().filter(
        appraisal=one.appraisal_id, unit=one.unit, indicator=one.indicator, part=one.part,
        origin=FigureOrigin.CORRECTED, since__gt=one.act_id, since__lt=run.act_id,
    )  # fmt: skip
    return fixed.exists()


def _tell(
    objection: str,
    held: AppraisalHeld,
    people: Sequence[str],
    sentence: Spoken,
    by: str,
    at: datetime,
) -> None:
    tell(
        people=[one for one in people if one != by],
        kind="objection",
        sentence=lambda: sentence() % {"title": held.state.title[:60]},
        by=by,
        at=at,
        subject=subject_key("objection", objection),
        address=reverse("appraisal_objection", args=[objection]),
    )
