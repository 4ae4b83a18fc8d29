"""Which articles fit a firm, and which firms fit an article: three answers with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.languages import in_one_line, language
from luodi.common.moments import Moment
from luodi.common.verdicts import ORDER, WORDS, Told, told
from luodi.kit.eligibility import Condition, match, members
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import enterprises_of, unit_names
from luodi.orgs.rules import Viewer

from ..rules import Catalogue
from .catalogue import catalogue
from .facts import Dossier, Known, as_known, dossiers, firms_of
from .library import ArticleRow, article_for, article_rows


def told_of(condition: Condition | None, dossier: Mapping[str, Known], known: Catalogue) -> Told:
    """The answer for what is known of one firm, in the reader's language."""
    if condition is None:
        return Told("unruled", None, (), _("这一条还没有复核过的条件"), ())
    return told(condition, as_known(dossier), known.facts)


def unmet(said: Told, known: Catalogue) -> str:
    """What is asked and isn't so, without what there is: for who may not read that."""
    asked = [one.comparison for one in said.answer.lacking] if said.answer else []
    return in_one_line(
        known.facts[one.fact].asks(one, language()) for one in asked if one.fact in known.facts
    )


@dataclass(frozen=True)
class Match:
    """One article for one firm."""

    article: ArticleRow
    told: Told


@dataclass(frozen=True)
class FirmMatch:
    """One firm for one article."""

    key: str
    name: str
    home: str
    told: Told


def policies_for(enterprise: str, viewer: Viewer, moment: Moment) -> list[Match]:
    """Every article in force with the answer for one enterprise, what fits first.

    The caller has seen to it that the enterprise is within the viewer's scope.
    """
    known = catalogue(viewer.city, moment)
    dossier = dossiers([enterprise], known, moment)[enterprise]
    rows = [row for row in article_rows(viewer, moment) if row.in_force]
    found = [Match(row, told_of(row.condition, dossier, known)) for row in rows]
    return sorted(found, key=lambda one: one.told.rank)


def firms_for(article: str, viewer: Viewer, moment: Moment) -> tuple[ArticleRow, list[FirmMatch]]:
    """Every enterprise in business within the viewer's scope with the answer for one article."""
    row = article_for(viewer, article, moment)
    firms = in_business(viewer, moment)
    known = catalogue(viewer.city, moment)
    found = dossiers([firm.of_id for firm in firms], known, moment)
    homes = unit_names({firm.unit for firm in firms}, moment)
    condition = row.condition
    rows = [
        FirmMatch(
            firm.of_id,
            firm.name,
            homes.get(firm.unit, ""),
            told_of(condition, found[firm.of_id], known),
        )
        for firm in firms
    ]
    return row, sorted(rows, key=lambda one: (one.told.rank, one.name))


def in_business(viewer: Viewer, moment: Moment) -> list[EnterpriseState]:
    """The enterprises in business within the viewer's scope."""
    rows = enterprises_of(viewer, moment).filter(standing=EnterpriseStanding.IN_BUSINESS)
    return list(rows)


def tally(states: Iterable[str]) -> list[tuple[str, str, int]]:
    """How many of each answer: state, word, number."""
    count = Counter(states)
    return [(state, str(WORDS[state]), count[state]) for state in ORDER if count[state]]


@dataclass(frozen=True)
class FirmsKnown:
    """Enterprises in business with what is known of each: read once, held against any number of
    conditions."""

    states: list[EnterpriseState]
    known: Catalogue
    found: Dossier

    def answers(self, condition: Condition) -> list[str]:
        """The state of the answer for each of them: fits, near, fails, unknown."""
        keys = [state.of_id for state in self.states]
        matched = match({"": condition}, firms_of(keys, self.found, self.known))
        said = [""] * len(keys)
        for group in matched.groups[""]:
            some = list(members(group.firms))
            if some:  # within a group every comparison comes out the same
                near = matched.answer("", some[0]).near
                for n in some:
                    said[n] = "near" if near else group.verdict
        return said


def firms_known(viewer: Viewer, moment: Moment) -> FirmsKnown:
    """The enterprises in business within the viewer's scope, with what is known of them."""
    states, known = in_business(viewer, moment), catalogue(viewer.city, moment)
    return FirmsKnown(states, known, dossiers([state.of_id for state in states], known, moment))


def fitting(row: ArticleRow, viewer: Viewer, moment: Moment) -> list[EnterpriseState]:
    """The enterprises in business that fit an article, by name; none where it has no rule."""
    condition = row.condition
    if condition is None:
        return []
    firms = in_business(viewer, moment)
    known = catalogue(viewer.city, moment)
    keys = [firm.of_id for firm in firms]
    matched = match({row.key: condition}, firms_of(keys, dossiers(keys, known, moment), known))
    return [firms[n] for n in members(matched.bitmap(row.key, "fits"))]
