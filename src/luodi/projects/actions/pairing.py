"""Pairs of a batch that the office keeps together or apart, before it is matched with sites."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person, visible
from luodi.sites.models import Site

from ..choices import Pairing
from ..models import Batch, BatchEntry, SitePair


def pair_site(
    *, batch: str, project: str, site: str, pairing: str, by: str, at: datetime, why: str = ""
) -> None:
    """Fix a project of the batch to a site, or forbid the two; changing one's mind is another.

    A project is fixed to one site, and a site to one project.
    """
    scope = _scope(batch, by)
    viewer = viewer_of_person(by)
    if pairing not in Pairing.values:
        raise Incomplete(_("请选择指定还是禁止。"))
    entries = BatchEntry.objects.open().filter(batch=batch, project=project, excluded=False)
    if not entries.exists():
        raise NotFound(_("这个项目不在本批次的名单里，请重新选择。"))
    if not visible(Site.objects.filter(key=site), viewer).exists():
        raise NotFound(_("没有这个载体，或者它不在您的范围内。"))
    pairs = SitePair.objects.open().filter(batch=batch)
    before = pairs.filter(project=project, site=site).first()
    if before and (before.pairing, before.why) == (pairing, why.strip()):
        raise Incomplete(_("没有改动任何内容。"))
    fixed = pairs.filter(pairing=Pairing.FIXED)
    if pairing == Pairing.FIXED and fixed.filter(project=project).exclude(site=site).exists():
        raise Conflict(_("这个项目已经指定了另一处载体，请先取消原来的指定。"))
    if pairing == Pairing.FIXED and fixed.filter(site=site).exclude(project=project).exists():
        raise Conflict(_("这处载体已经指定给另一个项目，请先取消原来的指定。"))
    with perform(
        "pair_site",
        by=by,
        at=at,
        subjects=[subject_key("batch", batch)],
        scope=scope,
        payload={"project": project, "site": site, "pairing": pairing},
        why=why.strip(),
    ) as deed:
        if before:
            deed.replace(before, pairing=pairing, why=why.strip())
        else:
            columns: dict[str, Any] = {"pairing": pairing, "why": why.strip()}
            deed.write(SitePair(batch_id=batch, project_id=project, site_id=site, **columns))


def unpair_site(*, batch: str, project: str, site: str, by: str, at: datetime) -> None:
    """Take a decision about a pair back."""
    scope = _scope(batch, by)
    before = SitePair.objects.open().filter(batch=batch, project=project, site=site).first()
    if before is None:
        raise Conflict(_("这一对没有指定或禁止，请刷新后再看。"))
    with perform(
        "unpair_site",
        by=by,
        at=at,
        subjects=[subject_key("batch", batch)],
        scope=scope,
        payload={"project": project, "site": site},
    ) as deed:
        deed.close(before)


def _scope(batch: str, by: str) -> dict[str, str]:
    viewer = viewer_of_person(by)
    found = visible(Batch.objects.filter(key=batch), viewer).first()
    if found is None:
        raise NotFound(_("没有这个批次，或者它不在您的范围内。"))
    if not viewer.has(Role.OFFICE):
        raise NotAllowed(_("指定和禁止由专班办公室决定。"))
    return {"city": found.city}
