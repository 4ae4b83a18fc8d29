"""Whom a register is for and who isn't on it yet; who stands on it and no longer should."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.doors import facts as fact_sources
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.verdicts import WORDS, KnownFacts, Told, told
from luodi.kit.eligibility import Condition, FactKind
from luodi.kit.refusals import Refusal
from luodi.orgs.choices import EnterpriseStanding
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import catalogue, enterprises_of, source_in_words, unit_names
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterNeeds, RegisterRule

from ..models import EntryState
from ..rules import keeps_register, rule_for, stage_title
from .entries import entries_of, rules_seen

KNOWN = "enterprise.known"
"""The fact: what is known of an enterprise, all of it."""

STATES = ("fits", "near", "unknown", "fails")
NO_FACTS = KnownFacts()
MENDABLE = ("number", "date", "set")


@dataclass(frozen=True)
class Candidate:
    """An enterprise held against what a register asks; `entry` is its entry where it has one.

    `state` is the answer, or `gone` for one that was deregistered; `before` says where it left the
    register in former times.
    """

    register: str
    firm: str
    name: str
    home: str
    state: str
    word: str
    why: str
    entry: str = ""
    stage: str = ""
    before: str = ""
    may_enter: bool = False


@dataclass(frozen=True)
class Proposal:
    """What the facts say about a register: whom to take in, whom to look at; and where it stands.

    `failing` is how many don't fit and aren't shown.
    """

    entering: tuple[Candidate, ...]
    failing: int
    leaving: tuple[Candidate, ...]


def proposal(rule: RegisterRule, viewer: Viewer, moment: Moment) -> Proposal:
    """Enterprises within the viewer's scope that fit the entry rule and aren't on the register,
    those that miss it by one thing or can't be told; and entries that no longer should run."""
    firms = {state.of_id: state for state in enterprises_of(viewer, moment)}
    states = list(entries_of(viewer, moment).filter(register=rule.key))
    judged = _Judged(viewer, firms, moment)
    entering, failing = _entering(rule, judged, states)
    return Proposal(tuple(entering), failing, tuple(_leaving(rule, judged, states)))


def source_of(needs: RegisterNeeds | None) -> str:
    """Where a condition stands, in words."""
    return source_in_words(needs.source) if needs else ""


class _Judged:
    """The enterprises in sight, and what is known of them, asked once."""

    def __init__(
        self, viewer: Viewer, firms: Mapping[str, EnterpriseState], moment: Moment
    ) -> None:
        self.viewer, self.firms, self.moment = viewer, firms, moment
        self.kinds: Mapping[str, FactKind] = catalogue(viewer.city, moment).facts
        door = fact_sources.get(KNOWN)
        subjects = [subject_key("enterprise", key) for key in firms]
        self.known: Mapping[str, KnownFacts] = door(subjects, moment) if door and firms else {}
        self.homes = unit_names({state.unit for state in firms.values()}, moment)
        self.rules = rules_seen(viewer, moment)

    def told(self, firm: str, condition: Condition) -> Told:
        """The answer for one enterprise."""
        return told(
            condition, self.known.get(subject_key("enterprise", firm), NO_FACTS), self.kinds
        )

    def may_still(self, answer: Told) -> bool:
        """Whether what a near miss lacks can be made good: a measure, a day, a certificate.

        A firm of another size or trade doesn't come nearer.
        """
        if answer.state != "near" or answer.answer is None:
            return True
        lacking = (self.kinds.get(one.comparison.fact) for one in answer.answer.lacking)
        return all(kind and kind.kind in MENDABLE for kind in lacking)

    def may_enter(self, rule: RegisterRule, unit: str) -> bool:
        """Whether the viewer may put an enterprise of a unit on the register now."""
        return not self.moment.is_past and keeps_register(self.viewer, rule, unit)

    def running(self, firm: str) -> bool:
        """Whether an enterprise is in business."""
        return self.firms[firm].standing == EnterpriseStanding.IN_BUSINESS


def _condition(needs: RegisterNeeds | None, kinds: Mapping[str, FactKind]) -> Condition | None:
    """The condition of a rule; None where it has none, or one that the city's facts don't bear."""
    found = needs.condition(kinds) if needs else None
    return None if isinstance(found, Refusal) else found


def _entering(
    rule: RegisterRule, judged: _Judged, states: Iterable[EntryState]
) -> tuple[list[Candidate], int]:
    condition = _condition(rule.entry, judged.kinds)
    if condition is None:
        return [], 0
    inside = {state.about for state in states if not state.ended}
    before = {
        state.about: stage_title(rule_for(state.entry.rule, state.stage, judged.rules), state.stage)
        for state in states
        if state.ended
    }
    found, failing = [], 0
    for key, firm in judged.firms.items():
        if key in inside or not judged.running(key):
            continue
        answer = judged.told(key, condition)
        if answer.state == "fails" or not judged.may_still(answer):
            failing += 1
            continue
        found.append(
            Candidate(
                register=rule.key,
                firm=key,
                name=firm.name,
                home=judged.homes.get(firm.unit, ""),
                state=answer.state,
                word=answer.word,
                why=answer.carried if answer.state == "fits" else answer.lacking,
                before=before.get(key, ""),
                may_enter=judged.may_enter(rule, firm.unit),
            )
        )
    return sorted(found, key=_place), failing


def _leaving(
    rule: RegisterRule, judged: _Judged, states: Iterable[EntryState]
) -> Iterable[Candidate]:
    condition = _condition(rule.stay, judged.kinds)
    found = []
    for state in states:
        if state.ended or state.about not in judged.firms:
            continue
        firm = judged.firms[state.about]
        shown = rule_for(state.entry.rule, state.stage, judged.rules)
        stage = shown.stage(state.stage)
        verdict = _verdict(judged, state.about, condition if stage and stage.counts else None)
        if verdict is not None:
            found.append(
                Candidate(
                    register=rule.key,
                    firm=state.about,
                    name=firm.name,
                    home=judged.homes.get(firm.unit, ""),
                    state=verdict[0],
                    word=verdict[1],
                    why=verdict[2],
                    entry=state.entry_id,
                    stage=stage_title(shown, state.stage),
                )
            )
    return sorted(found, key=lambda one: (LEAVING.index(one.state), one.name, one.entry))


LEAVING = ("gone", "fails", "unknown")


def _verdict(
    judged: _Judged, firm: str, condition: Condition | None
) -> tuple[str, str, str] | None:
    """State, word and reason why an entry should be looked at; None where it may stay."""
    if not judged.running(firm):
        return "gone", _("企业已注销"), _("企业名录里已经注销，请办理退出")
    if condition is None:
        return None
    answer = judged.told(firm, condition)
    if answer.state == "fits":
        return None
    state = "unknown" if answer.state == "unknown" else "fails"
    return state, str(WORDS[state]), answer.lacking


def _place(one: Candidate) -> tuple[int, str, str]:
    return STATES.index(one.state), one.name, one.firm
