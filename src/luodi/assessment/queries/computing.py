"""An appraisal computed, or a run computed again; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luodi.common.moments import Moment
from luodi.kit.scoring.schemes import ENGINE, Result, Scheme, score

from ..models import AppraisalRun, AppraisalState
from ..rules import result_digest, scheme_of, working_of
from .appraisals import AppraisalHeld, held_of
from .inputs import Inputs, inputs_at


@dataclass(frozen=True)
class Computed:
    """A result with what it came from, each unit's working as plain data, and its digest."""

    result: Result
    inputs: Inputs
    workings: Mapping[str, list[dict[str, Any]]]
    digest: str
    engine: str = ENGINE


def computed(
    held: AppraisalHeld, moment: Moment, weights: Mapping[str, Fraction] | None = None
) -> Computed:
    """The result of an appraisal from what is known at a moment, by its scheme."""
    scheme = scheme_of(held.rule, weights) if held.rule is not None else Scheme(())
    return worked(scheme, inputs_at(held, moment))


def worked(scheme: Scheme, inputs: Inputs) -> Computed:
    """The same from inputs at hand."""
    result = score(scheme, inputs.entrants)
    workings = {
        one.unit: working_of(one, inputs.told(one.unit), scheme.places) for one in result.outcomes
    }
    for (unit, key), said in inputs.exempt.items():
        for line in workings[unit]:
            if line["key"] == key:
                line["exempt"] = said
    return Computed(result, inputs, workings, result_digest(result, workings))


def replayed(run: AppraisalRun) -> Computed:
    """A run computed again from what was known at its position, by the scheme it was frozen to.

    Its digest equals the run's own, unless the engine's version is another one.
    """
    then = Moment(run.act.at, run.known)
    state = AppraisalState.objects.at(then).select_related("appraisal").get(appraisal=run.appraisal)
    return computed(held_of(state, then), then)
