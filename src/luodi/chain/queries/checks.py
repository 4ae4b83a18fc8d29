"""What people wrote, checked: names, firms, supplies; and whether a page is stale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.refusals import Conflict, Incomplete

from ..rules import read_share, read_value, said_words
from .identity import checked_code

MOST_NAME = 60
MOST_TEXT = 120


def checked_name(name: str) -> str:
    """A name that is there and not too long."""
    named = name.strip()
    if not named:
        raise Incomplete(_("请填写名称。"))
    if len(named) > MOST_NAME:
        raise Incomplete(_("名称不能超过 60 字。"))
    return named


def check_seen(since: int, seen: int | None) -> None:
    """Refuse where somebody changed meanwhile what the page showed."""
    if seen is not None and seen != since:
        raise Conflict(_("别人刚刚改了这一条，请刷新后再改；您填的内容没有写入，还在页面上。"))


def checked_firm(details: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a firm from what was said of it."""
    name = str(details.get("name") or "").strip()
    if not name:
        raise Incomplete(_("请填写企业名称。"))
    if len(name) > MOST_TEXT:
        raise Incomplete(_("企业名称不能超过 120 字。"))
    return {
        "name": name,
        "credit_code": checked_code(str(details.get("credit_code") or "")),
        "place": str(details.get("place") or "").strip()[:60],
        "certificates": said_words(str(details.get("certificates") or "")),
        "source": str(details.get("source") or "").strip()[:200],
    }


def supply_columns(details: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a supply from what was said of it; raises `Incomplete`."""
    value, scale = read_value(str(details.get("value") or ""))
    since, until = details.get("since_on"), details.get("until_on")
    if since and until and until < since:
        raise Incomplete(_("供应的截止日期早于起始日期，请核对。"))
    source = str(details.get("source") or "").strip()
    if not source:
        raise Incomplete(_("请写明这条供应关系从哪里得来（走访、企业填报、文件……）。"))
    return {
        "share": read_share(str(details.get("share") or "")),
        "value": value,
        "value_scale": scale,
        "source": source[:200],
        "since_on": since or None,
        "until_on": until or None,
    }
