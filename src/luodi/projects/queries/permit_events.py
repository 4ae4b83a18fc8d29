"""What happened to a project's permits, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import headed, language

from ..choices import PermitStep, Resuming


def _title(payload: Mapping[str, Any]) -> str:
    return str(payload["title_en" if language() == "en" else "title"])


def _recorded(payload: Mapping[str, Any]) -> str:
    return headed(_title(payload), str(PermitStep(payload["step"]).label))


def _withdrawn(payload: Mapping[str, Any]) -> str:
    return _("撤回“%(title)s”的登记。") % {"title": _title(payload)}


def _clocked(payload: Mapping[str, Any]) -> str:
    said = _("“%(title)s”恢复计时。") if payload["runs"] else _("“%(title)s”暂停计时。")
    return said % {"title": _title(payload)}


def _tracked(payload: Mapping[str, Any]) -> str:
    return _("确定项目类型和办理方式。")


def _resumed(payload: Mapping[str, Any]) -> str:
    return headed(str(Resuming(payload["how"]).label), payload["day"])


PERMITS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "record_permit": _recorded,
    "withdraw_permit": _withdrawn,
    "stop_or_start_clock": _clocked,
    "track_permits": _tracked,
    "record_resumption": _resumed,
}
"""From a verb to its sentence."""
