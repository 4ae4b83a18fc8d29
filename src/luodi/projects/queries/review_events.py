"""What happened in a project's reviews, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import headed

from ..choices import Conflict, Decision, Verdict
from ..rules.reviews import seat_label


def _opened(payload: Mapping[str, Any]) -> str:
    return _("组织专家评审，定于 %(day)s。") % {"day": payload["held_on"]}


def _filled(payload: Mapping[str, Any]) -> str:
    return _("确定评审席位：%(seat)s。") % {"seat": seat_label(payload["seat"])}


def _given(payload: Mapping[str, Any]) -> str:
    said = payload["verdict"]
    label = Verdict(said).label if said else Conflict(payload["conflict"]).label
    return headed(seat_label(payload["seat"]), str(label))


def _decided(payload: Mapping[str, Any]) -> str:
    return _("评审结论：%(said)s。") % {"said": Decision(payload["decision"]).label}


REVIEWS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "open_review": _opened,
    "fill_seat": _filled,
    "give_opinion": _given,
    "decide_review": _decided,
}
"""From a verb to its sentence."""
