"""Whom to tell, and the sentences they are told."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from luodi.orgs.choices import Role
from luodi.orgs.models import Posting
from luodi.orgs.queries import people_with
from luodi.orgs.rules import REPORTERS

from ..choices import ReportStage
from .flow import Standing, lead_unit_of


def reporters_of(unit: str) -> list[str]:
    """The clerks of a unit, stand-ins in the place of those away."""
    return people_with(unit, REPORTERS)


def contacts_of(units: Iterable[str]) -> dict[str, list[str]]:
    """Whom to remind in each unit: its contact persons, else its clerks."""
    found: dict[str, dict[bool, list[str]]] = {}
    for row in Posting.objects.open().filter(unit__in=set(units)):
        if not (row.contact or row.role in REPORTERS):
            continue
        person = row.stand_in_id if row.away and row.stand_in_id else row.person_id
        found.setdefault(row.unit_id, {}).setdefault(row.contact, []).append(person)
    return {unit: kinds.get(True) or kinds.get(False, []) for unit, kinds in found.items()}


def waiting_people(one: Standing, stage: str) -> list[str]:
    """Who has to look at a report that arrives at a stage."""
    match stage:
        case ReportStage.AT_SECTION_HEAD:
            return people_with(one.report.unit, [Role.SECTION_HEAD])
        case ReportStage.AT_LEADER:
            return people_with(one.report.unit, [Role.LEADER_IN_CHARGE])
        case ReportStage.AT_LEAD_UNIT:
            return reporters_of(lead_unit_of(one))
        case _:
            return []


def fault_sentence(fault: str, title: str) -> str:
    """The sentence for a fault of `rules.reporting.fault_of`."""
    sentence = {
        "empty": _("“%(title)s”还没有写进展；确无新进展的，请写一句理由。"),
        "unchanged": _("“%(title)s”与上月一字未改；确无新进展的，请写一句理由。"),
        "claimed": _("“%(title)s”的自报进度应在 0 到 100 之间。"),
    }[fault]
    return sentence % {"title": title}


def returned_sentence(title: str, why: str) -> str:
    """What a clerk is told when a report comes back."""
    words = {"title": title[:60], "why": why[:200]}
    return _("《%(title)s》的月报被退回：%(why)s") % words
