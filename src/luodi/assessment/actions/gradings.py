"""A grading: opened for a year, what is known of firms noted, run as often as it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.audit.models import Act
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.indicators.actions import define_indicator
from luodi.indicators.choices import Counts, Purpose
from luodi.indicators.models import Definition
from luodi.kit.scoring import Result, grade
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.packs.schemas import GradingRule

from ..flows.gradings import OFFICE
from ..models import Grade, Grading, GradingFirm, GradingRun, GradingState
from ..queries.grading_figures import Gathered, gather, own_code, sources_of
from ..queries.gradings import held_state, rule_in
from ..rules.gradings import ENGINE, YEARS, counts_of, parts_of, standing_of

FIRST_YEAR = 1900
"""No firm graded here began to produce before."""

GRADE_COLUMNS = (
    "run_id", "city", "zone", "unit", "enterprise", "name", "credit_code", "group", "standing",
    "score", "rank", "of", "grade", "before", "protected", "exempt", "faults", "figures",
)  # fmt: skip


def open_grading(*, city: str, year: int, rule: str, by: str, at: datetime) -> Grading:
    """Open the grading of a city's enterprises for a year by a rule of its packs.

    Inputs that the dictionary has no indicator of the grading's own for get one.
    """
    _check_office(city, by)
    moment = Moment(at)
    if year not in YEARS or year > moment.today.year:
        raise Incomplete(_("年份写得不对，例如 2025；不能评价还没有到的年份。"))
    found = rule_in(city, rule, moment)
    if found is None:
        raise Incomplete(_("本市的规则包里没有这项评价规则，请从列表里选择。"))
    if Grading.objects.filter(city=city, year=year, rule=rule).exists():
        raise Conflict(_("这一年按这项规则的评价已经开始了，不用再开。"))
    key = new_key()
    scope = {"city": city}
    with perform(
        "open_grading",
        by=by,
        at=at,
        subjects=[subject_key("grading", key)],
        scope=scope,
        payload={"year": year, "rule": rule},
    ) as deed:
        deed.write(Grading(key=key, year=year, rule=rule, **scope))
        deed.write(GradingState(grading_id=key, stage="gathering"))
        _define_inputs(deed, city, found)
    return Grading.objects.get(key=key)


def _define_inputs(deed: Deed, city: str, rule: GradingRule) -> None:
    """An indicator of the grading's own for each input: what departments share for it."""
    codes = [own_code(one.key) for one in rule.inputs]
    rows = Definition.objects.open().filter(indicator__city=city, indicator__code__in=codes)
    known = set(rows.values_list("indicator__code", flat=True))
    for one in rule.inputs:
        if own_code(one.key) not in known:
            define_indicator(
                deed=deed,
                city=city,
                code=own_code(one.key),
                name=_("%s（亩均评价）") % one.title,
                name_en=f"{one.title_en} (grading)"[:120],
                measured_in=one.unit,
                scale=one.scale,
                period_kind="year",
                counts=Counts.IN_PERIOD,
                purpose=Purpose.SHARED,
                meaning=_("部门为亩均效益评价提供的全年数"),
                source=rule.source,
                confirmed=False,
            )


def _check_office(city: str, by: str) -> None:
    if OFFICE not in parts_of(viewer_of_person(by), city):
        raise NotAllowed(_("亩均评价由专班办公室办理。"))


def note_firm(
    *,
    grading: str,
    enterprise: str,
    exempt: str,
    started_on: date | None,
    why: str,
    by: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Say that a firm takes no part, as what kind, or since when it produces; with a reason.

    `seen` is the row looked at (0: none). It counts from the next run on.
    """
    state = held_state(grading)
    _check_office(state.grading.city, by)
    if state.stage not in ("gathering", "noticed"):
        raise Closed(_("评价已经审定，不能再改。"))
    rule = rule_in(state.grading.city, state.grading.rule, Moment(at))
    kinds = {one.key for one in rule.exemptions} if rule else set()
    if exempt and exempt not in kinds:
        raise Incomplete(_("请从列表里选择不参评的情形。"))
    if started_on and started_on.year < FIRST_YEAR:
        raise Incomplete(_("投产日期早于 %s 年，请核对年份。") % FIRST_YEAR)
    if started_on and started_on > Moment(at).today:
        raise Incomplete(_("投产日期不能晚于今天。"))
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    firm = EnterpriseState.objects.open().filter(of=enterprise, city=state.grading.city).first()
    if firm is None:
        raise NotFound(_("没有这家企业，或者不归您管。"))
    now = GradingFirm.objects.open().filter(grading=grading, enterprise=enterprise).first()
    if seen is not None and seen != (now.since_id if now else 0):
        raise Conflict(_("别人刚刚改了这一条，请刷新后再看；您填的内容没有写入。"))
    said = {"exempt": exempt, "started_on": started_on}
    if now and all(getattr(now, name) == value for name, value in said.items()):
        raise Incomplete(_("没有改动任何内容。"))
    scope = {"city": firm.city, "zone": firm.zone, "unit": firm.unit, "enterprise": enterprise}
    with perform(
        "note_grading_firm",
        by=by,
        at=at,
        subjects=[subject_key("grading", grading), subject_key("enterprise", enterprise)],
        scope=scope,
        payload={"exempt": exempt, "started_on": started_on.isoformat() if started_on else ""},
        why=why.strip(),
    ) as deed:
        if now:
            deed.replace(now, why=why.strip(), **said)
        else:
            deed.write(GradingFirm(grading_id=grading, why=why.strip(), **said, **scope))


def run_grading(
    *, grading: str, by: str, at: datetime, why: str = "", seen: int | None = None
) -> GradingRun:
    """Compute a grading from the figures known now; the run is kept beside those before it.

    Once on notice a run needs a reason (an objection upheld gives it).
    """
    state = held_state(grading, seen)
    one, moment = state.grading, Moment(at)
    _check_office(one.city, by)
    if state.stage not in ("gathering", "noticed"):
        raise Closed(_("评价已经审定，不能再计算；结果有误的，请按程序撤销后重办。"))
    if state.stage == "noticed" and not why.strip():
        raise Incomplete(_("公示期间重新计算，请写明原因。"))
    rule = rule_in(one.city, one.rule, moment)
    if rule is None:
        raise NotFound(_("本市的规则包里没有这项评价规则了，请先更新规则包。"))
    position = Act.objects.order_by("-position").values_list("position", flat=True).first() or 0
    gathered = gather(one, rule, moment)
    if not gathered.firms:
        raise Incomplete(_("名录里没有在营企业，没有可以评价的对象。"))
    result = grade(rule.scheme(), gathered.firms)
    scope = {"city": one.city}
    run = GradingRun(
        key=new_key(),
        grading_id=grading,
        number=GradingRun.objects.filter(grading=grading).count() + 1,
        engine=ENGINE,
        rule=rule.model_dump(mode="json"),
        indicators=_indicators(one, rule, gathered, moment),
        position=position,
        means=[[*place, number] for place, number in sorted(result.means.items())],
        counts=counts_of(result),
        why=why.strip(),
        **scope,
    )
    with perform(
        "run_grading",
        by=by,
        at=at,
        subjects=[subject_key("grading", grading)],
        scope=scope,
        payload={"run": run.key, "number": run.number, "position": position, **run.counts},
        why=why.strip(),
    ) as deed:
        deed.write(run)
        deed.write_many(Grade, GRADE_COLUMNS, list(_rows(run, one.city, gathered, result)))
        deed.replace(state, run_id=run.key)
    return run


def _indicators(
    grading: Grading, rule: GradingRule, gathered: Gathered, moment: Moment
) -> dict[str, Any]:
    """Which indicators the inputs were read from, and those that were refused."""
    sources = sources_of(grading.city, rule, grading.year, moment)
    return {"places": [list(place) for place in gathered.places], "refused": list(sources.refused)}


def _rows(
    run: GradingRun, city: str, gathered: Gathered, result: Result
) -> Iterator[tuple[Any, ...]]:
    firms = {firm.key: firm for firm in gathered.firms}
    for one in result.firms:
        name, code, _group, unit, zone = gathered.states[one.key]
        firm = firms[one.key]
        yield (
            run.key, city, zone, unit, one.key, name, code, one.group, standing_of(one).value,
            one.score, one.rank, one.of, one.grade, one.before, firm.protected, firm.exempt,
            _json([[fault.code, fault.about] for fault in one.faults]),
            _json(gathered.figures.get(one.key, {})),
        )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)
