"""The projects that are there, as the lines of a ledger are held against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from ..models import MergeState, ProjectState
from ..rules import pairs_alike, plain_name
from ..rules.details import ENOUGH, middle
from ..rules.ledgers import MEASURES, Said
from ..rules.names import phase_in
from ..rules.pairs import Alike, Named
from .alike import places_of
from .merged import living
from .rows import amount_of


@dataclass(frozen=True)
class Met:
    """What a line was found to be about: a known project, or none; and what is wrong with that."""

    state: ProjectState | None = None
    others: tuple[ProjectState, ...] = ()
    merged: ProjectState | None = None
    """What it goes on as, where the project of a line has been merged into another."""
    fault: str = ""

    @property
    def loose(self) -> bool:
        """Whether nothing says yet which project it is."""
        return self.state is None and self.merged is None and not self.fault


class Known:
    """The projects the viewer sees, by code and by plain name with investor."""

    def __init__(self, city: str, viewer: Viewer, moment: Moment) -> None:
        self.city = city
        mine = living(viewer, moment).filter(city=city).values("key")
        self.places = sorted(set(places_of(city, moment)))
        self.states = list(ProjectState.objects.at(moment).filter(project__in=mine))
        self.by_code: dict[str, list[ProjectState]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[ProjectState]] = defaultdict(list)
        self.plain = {s.project_id: self._plain(s.name, s.investor) for s in self.states}
        self.by_key = {state.project_id: state for state in self.states}
        for state in self.states:
            self.by_name[self._exact(state.name, state.investor)].append(state)
            if state.code:
                self.by_code[state.code].append(state)
        self.merged = dict(self._merged(moment))
        every = ProjectState.objects.at(moment).filter(project__city=city).exclude(code="")
        self.elsewhere = set(every.values_list("code", flat=True)) - self.by_code.keys()

    def _plain(self, name: str, investor: str) -> tuple[str, str]:
        """Plain name with its phase, which brackets often hold, and plain investor."""
        said = plain_name(name, self.places) + phase_in(name)
        return said, plain_name(investor, self.places)

    def _exact(self, name: str, investor: str) -> tuple[str, str]:
        """The same with the county or zone in front: two counties build the same plant."""
        return plain_name(name) + phase_in(name), plain_name(investor, self.places)

    def _merged(self, moment: Moment) -> Iterator[tuple[object, ProjectState]]:
        """Codes and names of projects that go on as one of these."""
        merges = MergeState.objects.at(moment).filter(project__city=self.city)
        roots = dict(merges.values_list("project_id", "root_id"))
        gone = ProjectState.objects.at(moment).filter(project__in=merges.values("project"))
        for state in gone:
            root = self.by_key.get(roots[state.project_id])
            if root:
                yield self._exact(state.name, state.investor), root
                if state.code:
                    yield state.code, root

    def names_of(self, line: Said) -> tuple[str, str]:
        """Plain name and investor of a line, as they are compared."""
        return self._plain(line.name, line.given.get("investor", ""))

    def exact_of(self, line: Said) -> tuple[str, str]:
        """Plain name and investor of a line, as they tell it from every other."""
        return self._exact(line.name, line.given.get("investor", ""))

    def told_by(self, line: Said) -> tuple[str, ...]:
        """The same with the place of a line that names no investor."""
        name, investor = self.exact_of(line)
        return name, investor or f"@{line.given.get('zone', '')}"

    def match(self, line: Said) -> Met:
        """The project of a line: by its code, else by its exact plain name and investor."""
        with_code = self.by_code.get(line.code, []) if line.code else []
        if len(with_code) > 1:
            words = {"n": len(with_code)}
            return Met(fault=_("系统里有 %(n)s 个项目用这个代码，请先理清。") % words)
        if with_code:
            return Met(with_code[0])
        if line.code in self.merged:
            return Met(merged=self.merged[line.code])
        if line.code in self.elsewhere:
            said = _("这个代码已登记在别的项目上：不在您的范围内，或已并入别的项目。")
            return Met(fault=said)
        name = self.exact_of(line)
        named = self.by_name.get(name, []) if name[0] else []
        if len(named) == 1 and not _another(line, named[0]):
            return Met(named[0])
        if not named and not line.code and name in self.merged:
            return Met(merged=self.merged[name])
        return Met(others=tuple(named))

    def alike(self, lines: Sequence[Said]) -> dict[str, list[Alike]]:
        """For each of these lines (by number) the projects and lines its names look like."""
        if not lines:
            return {}
        named = [Named(s.project_id, *self.plain[s.project_id], s.code) for s in self.states]
        named += [Named(f"#{one.number}", *self.names_of(one), one.code) for one in lines]
        found: dict[str, list[Alike]] = defaultdict(list)
        for pair in pairs_alike(named):
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                if one.startswith("#"):
                    found[one].append(replace(pair, one=one, other=other))
        return found

    def similar_for(self, lines: Sequence[Said]) -> Similar:
        """The amounts to hold each line's against: of projects, and of the file itself."""
        return Similar(self.states, lines)


def _another(line: Said, state: ProjectState) -> bool:
    """Whether a line of the same name says another code or another place."""
    zone = line.given.get("zone")
    other_zone = bool(zone and state.zone and zone != state.zone)
    return bool(line.code and state.code) or other_zone


class Similar:
    """The middle of similar amounts: of the industry, of all projects, of the file itself."""

    def __init__(self, states: Iterable[ProjectState], lines: Iterable[Said]) -> None:
        self.values: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
        self.file: dict[str, list[Fraction]] = defaultdict(list)
        self.middles: dict[tuple[str, str], Fraction | None] = {}
        for state in states:
            for name in MEASURES:
                amount = amount_of(state, name)
                if amount is not None:
                    self.values[name, ""].append(Fraction(amount))
                    if state.industry:
                        self.values[name, state.industry].append(Fraction(amount))
        for line in lines:
            for name in MEASURES:
                if name in line.given:
                    number, scale = line.given[name], line.given[f"{name}_scale"]
                    self.file[name].append(Fraction(number, 10**scale))

    def middle(self, name: str, industry: str) -> Fraction | None:
        """The middle for a field and an industry; None where there are too few."""
        if (name, industry) not in self.middles:
            ways = (self.values[name, industry], self.values[name, ""], self.file[name])
            enough = next((some for some in ways if len(some) >= ENOUGH), [])
            self.middles[name, industry] = middle(enough)
        return self.middles[name, industry]
