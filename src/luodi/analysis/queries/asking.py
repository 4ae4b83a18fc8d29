"""What a question asks for, read: definitions, members, figures, ready to compute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.models import Definition
from luodi.kit.calendars import KINDS, Kind, Period
from luodi.orgs.models import UnitState

from ..choices import Basis, UnitGroup
from ..rules.questions import Question
from ..rules.showing import WHOLE
from .computing import Computing, Dictionary, dictionary
from .cuts import group_names
from .figures import EVERYBODY, Figure, Spot, Wanted
from .scope import Reader, read_figures, readable_definitions
from .units import group_of, name, ordered_units

MOST_CELLS = 20_000


@dataclass(frozen=True)
class Member:
    """A unit of the pivot, or the sum of a group of them."""

    key: str
    name: str
    is_group: bool = False


@dataclass(frozen=True)
class Asked:
    """A question with all it needs: indicators and members in order, and the computing."""

    indicators: Mapping[str, Definition]
    members: Mapping[str, Member]
    computing: Computing
    grants: tuple[str, ...] = ()


def asked(reader: Reader, question: Question, moment: Moment) -> Asked:
    """Read what a question needs in a fixed number of queries; small totals taken out.

    Raises `Incomplete` for a question of more than `MOST_CELLS` cells: before any figure is read
    where the question names its units, else as soon as the units with a figure are known.
    """
    definitions = list(readable_definitions(reader.viewer, moment))
    book = dictionary(definitions, moment)
    chosen = {key: book.definitions[key] for key in question.indicators if key in book.definitions}
    units = ordered_units(reader.viewer, moment)
    named = {} if question.is_cut else _members(question, units, {})
    _require_few(question, chosen, named)
    wanted = Wanted(
        book.needs(chosen),
        frozenset(_units_needed(question, units)),
        frozenset(p.key for p in _periods_needed(question, book, chosen)),
        question.purpose,
        question.basis,
    )
    inputs = _inputs(reader, book, chosen)
    read = read_figures(reader, wanted, inputs, moment, question.cut)
    summed = question.basis == Basis.ENTERPRISES
    groups = {spot[1] for spot in read.figures} - {EVERYBODY} if question.is_cut else set()
    parents = dict.fromkeys(groups, EVERYBODY) or _parents(question, units)
    computing = Computing(book, read.figures, parents, read.hidden, summed)
    if question.is_cut:
        members = _groups(question, groups, moment)
    else:
        members = _members(question, units, read.figures)
    _require_few(question, chosen, members)
    return Asked(chosen, members, computing, _grants(reader, question, chosen, members))


def _require_few(
    question: Question, chosen: Mapping[str, Definition], members: Mapping[str, Member]
) -> None:
    size = len(chosen) * max(1, len(members)) * len(question.periods) * len(question.shows)
    if size > MOST_CELLS:
        said = _("一次最多看 %d 格，请少选一些指标、单位或时期。") % MOST_CELLS
        raise Incomplete(said, "pivot.too_large")


def _inputs(reader: Reader, book: Dictionary, chosen: Mapping[str, Definition]) -> frozenset[str]:
    """What the granted ones among the chosen indicators are computed from."""
    granted = {key for grant in reader.grants for key in grant.indicators}
    return book.needs(granted & set(chosen)) if granted else frozenset()


def _grants(
    reader: Reader,
    question: Question,
    chosen: Mapping[str, Definition],
    members: Mapping[str, Member],
) -> tuple[str, ...]:
    """The grants by which cells of this question are read."""
    if not reader.grants:
        return ()
    found = {
        grant.key
        for indicator in chosen
        for unit in members
        if (grant := reader.granted(indicator, unit, question.purpose, question.basis))
    }
    return tuple(sorted(found))


def _units_needed(question: Question, units: list[UnitState]) -> list[str]:
    """The units whose figures are read: whole groups where a share or rank needs them."""
    if not question.units or question.basis == Basis.ENTERPRISES:
        return []
    asked = set(question.units)
    groups = (
        {g for u in units if u.of_id in asked and (g := group_of(u))} if _whole(question) else {*()}
    )
    groups |= asked & set(UnitGroup.values)
    return [u.of_id for u in units if u.of_id in asked or group_of(u) in groups]


def _whole(question: Question) -> bool:
    return bool(WHOLE & set(question.shows))


def _periods_needed(
    question: Question, book: Dictionary, chosen: Mapping[str, Definition]
) -> set[Period]:
    """The periods whose figures are read: those asked, or whole years with the one before."""
    codes = {book.codes[key] for key in book.needs(chosen)}
    kinds = {one.kind for one in book.book if one.key in codes} | {question.kind}
    simple = set(question.shows) == {"value"} and kinds == {question.kind}
    if simple and not any(d.formula for d in chosen.values()):
        return set(question.periods)
    years = range(max(1, question.first.year - 1), question.last.year + 1)
    return {p for kind in kinds for year in years for p in _year(kind, year)}


def _year(kind: Kind, year: int) -> tuple[Period, ...]:
    whole = Period("year", year)
    return whole.children(kind) if kind in KINDS else ()


def _parents(question: Question, units: list[UnitState]) -> dict[str, str]:
    """Whom each unit is added up in: its group, or all enterprises together."""
    if question.basis == Basis.ENTERPRISES:
        return {unit.of_id: EVERYBODY for unit in units}
    return {unit.of_id: group.value for unit in units if (group := group_of(unit))}


def _members(
    question: Question, units: list[UnitState], found: Mapping[Spot, Figure]
) -> dict[str, Member]:
    """The rows of the pivot: units asked for, or all with a figure; each group's sum behind it."""
    asked = set(question.units)
    seen = {spot[1] for spot in found}
    groups: list[Member] = []
    members: list[Member] = []
    for unit in units:
        group = group_of(unit)
        if unit.of_id in asked or group in asked or (not asked and unit.of_id in seen):
            members.append(Member(unit.of_id, name(unit)))
    if question.basis == Basis.ENTERPRISES:
        groups = [Member(EVERYBODY, _("全部企业"))] if EVERYBODY in seen else []
    else:
        groups = [Member(g.value, _sum_name(g), True) for g in UnitGroup if g in asked]
    return {member.key: member for member in [*members, *groups]}


def _groups(question: Question, found: set[str], moment: Moment) -> dict[str, Member]:
    """The rows of a pivot by another cut: its groups, or those asked for, and all together."""
    asked = {key for key in question.units if key in found or key == EVERYBODY}
    names = group_names(found, question.cut, moment)
    members = [Member(key, said) for key, said in names.items() if not asked or key in asked]
    if found and (not asked or EVERYBODY in asked):
        members.append(Member(EVERYBODY, _("全部企业")))
    return {member.key: member for member in members}


def _sum_name(group: UnitGroup) -> str:
    return _("%s合计") % group.label
