"""Places and tiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor

from luodi.kit.refusals import Refusal
from luodi.kit.scoring.schemes.values import Outcome, Scheme, Tier

NO_PLACE = Refusal(
    "scoring.unranked", "有一票否决事项，不参加排名", "A veto applies: it is given no place"
)
HALF = Fraction(1, 2)


def ranked(scheme: Scheme, outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Outcomes with place and tier, the best first; those without a place last, by key."""
    apart: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        apart[one.category if scheme.apart else ""].append(one)
    done = [one for some in apart.values() for one in _placed(scheme, some)]
    return tuple(sorted(done, key=_order))


def _order(one: Outcome) -> tuple[bool, int, str]:
    return (one.rank is None, one.rank or 0, one.unit)


def _placed(scheme: Scheme, outcomes: Sequence[Outcome]) -> list[Outcome]:
    out = {veto.key for veto in scheme.vetoes if veto.effect == "unranked"}
    taking = [one for one in outcomes if one.total is not None and not out & set(one.vetoes)]
    places = places_of([one.total for one in taking if one.total is not None])
    found = []
    for one in outcomes:
        if one.total is None:
            found.append(one)
        elif out & set(one.vetoes):
            found.append(replace(one, fault=NO_PLACE))
        else:
            rank = places[one.total]
            found.append(replace(one, rank=rank, tier=_tier(scheme, one, rank, len(taking))))
    return found


def places_of(totals: Iterable[int]) -> dict[int, int]:
    """The place of each total: the highest is 1, equal ones share the better place (1, 2, 2, 4)."""
    places: dict[int, int] = {}
    for place, total in enumerate(sorted(totals, reverse=True), start=1):
        places.setdefault(total, place)
    return places


def _tier(scheme: Scheme, one: Outcome, rank: int, size: int) -> str:
    """The first tier reached, but none better than a veto allows."""
    allowed = {
        veto.tier for veto in scheme.vetoes if veto.effect == "tier" and veto.key in one.vetoes
    }
    at_best = max(
        (n for n, tier in enumerate(scheme.tiers) if tier.key in allowed),
        default=0,
    )
    for tier in scheme.tiers[at_best:]:
        if _reaches(scheme, tier, one, rank, size):
            return tier.key
    return ""


def _reaches(scheme: Scheme, tier: Tier, one: Outcome, rank: int, size: int) -> bool:
    """By the rounded total, or by place: so many per cent of those ranked, rounded half up."""
    if tier.least is not None and one.total is not None:
        least: Fraction = tier.least * 10**scheme.places
        return one.total >= least
    if tier.places is not None:
        last: int = floor(size * tier.places + HALF)
        return rank <= last
    return True
