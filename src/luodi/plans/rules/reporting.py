"""Who is next for a report, who may read what it says, and what stands between two months."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from luodi.orgs.choices import Role
from luodi.orgs.rules import UNIT_ROLES, Viewer

from ..choices import ReportStage as Stage

INSIDE = frozenset({Stage.ASKED, Stage.AT_SECTION_HEAD, Stage.AT_LEADER})
OUTSIDE = frozenset({Stage.AT_LEAD_UNIT, Stage.AT_OFFICE, Stage.ACCEPTED})
WRITABLE = frozenset({Stage.ASKED, Stage.RETURNED})
LEFT_THE_UNIT = frozenset({Stage.AT_LEAD_UNIT, Stage.AT_OFFICE})
"""Stages from which a return comes from outside: what was said there is known there."""


@dataclass(frozen=True)
class Onward:
    """The stage a report goes to next, and the steps passed over with the reason for each."""

    stage: str
    skipped: tuple[Mapping[str, str], ...] = ()


def next_stage(
    after: str,
    signers: Mapping[str, Collection[str]],
    hands: Collection[str],
    lead_waits: bool,
) -> Onward:
    """Where a report goes from `after`.

    `signers` are the persons who hold section_head and leader_in_charge in the unit, stand-ins in
    the place of those away. A step is passed over where nobody holds it, or only people through
    whose hands this report went already: nobody signs what they handed in. `lead_waits` is true
    where the measure's lead consolidates and hasn't handed in its own report.
    """
    skipped = []
    steps = [(Stage.AT_SECTION_HEAD, Role.SECTION_HEAD), (Stage.AT_LEADER, Role.LEADER_IN_CHARGE)]
    for stage, role in steps[1:] if after == Stage.AT_SECTION_HEAD else steps:
        if after == Stage.AT_LEADER:
            break
        people = set(signers.get(role, ()))
        if people - set(hands):
            return Onward(stage, tuple(skipped))
        skipped.append({"role": str(role), "why": "same_person" if people else "nobody"})
    return Onward(Stage.AT_LEAD_UNIT if lead_waits else Stage.AT_OFFICE, tuple(skipped))


def has_left_unit(stage: str, returned_from: str) -> bool:
    """Whether what a report says was handed out of its unit."""
    return stage in OUTSIDE or (stage == Stage.RETURNED and returned_from in LEFT_THE_UNIT)


def readable(viewer: Viewer, unit: str, stage: str, returned_from: str) -> bool:
    """Whether the viewer may read a report's words: its own unit always, others once it left."""
    return viewer.acts_for(unit, *UNIT_ROLES) or has_left_unit(stage, returned_from)


def may_draft(viewer: Viewer, unit: str) -> bool:
    """Whether drafts of this unit are the viewer's to see: only its own people's."""
    return viewer.acts_for(unit, *UNIT_ROLES)


@dataclass(frozen=True)
class Piece:
    """A run of characters that is the same, new or gone against last month."""

    kind: str
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """What changed from last month's text to this one's, character by character.

    Texts over 6,000 characters together are compared line by line: marking stays quick.
    """
    old, new = _units(before, after)
    pieces: list[Piece] = []
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(new[k:n])))
            continue
        pieces += [Piece("gone", "".join(old[i:j]))] if j > i else []
        pieces += [Piece("new", "".join(new[k:n]))] if n > k else []
    return tuple(pieces)


def _units(before: str, after: str) -> tuple[Sequence[str], Sequence[str]]:
    if len(before) + len(after) > 6000:
        return before.splitlines(keepends=True), after.splitlines(keepends=True)
    return before, after


def fault_of(text: str, nothing_new: str, claimed: int | None, last_text: str) -> str | None:
    """The code of what keeps a report from being handed in, or None.

    `empty`: no words and no reason; `unchanged`: last month's words again without a reason;
    `claimed`: a percentage outside 0 to 100.
    """
    if claimed is not None and not 0 <= claimed <= 100:
        return "claimed"
    if nothing_new.strip():
        return None
    if not text.strip():
        return "empty"
    return "unchanged" if last_text and text.strip() == last_text.strip() else None
