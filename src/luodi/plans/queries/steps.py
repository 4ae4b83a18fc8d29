"""The annual plan: steps under measures, and who may answer for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from luodi.common.moments import Moment
from luodi.kit.lights import Verdict
from luodi.orgs.models import Posting
from luodi.orgs.queries import names_of, rulebook, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs import light_rules

from ..models import Measure, Plan, Step, StepState
from ..rules.lights import facts_of, judge, said_in_words, shown_light


@dataclass(frozen=True)
class StepRow:
    """A line of the annual plan. `version` is the act its state is open since."""

    key: str
    measure: str
    measure_title: str
    unit: str
    unit_name: str
    year: int
    title: str
    person: str
    person_name: str
    due_on: date | None
    done_on: date | None
    stage: str
    order: int
    version: int
    verdict: Verdict

    @property
    def light(self) -> tuple[str, str]:
        """Light and reason in words."""
        return shown_light(self.verdict)

    @property
    def why(self) -> str:
        """The light's reason in one sentence, for a list."""
        return said_in_words(self.verdict)


def steps_of(
    plan: Plan,
    viewer: Viewer,
    moment: Moment,
    *,
    year: int | None = None,
    unit: str = "",
    measure: Measure | None = None,
) -> list[StepRow]:
    """The steps under a plan's measures that the viewer may see, withdrawn ones left out."""
    steps = Step.objects.filter(measure__plan=plan)
    steps = steps.filter(year=year) if year else steps
    steps = steps.filter(unit=unit) if unit else steps
    steps = steps.filter(measure=measure) if measure else steps
    return _rows(_states(steps, viewer, moment), plan.city, moment)


def steps_in(plans: Iterable[Plan], viewer: Viewer, moment: Moment) -> list[StepRow]:
    """The steps under several plans: as many queries as for one plan of each city."""
    cities: dict[str, list[str]] = {}
    for plan in plans:
        cities.setdefault(plan.city, []).append(plan.key)
    return [
        row
        for city, keys in cities.items()
        for row in _rows(
            _states(Step.objects.filter(measure__plan__in=keys), viewer, moment), city, moment
        )
    ]


def _states(steps: QuerySet[Step], viewer: Viewer, moment: Moment) -> list[StepState]:
    """States of the given steps that the viewer may see, in the order of the plan."""
    mine = visible(steps & Step.objects.at(moment), viewer)
    states = StepState.objects.at(moment).filter(step__in=mine.values("key"), withdrawn=False)
    return list(
        states.select_related("step__measure").order_by(
            "step__year", "step__measure__order", "step__unit", "order", "pk"
        )
    )


def _rows(states: list[StepState], city: str, moment: Moment) -> list[StepRow]:
    names = names_of(state.person for state in states if state.person)
    units = unit_names((state.step.unit for state in states), moment)
    rules = rulebook([city], moment).each(lambda s: light_rules(s, "step", moment.today))
    return [
        StepRow(
            key=state.step_id,
            measure=state.step.measure_id,
            measure_title=state.step.measure.title,
            unit=state.step.unit,
            unit_name=units.get(state.step.unit, ""),
            year=state.step.year,
            title=state.title,
            person=state.person,
            person_name=names.get(state.person, "") if state.person else "",
            due_on=state.due_on,
            done_on=state.done_on,
            stage=state.stage,
            order=state.order,
            version=state.since_id,
            verdict=judge(
                rules(city, state.step.zone, state.step.unit),
                facts_of(
                    stage=state.stage,
                    due=state.due_on,
                    done=state.done_on,
                    today=moment.today,
                ),
            ),
        )
        for state in states
    ]


def people_of(unit: str, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the people posted in a unit: who may answer for a step."""
    rows = Posting.objects.at(moment).filter(unit=unit).values_list("person", flat=True)
    return sorted(names_of(rows).items(), key=lambda pair: pair[1])
