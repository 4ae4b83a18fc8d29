"""What the chains know of enterprises, as facts for other rules."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment

from ..choices import Honour
from ..models import ChainFirmState, ChainHonour

WORDS = {Honour.LEADER.value: "chain:leader", Honour.CORE.value: "chain:core"}


def honours_held(subjects: Iterable[str], moment: Moment) -> dict[str, frozenset[str]]:
    """Fact `enterprise.chain_honours`: "chain:leader", "chain:core", on whichever chain, this year.

    Every enterprise asked about is there; one on no list has none.
    """
    asked = {key for kind, key in map(split_subject, subjects) if kind == "enterprise"}
    firms = ChainFirmState.objects.at(moment).exclude(local="")
    local = {firm: key for firm, key in firms.values_list("firm", "local") if key in asked}
    year = moment.today.year
    rows = ChainHonour.objects.at(moment).filter(
        Q(to_year=None) | Q(to_year__gte=year), from_year__lte=year
    )
    found: dict[str, set[str]] = {key: set() for key in asked}
    for firm, honour in rows.values_list("firm", "honour"):
        if firm in local:
            found[local[firm]].add(WORDS[honour])
    return {subject_key("enterprise", key): frozenset(held) for key, held in found.items()}
