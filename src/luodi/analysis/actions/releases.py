"""Releasing a vintage: an act that makes a position citable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.audit.queries import moment_at
from luodi.common.doors import facts
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed, NotFound
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Indicator
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer

from ..choices import Basis, ReleaseStage
from ..models import Release, ReleaseState
from ..queries.figures import figures
from ..queries.releases import last_position, wanted_of
from ..queries.scope import release_for, released_values
from ..rules.questions import read_period

ACCEPTED = "accepted"
"""The fact that says whether what a figure came with is accepted: origin -> True or False."""
MOST_CELLS = 20_000


def release_figures(
    *,
    city: str,
    label: str,
    purpose: str,
    basis: str,
    indicators: Sequence[str],
    units: Sequence[str],
    periods: Sequence[str],
    position: int,
    note: str = "",
    by: str,
    at: datetime,
) -> Release:
    """Release the figures of some indicators and periods as they stood at `position`.

    The position is the one the person had on the screen. Refuses an empty vintage, one of the
    future, figures not yet accepted by their reviewer, and official statistics released by
    somebody who isn't a statistician.
    """
    label = label.strip()
    _may_release(viewer_of_person(by), city, purpose)
    if not label:
        raise Incomplete(_("请写明这次发布的名称。"))
    _check(city, indicators, periods)
    scope = {"city": city}
    with perform(
        "release_figures", by=by, at=at, scope=scope, payload={"position": position}
    ) as deed:
        deed.lock()
        if not 0 < position <= last_position():
            raise NotFound(_("没有这个时点，请从透视页面重新发布。"))
        key = new_key()
        taken = Release.objects.filter(city=city).aggregate(last=Max("number"))["last"] or 0
        release = Release(
            key=key,
            city=city,
            number=taken + 1,
            label=label[:120],
            note=note.strip(),
            position=position,
            purpose=purpose,
            basis=basis if basis in Basis.values else Basis.UNITS,
            indicators=list(dict.fromkeys(indicators)),
            units=sorted(set(units)),
            periods=sorted(set(periods)),
        )
        _check_figures(release)
        deed.write(release)
        deed.write(ReleaseState(release_id=key, stage=ReleaseStage.RELEASED))
        deed.touch(subject_key("release", key))
        deed.touch(*(subject_key("indicator", one) for one in release.indicators))
    return release


def _may_release(viewer: Viewer, city: str, purpose: str) -> None:
    if city not in viewer.cities or not viewer.has(Role.OFFICE, Role.STATISTICIAN):
        raise NotAllowed(_("发布数据由统计人员或专班办公室办理。"))
    if purpose == Purpose.STATISTICS and not viewer.has(Role.STATISTICIAN):
        raise NotAllowed(_("统计数据由统计人员发布。"))
    if purpose not in Purpose.values:
        raise NotFound(_("没有这种用途的数据。"))


def _check(city: str, indicators: Sequence[str], periods: Sequence[str]) -> None:
    if not indicators or not periods:
        raise Incomplete(_("请先选定要发布的指标和时期。"))
    known = Indicator.objects.filter(city=city, key__in=set(indicators)).count()
    if known != len(set(indicators)):
        raise NotFound(_("有的指标不在本市。"))
    if not all(read_period(key) for key in periods):
        raise NotFound(_("没有这个时期。"))


def _check_figures(release: Release) -> None:
    """Refuse a vintage without figures, and one with figures that wait for their review."""
    moment = moment_at(release.position)
    rows = released_values(release, moment)
    found = figures(rows, wanted_of(release))
    if not found:
        raise Incomplete(_("所选的指标和时期里还没有数，没有可发布的。"), "release.empty")
    if len(found) > MOST_CELLS:
        raise Incomplete(_("一次最多发布 %d 个数，请分几次。") % MOST_CELLS)
    waiting = _waiting(release, moment)
    if waiting:
        raise Incomplete(
            _("有 %d 份报送还没有验收，验收后才能发布。") % waiting, "release.not_accepted"
        )


def _waiting(release: Release, moment: Moment) -> int:
    """How many of the reports and filings behind a vintage are not accepted."""
    accepted = facts.get(ACCEPTED)
    if accepted is None:
        return 0
    rows = released_values(release, moment).filter(
        indicator__in=release.indicators, period__in=release.periods, purpose=release.purpose
    )
    rows = (
        rows.filter(enterprise="") if release.basis == Basis.UNITS else rows.exclude(enterprise="")
    )
    if release.units:
        rows = rows.filter(unit__in=release.units)
    origins = rows.order_by().values_list("origin", flat=True).distinct()
    return sum(1 for said in accepted(origins, moment).values() if said is False)


def withdraw_release(*, release: str, why: str, by: str, at: datetime) -> None:
    """Take a release back: it leaves the open pages; those inside still read what it was."""
    if not why.strip():
        raise Incomplete(_("撤回发布要写明原因。"))
    state = _standing(release, by, at)
    with perform(
        "withdraw_release",
        by=by,
        at=at,
        subjects=[subject_key("release", release)],
        scope={"city": state.release.city},
        why=why.strip(),
    ) as deed:
        deed.replace(state, stage=ReleaseStage.WITHDRAWN, is_open=False)


def open_to_all(*, release: str, is_open: bool, by: str, at: datetime) -> None:
    """Open a release to everybody without signing in, or close it again."""
    state = _standing(release, by, at)
    if state.is_open == is_open:
        return
    verb = "open_release" if is_open else "close_release"
    subjects = [subject_key("release", release)]
    with perform(verb, by=by, at=at, subjects=subjects, scope={"city": state.release.city}) as deed:
        deed.replace(state, is_open=is_open)


def _standing(release: str, by: str, at: datetime) -> ReleaseState:
    viewer = viewer_of_person(by)
    state = release_for(viewer, release, Moment(at))
    _may_release(viewer, state.release.city, state.release.purpose)
    if state.stage != ReleaseStage.RELEASED:
        raise Closed(_("这次发布已经撤回。"))
    return state
