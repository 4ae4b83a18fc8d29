"""Scores computed a second time, plainly, one unit after the other: the judge of `kit.scoring`.

It shares nothing with the kit but the values that go in: no pools, no sums over common
denominators, and each comparison is looked for anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from luodi.kit.scoring.schemes import Entrant, Figures, Indicator, Scheme


def number_of(ind: Indicator, fig: Figures) -> Fraction | None:
    """What is judged; None where it can't be computed."""
    if fig.actual is None:
        return None
    what = ind.method if ind.method in ("growth", "completion") else ind.of
    if what == "growth":
        if fig.base is None or fig.base <= 0:
            return None
        return fig.actual / fig.base - 1
    if what == "completion":
        target = fig.target if fig.target is not None else ind.target
        if target is None or target <= 0:
            return None
        done = fig.actual / target
        return done if ind.up else 2 - done
    return fig.actual


def share_of(ind: Indicator, mine: Fraction, all_numbers: list[Fraction]) -> Fraction | None:
    """The share of one number among all; None where there is nothing to compare with."""
    if ind.method == "completion":
        share = mine
    elif ind.method == "growth":
        share = mine / ind.full * (1 if ind.up else -1)
    elif ind.method == "bands":
        met = [s for reach, s in ind.bands if (mine >= reach if ind.up else mine <= reach)]
        share = met[0] if met else Fraction(0)
    elif ind.method == "rank":
        if len(all_numbers) == 1:
            return None
        better = sum((n > mine) if ind.up else (n < mine) for n in all_numbers)
        if ind.step is None:
            share = Fraction(len(all_numbers) - better, len(all_numbers))
        else:
            share = 1 - better * ind.step
    else:
        best, worst = ind.best, ind.worst
        if best is None:
            if len(all_numbers) == 1:
                return None
            best = max(all_numbers) if ind.up else min(all_numbers)
            worst = min(all_numbers) if ind.up else max(all_numbers)
        part = Fraction(1) if best == worst else (mine - worst) / (best - worst)
        share = ind.base + part * (1 - ind.base)
    return max(ind.floor, min(share, ind.cap))


def totals(scheme: Scheme, entrants: Mapping[str, Entrant]) -> dict[str, Fraction | None]:
    """The exact total of each unit; None where it can't be computed."""
    return {unit: _total(scheme, entrants, unit) for unit in entrants}


def _shares(
    scheme: Scheme, entrants: Mapping[str, Entrant], unit: str
) -> dict[str, Fraction | None]:
    """The share of each indicator the unit is asked for."""
    me = entrants[unit]
    found: dict[str, Fraction | None] = {}
    for ind in scheme.indicators:
        if me.category not in ind.weights:
            continue
        rivals = [
            other
            for other in entrants.values()
            if other.category in ind.weights and (not scheme.apart or other.category == me.category)
        ]
        numbers = [number_of(ind, r.figures.get(ind.key, Figures())) for r in rivals]
        there = [n for n in numbers if n is not None]
        mine = number_of(ind, me.figures.get(ind.key, Figures()))
        share = None if mine is None else share_of(ind, mine, there)
        if share is None and ind.missing == "zero":
            share = Fraction(0)
        elif share is None and ind.missing == "mean":
            others = [s for s in (share_of(ind, n, there) for n in there) if s is not None]
            share = sum(others, Fraction(0)) / len(others) if others else None
        found[ind.key] = share
    return found


def _total(scheme: Scheme, entrants: Mapping[str, Entrant], unit: str) -> Fraction | None:
    me, shares = entrants[unit], _shares(scheme, entrants, unit)
    asked = [ind for ind in scheme.indicators if ind.key in shares]
    if any(shares[i.key] is None and i.missing != "exclude" for i in asked):
        return None
    base, reachable = Fraction(0), Fraction(0)
    for group in {i.group for i in asked}:
        inside = [i for i in asked if i.group == group]
        kept = [i for i in inside if shares[i.key] is not None]
        whole = sum(i.weights[me.category] for i in inside)
        left = sum(i.weights[me.category] for i in kept)
        if not left:
            continue
        reachable += whole
        got = sum(i.weights[me.category] * shares[i.key] for i in kept)
        base += got * whole / left
    if not reachable:
        return None
    everything = sum(i.weights[me.category] for i in asked)
    return _with_extras(scheme, me, base * everything / reachable)


def _with_extras(scheme: Scheme, me: Entrant, base: Fraction) -> Fraction:
    sums = []
    for extras, most in (
        (scheme.additions, scheme.most_added),
        (scheme.deductions, scheme.most_deducted),
    ):
        points = Fraction(0)
        for one in extras:
            each = one.each * me.counts.get(one.key, 0)
            points += each if one.most is None else min(each, one.most)
        sums.append(points if most is None else min(points, most))
    total = max(base + sums[0] - sums[1], Fraction(0))
    zeroed = any(v.effect == "zero" and me.counts.get(v.key, 0) > 0 for v in scheme.vetoes)
    return Fraction(0) if zeroed else total


def rounded(exact: Fraction, places: int) -> int:
    """Half up; totals aren't below zero."""
    scaled = exact * 10**places
    whole = scaled.numerator // scaled.denominator
    return whole + (scaled - whole >= Fraction(1, 2))
