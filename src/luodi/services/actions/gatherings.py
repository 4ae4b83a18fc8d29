"""Breakfasts, salons and consultations with firms: held, attended, each ask one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed
from luodi.orgs.choices import Role
from luodi.orgs.queries import enterprises_of, viewer_of_person
from luodi.orgs.rules import UNIT_ROLES

from ..models import Attendee, Gathering, Request
from ..queries import gathering_for, gathering_kinds_for
from .asking import ask


def hold_gathering(
    *,
    kind: str,
    title: str,
    held_on: date | None,
    firms: Sequence[str],
    by: str,
    at: datetime,
    place: str = "",
) -> Gathering:
    """Enter a meeting between government and firms with those who came (政企对接活动)."""
    viewer, moment = viewer_of_person(by), Moment(at)
    if not viewer.has(Role.OFFICE, *UNIT_ROLES):
        raise NotAllowed(_("政企对接活动由开发区、县区和专班办公室登记。"))
    if kind not in dict(gathering_kinds_for(viewer, moment)):
        raise Incomplete(_("请选择活动种类。"))
    if not title.strip():
        raise Incomplete(_("请填写活动名称。"))
    if held_on is None:
        raise Incomplete(_("请填写日期。"))
    scope = {"city": viewer.city, "unit": viewer.unit}
    row = Gathering(
        key=new_key(), kind=kind, title=title.strip(), held_on=held_on, place=place.strip(), **scope
    )
    homes = _homes(firms, by, moment)
    with perform(
        "hold_gathering", by=by, at=at, subjects=[subject_key("gathering", row.key)], scope=scope,
        payload={"title": row.title, "on": held_on.isoformat(), "firms": sorted(homes)},
    ) as deed:  # fmt: skip
        deed.lock()
        same = Gathering.objects.filter(kind=kind, title=row.title, held_on=held_on, **scope)
        if same.exists():
            raise Conflict(_("这次活动已经登记过了；漏登的企业请在活动页补登。"))
        deed.write(row)
        for home in homes.values():
            deed.write(Attendee(gathering_id=row.key, **home))
    return row


def add_attendees(*, gathering: str, firms: Sequence[str], by: str, at: datetime) -> int:
    """Add firms that came too; how many were not there before."""
    viewer, moment = viewer_of_person(by), Moment(at)
    row = gathering_for(viewer, gathering, moment)
    there = set(row.attendees.values_list("enterprise", flat=True))
    homes = {k: v for k, v in _homes(firms, by, moment).items() if k not in there}
    if not homes:
        raise Incomplete(_("请选择还没有登记的企业。"))
    with perform(
        "add_attendees", by=by, at=at, subjects=[subject_key("gathering", row.key)],
        scope={"city": row.city, "unit": row.unit}, payload={"firms": sorted(homes)},
    ) as deed:  # fmt: skip
        for home in homes.values():
            deed.write(Attendee(gathering_id=row.key, **home))
    return len(homes)


def _homes(firms: Sequence[str], by: str, moment: Moment) -> dict[str, dict[str, str]]:
    """The scope of each firm, within the person's own; a foreign one is refused."""
    rows = enterprises_of(viewer_of_person(by), moment).filter(of__in=set(firms))
    found = {
        row.of_id: {"city": row.city, "zone": row.zone, "unit": row.unit, "enterprise": row.of_id}
        for row in rows
    }
    if set(firms) - set(found):
        raise Incomplete(_("请从列表里选择企业。"))
    return found


def note_ask(
    *,
    gathering: str,
    firm: str,
    category: str,
    line: str,
    by: str,
    at: datetime,
    anyway: bool = False,
) -> Request:
    """Take down what a firm asks at a meeting, in one line: a request like any other."""
    viewer, moment = viewer_of_person(by), Moment(at)
    row = gathering_for(viewer, gathering, moment)
    if not row.attendees.filter(enterprise=firm).exists():
        raise Incomplete(_("请选择到场的企业。"))
    said = line.strip()
    return ask(
        firm=firm, category=category, title=said[:120], text=said, channel="gathering",
        source=subject_key("gathering", gathering), by=by, at=at, anyway=anyway,
    )  # fmt: skip
