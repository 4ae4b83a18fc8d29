"""What a project needs of a site is put down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.changes import changed
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import units_of
from luodi.sites.actions import reserve_site
from luodi.sites.choices import CleanClass

from ..choices import Wanted
from ..models import SiteNeed
from ..queries import hold
from ..rules.siting import NEEDED, read_need


def say_site_need(
    *, project: str, need: Mapping[str, Any], by: str, at: datetime, seen: int | None = None
) -> None:
    """Put down what a project needs of a site, or change it; what was said before stays known.

    `seen` is the position of the need the form showed, None where there was none.
    """
    held = hold(project, by)
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以填写选址需求。"))
    checked = _checked(need)
    if checked["zone"]:
        known = units_of(held.project.city, Moment(at)).filter(of=checked["zone"])
        if not known.exists():
            raise NotFound(_("没有这个区域，请从列表里选择。"))
    before = SiteNeed.objects.open().filter(project=project).first()
    if seen != (before.since_id if before else None):
        raise Conflict(_("选址需求刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    if before and not changed(before, checked):
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "say_site_need",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"wanted": checked["wanted"]},
    ) as deed:
        if before:
            deed.replace(before, **checked)
        else:
            deed.write(SiteNeed(project_id=project, **checked))


def reserve_for_project(*, project: str, site: str, by: str, at: datetime) -> None:
    """Reserve a site for a project; `Conflict` tells who was first. One merged away has none."""
    held = hold(project, by)
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以为项目预留载体。"))
    reserve_site(site=site, holder=held.subject, by=by, at=at)


def _checked(need: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: str(need.get(name) or "").strip() for name in ("wanted", "zone", "clean_class")
    }
    if found["wanted"] not in Wanted.values:
        raise Incomplete(_("请选择要地块还是标准厂房。"))
    if found["clean_class"] and found["clean_class"] not in CleanClass.values:
        raise Incomplete(_("洁净等级不在列表里，请重新选择。"))
    for name in NEEDED:
        found[name], found[f"{name}_scale"] = read_need(name, str(need.get(name) or ""))
    if found["wanted"] != Wanted.PLANT and found["land"] is None:
        raise Incomplete(_("要地块的，请填写用地面积。"))
    if found["wanted"] != Wanted.PLOT and found["space"] is None:
        raise Incomplete(_("要标准厂房的，请填写厂房面积。"))
    return found
