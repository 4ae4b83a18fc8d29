"""One seeker and many offers: who fits, in what order, who is out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from luodi.kit.matching.comparing import Answer, Why, compared, plain
from luodi.kit.matching.criteria import Criterion, Facts, Offer, Value
from luodi.kit.matching.wording import reason
from luodi.kit.refusals import Lang


@dataclass(frozen=True)
class Finding:
    """The answer of one criterion, the two values it compared, and the credit (0 to 1)."""

    criterion: Criterion
    answer: Answer
    why: Why
    need: Value | None
    found: Value | None
    credit: Fraction

    def says(self, lang: Lang = "zh") -> str:
        """The reason as a sentence that names both values."""
        criterion = self.criterion
        return reason(
            self.why, criterion.operator, criterion.label(lang), self.need, self.found, lang
        )


@dataclass(frozen=True)
class Fit:
    """What all criteria say of one offer.

    `answer`: no where a hard criterion says no, else cannot tell where a hard one can't, else yes.
    `score`: weighted credit of the soft criteria over their weights, 0 to 1, exact; what can't be
    told gives none. `possible`: the score if all of that turned out well. Without a soft
    criterion asked both are 1.
    """

    offer: str
    answer: Answer
    score: Fraction
    possible: Fraction
    findings: tuple[Finding, ...]

    def because(self, answer: Answer) -> tuple[Finding, ...]:
        """The findings with this answer, hard ones first."""
        chosen = [finding for finding in self.findings if finding.answer == answer]
        return tuple(sorted(chosen, key=lambda finding: not finding.criterion.hard))


@dataclass(frozen=True)
class Placed:
    """A fit with its place: 1, 2, 2, 4. `tied` names the offers that share it."""

    place: int
    fit: Fit
    tied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """Offers that fit, best first; those nothing speaks against yet; those that are out.

    `undecided` stands by what is possible, `excluded` by how few hard criteria it fails; equals
    stand by their keys.
    """

    fitting: tuple[Placed, ...]
    undecided: tuple[Fit, ...]
    excluded: tuple[Fit, ...]


def judge(criteria: Iterable[Criterion], needs: Facts, offer: Offer) -> Fit:
    """Hold one offer against the needs of a seeker; every criterion asked leaves its reason."""
    findings = tuple(_findings(criteria, needs, offer))
    hard = {finding.answer for finding in findings if finding.criterion.hard}
    answer: Answer = "no" if "no" in hard else "cannot_tell" if "cannot_tell" in hard else "yes"
    weights = sum(finding.criterion.weight or 0 for finding in findings)
    sure = sum((_earned(finding) for finding in findings), Fraction(0))
    hoped = sure + sum(
        finding.criterion.weight or 0 for finding in findings if finding.answer == "cannot_tell"
    )
    if not weights:
        return Fit(offer.key, answer, Fraction(1), Fraction(1), findings)
    return Fit(offer.key, answer, sure / weights, hoped / weights, findings)


def rank(criteria: Sequence[Criterion], needs: Facts, offers: Iterable[Offer]) -> Ranking:
    """All offers for one seeker. The order of the input doesn't matter.

    ValueError where two offers share a key or two criteria a name.
    """
    _check_distinct([criterion.name for criterion in criteria])
    fits = [judge(criteria, needs, offer) for offer in offers]
    _check_distinct([fit.offer for fit in fits])
    yes, open_, no = (
        [fit for fit in fits if fit.answer == answer] for answer in ("yes", "cannot_tell", "no")
    )
    return Ranking(
        tuple(_places(yes)),
        tuple(sorted(open_, key=lambda fit: (-fit.possible, -fit.score, fit.offer))),
        tuple(sorted(no, key=lambda fit: (_failed(fit), -fit.score, fit.offer))),
    )


def _findings(criteria: Iterable[Criterion], needs: Facts, offer: Offer) -> Iterable[Finding]:
    for criterion in criteria:
        need, found = criterion.needed(needs), offer.facts.get(criterion.fact)
        if not criterion.asked_of(offer.kind) or (need is None and criterion.optional):
            continue
        answer, why, credit = compared(criterion, plain(criterion, need), plain(criterion, found))
        yield Finding(criterion, answer, why, need, found, credit)


def _earned(finding: Finding) -> Fraction:
    return (finding.criterion.weight or 0) * finding.credit


def _failed(fit: Fit) -> int:
    return sum(finding.criterion.hard for finding in fit.findings if finding.answer == "no")


def _places(fits: Iterable[Fit]) -> Iterable[Placed]:
    ordered = sorted(fits, key=lambda fit: (-fit.score, fit.offer))
    place = 1
    for _, same in groupby(ordered, key=lambda fit: fit.score):
        group = list(same)
        for fit in group:
            tied = tuple(other.offer for other in group if other is not fit)
            yield Placed(place, fit, tied)
        place += len(group)


def _check_distinct(names: Sequence[str]) -> None:
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise ValueError(f"named twice: {', '.join(twice)}")
