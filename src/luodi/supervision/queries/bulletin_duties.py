"""What a viewer owes to bulletins: for desks and agendas."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty, pressing
from luodi.common.moments import Moment
from luodi.ledger.rules import end_of_day
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer

from .bulletins import BulletinRow, bulletins


def bulletin_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """What waits for a viewer: the office composes, answers and issues; a zone checks and signs."""
    rows = bulletins(viewer, moment)
    found = []
    for row in rows:
        found += _of_office(row, moment) if viewer.has(Role.OFFICE) else _of_zone(row, moment)
    return found


def _of_office(row: BulletinRow, moment: Moment) -> list[Duty]:
    if row.stage == "issued":
        return []
    due = end_of_day(row.due_on) if row.due_on else None
    if row.open_contests:
        said = _("有 %(n)s 条异议待答复") % {"n": row.open_contests}
        return [_duty(row, said, row.contest_until, pressing(row.contest_until, moment.at))]
    words = {
        "opened": _("待汇总并发各开发区核对"),
        "previewed": _("核对期过后定稿送审"),
        "frozen": _("文稿在审核签发"),
    }
    return [_duty(row, words[row.stage], due, row.light)]


def _of_zone(row: BulletinRow, moment: Moment) -> list[Duty]:
    if row.mine_to_sign:
        return [_duty(row, _("已印发，请签收"), None, "yellow")]
    window = row.contest_until
    if row.mine and row.stage == "previewed" and window and window >= moment.at:
        return [
            _duty(
                row, _("请核对本区数据，有异议的在期限内提出"), window, pressing(window, moment.at)
            )
        ]
    return []


def _duty(row: BulletinRow, why: str, due_at: datetime | None, light: str) -> Duty:
    return Duty(row.title, why, reverse("bulletin", args=[row.key]), due_at, light)
