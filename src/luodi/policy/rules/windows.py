"""The light of a window in which claims are taken, and of a fact that counts until a day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

SOON = 10
"""Days before the end of a window from which on it is pressing."""


def window_light(
    first: date | None, last: date | None, today: date, asked: bool = True
) -> tuple[str, str]:
    """Light and reason: green while it is open, yellow near its end, none before and after: what
    is over isn't overdue.

    What is had without an application (not `asked` for) needs no window.
    """
    if first is None and last is None and not asked:
        return "none", _("不需要申报")
    if first is None and last is None:
        return "none", _("没有写明申报时间")
    if first is not None and today < first:
        return "none", _("%(day)s 开始申报") % {"day": first.isoformat()}
    if last is None:
        return "green", _("正在申报，没有写明截止日期")
    left = (last - today).days
    if left < 0:
        return "none", _("申报已于 %(day)s 截止") % {"day": last.isoformat()}
    if left <= SOON:
        return "yellow", _("%(day)s 截止，还有 %(n)d 天") % {"day": last.isoformat(), "n": left}
    return "green", _("%(day)s 截止") % {"day": last.isoformat()}


def lasting_light(last: date, warn_days: int, today: date) -> tuple[str, str]:
    """Light and reason of what counts through its last day: yellow near it, red after it."""
    left = (last - today).days
    if left < 0:
        return "red", _("已于 %(day)s 到期") % {"day": last.isoformat()}
    if left <= warn_days:
        return "yellow", _("%(day)s 到期，还有 %(n)d 天") % {"day": last.isoformat(), "n": left}
    return "green", _("%(day)s 到期") % {"day": last.isoformat()}
