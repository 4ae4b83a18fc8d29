"""Leaders travel to bring investment in."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import units_of, viewer_of_person

from ..models import Trip, TripState
from ..queries import may_travel, modes_of
from ..queries.checks import check_seen

LONGEST = 60


def record_trip(
    *,
    city: str,
    unit: str,
    leader: str,
    from_on: date,
    to_on: date,
    destination: str,
    mode: str,
    outcome: str,
    by: str,
    at: datetime,
) -> Trip:
    """Put down a trip of a zone's or county's leader; `leader` is the post, never a name."""
    if not may_travel(viewer_of_person(by), city, unit):
        raise NotAllowed(_("只能登记本单位主官的外出招商；其他的请专班办公室登记。"))
    places = units_of(city, Moment(at)).filter(kind__in=(UnitKind.ZONE, UnitKind.COUNTY))
    if not places.filter(of=unit).exists():
        raise NotFound(_("没有这个开发区或县区，请从列表里选择。"))
    if not leader.strip() or not destination.strip():
        raise Incomplete(_("请填写带队职务和去处。"))
    if to_on < from_on or (to_on - from_on).days > LONGEST:
        raise Incomplete(_("返回日期应在出发之后 60 天以内，请核对。"))
    if from_on > Moment(at).today:
        raise Incomplete(_("外出日期不能晚于今天；成行之后再登记。"))
    if mode and mode not in dict(modes_of(city, Moment(at))):
        raise Incomplete(_("没有这种招商模式，请从列表里选择。"))
    trip = Trip(key=new_key(), city=city, unit=unit)
    scope = {"city": city, "unit": unit}
    subjects = [subject_key("trip", trip.key)]
    with perform("record_trip", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.write(trip)
        deed.write(
            TripState(
                trip_id=trip.key,
                leader=leader.strip()[:60],
                from_on=from_on,
                to_on=to_on,
                destination=destination.strip()[:120],
                mode=mode,
                outcome=outcome.strip(),
            )
        )
    return trip


def take_back_trip(*, trip: str, seen: int | None, why: str, by: str, at: datetime) -> None:
    """Take a trip back that was put down by mistake; it stays on record."""
    state = TripState.objects.open().filter(trip=trip).select_related("trip").first()
    viewer = viewer_of_person(by)
    if state is None or state.trip.city not in viewer.cities:
        raise NotFound(_("没有这次外出，或者它不在您的范围内。"))
    if not may_travel(viewer, state.trip.city, state.trip.unit):
        raise NotAllowed(_("只能撤回本单位登记的外出招商。"))
    check_seen(state.since_id, seen)
    if state.taken_back:
        raise Closed(_("这次外出已经撤回。"))
    if not why.strip():
        raise Incomplete(_("请写明撤回原因。"))
    scope = {"city": state.trip.city, "unit": state.trip.unit}
    with perform(
        "take_back_trip", by=by, at=at, subjects=[subject_key("trip", trip)], scope=scope, why=why
    ) as deed:
        deed.replace(state, taken_back=True)
