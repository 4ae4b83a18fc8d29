"""Which figures came with a filing that its reviewer has accepted."""

from __future__ import annotations

from collections.abc import Iterable

from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment

from ..choices import Stage
from ..models import FilingState

STANDING = frozenset({Stage.ACCEPTED, Stage.CORRECTING})
"""Stages in which the figures known are accepted ones; a correction counts once it is handed in."""


def accepted(subjects: Iterable[str], moment: Moment) -> dict[str, bool]:
    """The fact `accepted`: for each subject that is a filing, whether what it brought is accepted.

    What didn't come with a filing has no such fact.
    """
    kinds = (split_subject(subject) for subject in subjects)
    keys = {key for kind, key in kinds if kind == "filing"}
    states = FilingState.objects.at(moment).filter(filing__in=keys)
    return {
        subject_key("filing", key): stage in STANDING
        for key, stage in states.values_list("filing", "stage")
    }
