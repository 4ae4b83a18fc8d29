"""Replay: what was lit at a hundred past instants is what is lit as of them."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import islice

import pytest

from factories import plans
from factories.ledger import walk
from factories.projects import details
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import Refusal
from luodi.plans.actions import finish_measure, save_steps
from luodi.plans.actions.steps import StepEntry
from luodi.plans.models import Measure, Report
from luodi.projects.actions import move_project, open_lead
from luodi.projects.models import Project
from luodi.supervision.queries import by_unit, lit

pytestmark = pytest.mark.django_db(databases="__all__")
TRIES = 330


def begin(city, at) -> None:
    """A plan, a year's steps under its first measure, and two leads that wait for an answer."""
    plan = plans.adopted_plan(city, at)
    zone = plans.viewer(city, "zone_staff")
    first = Measure.objects.filter(plan=plan).order_by("order")[0]
    entries = [
        StepEntry(
            measure=first.key,
            title=f"示例任务{n}",
            due_on=Moment(at).today + timedelta(days=15 * n),
            person="",
        )
        for n in range(1, 5)
    ]
    save_steps(
        plan=plan, unit=city.units["开发区管委会"], year=2026, entries=entries, viewer=zone,
        by=zone.person, at=at,
    )  # fmt: skip
    for name in ("示例项目一", "示例项目二"):
        open_lead(city=city.key, details=details(city, name=name), by=city.people["office"], at=at)


def beside_the_ledger(city, dice, at) -> None:
    """One thing that changes other lights than the ledger's; refusals belong to life."""
    office = plans.viewer(city, "office")
    doing = dice.choice(("open", "report", "accept", "finish", "move"))
    try:
        if doing == "open":
            plans.opened(at)
        elif doing == "finish":
            measure = dice.choice(list(Measure.objects.order_by("order")))
            finish_measure(
                measure=measure, done_on=Moment(at).today, why="生成", viewer=office,
                by=office.person, at=at,
            )  # fmt: skip
        elif doing == "move":
            project = dice.choice(list(Project.objects.order_by("key"))).key
            move_project(
                project=project, to="talks", happened_on=Moment(at).today,
                evidence=[("纪要.txt", b"jiyao")], by=office.person, at=at,
            )  # fmt: skip
        else:
            report = dice.choice(list(Report.objects.order_by("key")))
            if doing == "report":
                plans.submitted(city, "clerk", report, at=at)
            else:
                plans.accepted(city, report, at)
    except (Refusal, IndexError):
        return


def shown(viewer, moment):
    """Everything the page shows, by thing and by unit."""
    found = lit(viewer, moment)
    return found, by_unit(found, moment)


@pytest.mark.parametrize("seed", [1])
def test_what_was_lit_then_is_lit_as_of_then(city, at, seed):
    begin(city, at)
    viewer = plans.viewer(city, "office")
    dice, recorded = random.Random(seed), []
    for history, _ in islice(walk(city, seed, at), TRIES):
        if dice.random() < 0.4:
            beside_the_ledger(city, dice, history.now)
        if dice.random() < 0.36:
            seen = history.now + timedelta(seconds=dice.randint(0, 3600))
            position = Act.objects.order_by("-position").values_list("position", flat=True)[0]
            recorded.append((seen, position, shown(viewer, Moment(seen))))
            history.now = seen
    assert len(recorded) >= 100
    kinds = {one.kind for *_, (found, _) in recorded for one in found}
    assert kinds >= {"item", "step", "report", "lead"}
    for seen, position, then in recorded:
        assert shown(viewer, Moment(seen, position)) == then
