"""What the rungs of a city ask for at a moment, and the ladder of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luodi.common.languages import language, titled
from luodi.common.moments import Moment
from luodi.kit.lights import Fact
from luodi.orgs.models import UnitState
from luodi.orgs.queries import rulebook, rules_of_unit, unit_for
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import LadderRule

from ..rules import Sent, asks, covered, facts_read, rungs_of, unit_facts
from .exempted import Spared, said_exempt, spared_in
from .letters import LetterRow, letters, sent_in
from .standings import Lit, UnitStanding, by_unit, lit_in


@dataclass(frozen=True)
class Proposal:
    """A draft that a rung asks for: to which unit, about which lights, by which facts of it."""

    rung: LadderRule
    unit: str
    unit_name: str
    causes: tuple[Lit, ...]
    facts: dict[str, Fact]

    @property
    def why(self) -> str:
        """What the rung says, in the reader's language."""
        return said_by(self.rung)

    @property
    def shown(self) -> tuple[str, str, tuple[tuple[str, str, int], ...]]:
        """All that a page says of it, to be compared: rung, unit, and each light with its days."""
        lights = tuple((one.subject, one.why, one.days) for one in self.causes)
        return self.rung.key, self.unit, lights


@dataclass(frozen=True)
class Rung:
    """A rung of one unit's ladder: its rule, letters sent by it or of its kind, and what it would
    draft now."""

    rule: LadderRule
    letters: tuple[LetterRow, ...]
    proposal: Proposal | None

    @property
    def why(self) -> str:
        """What the rung says, in the reader's language."""
        return said_by(self.rule)

    @property
    def title(self) -> str:
        return titled(self.rule)


@dataclass(frozen=True)
class UnitLadder:
    """The ladder of one unit at a moment; `spared` says which lights an exemption keeps from it."""

    unit: str
    name: str
    standing: UnitStanding | None
    rungs: tuple[Rung, ...]
    letters: tuple[LetterRow, ...]
    spared: tuple[str, ...]


def said_by(rule: LadderRule) -> str:
    """What a rung says, in the reader's language."""
    return rule.en if language() == "en" else rule.zh


def rungs_at(city: str, unit: str, moment: Moment) -> tuple[LadderRule, ...]:
    """The rungs over a unit at a moment, by the rules of its place, from the lowest."""
    return rungs_of(rules_of_unit(city, unit, moment), moment.today)


def proposals(
    city: str, moment: Moment, standings: Sequence[UnitStanding] | None = None
) -> list[Proposal]:
    """What the rungs of a city would draft at a moment: for the clock, and to be replayed.

    One draft for a rung and unit, about every light that fulfils the rung's conditions, that no
    letter of its kind, and no running one of a higher rung, covers and that isn't exempted. Higher
    rungs take a light before lower ones.
    `standings` are handed over by whoever has read the whole city already.
    """
    book = rulebook([city], moment)
    rungs = book.each(lambda stack: rungs_of(stack, moment.today))
    if not any(rungs(*place) for place in book.places(city)):
        return []
    if standings is None:
        standings = by_unit(lit_in(city, moment), moment)
    sent = sent_in(city, moment)
    kinds = dict(
        UnitState.objects.at(moment)
        .filter(of__in=[one.unit for one in standings])
        .values_list("of", "kind")
    )
    spared = spared_in(city, moment)
    found: list[Proposal] = []
    for standing in standings:
        mine = sent.get(standing.unit, [])
        found += _of_unit(
            standing, rungs(city, standing.unit), mine, kinds.get(standing.unit, ""), spared, moment
        )
    return found


def _of_unit(
    standing: UnitStanding,
    rungs: Sequence[LadderRule],
    sent: Sequence[Sent],
    unit_kind: str,
    spared: Spared,
    moment: Moment,
) -> Iterable[Proposal]:
    taken: set[str] = set()
    kinds = {one.kind for one in sent if one.stage == "drafted"}
    for rung in sorted(rungs, key=lambda one: -one.order):
        if rung.paper in kinds:  # the office decides first on the draft that waits
            continue
        known = unit_facts(rung, unit_kind, standing.reds, standing.yellows, sent, moment.today)
        above = {one.paper for one in rungs if one.order > rung.order} - {rung.paper}
        closed = covered(rung, sent, moment.today, above)
        causes = [
            one
            for one in standing.lit
            if one.subject not in closed
            and not spared.covers(standing.unit, one.subject, one.due_on)
            and one.subject not in taken
            and asks(rung, _facts_of(one) | known)
        ]
        if causes:
            taken |= {one.subject for one in causes}
            kinds.add(rung.paper)
            facts = facts_read(rung, known)
            yield Proposal(rung, standing.unit, standing.name, tuple(causes), facts)


def _facts_of(one: Lit) -> dict[str, Fact]:
    return {"light": one.light, "kind": one.kind, "rule": one.rule, "days": one.days}


def ladder_of(viewer: Viewer, unit: str, moment: Moment) -> UnitLadder:
    """The ladder of one unit for office and leading group: rungs, letters, what would come next.

    Raises `NotFound` for a unit of another city.
    """
    state = unit_for(viewer, unit, moment)
    city = state.of.city
    rows = letters(viewer, moment, {"unit": unit})
    standings = by_unit(lit_in(city, moment), moment)
    wanted = {one.rung.key: one for one in proposals(city, moment, standings) if one.unit == unit}
    rungs, spared = rungs_at(city, unit, moment), spared_in(city, moment)
    standing = next((one for one in standings if one.unit == unit), None)
    return UnitLadder(
        unit=unit,
        name=state.short_name or state.name,
        standing=standing,
        rungs=tuple(
            Rung(
                rule=rule,
                letters=tuple(row for row in rows if row.kind == rule.paper),
                proposal=wanted.get(rule.key),
            )
            for rule in rungs
        ),
        letters=tuple(rows),
        spared=tuple(
            f"{one.title} · {said_exempt(found)}"
            for one in (standing.lit if standing else ())
            if (found := spared.covers(unit, one.subject, one.due_on))
        ),
    )
