"""What a merge of projects does to lists and paths; nothing of the record is rewritten."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from .rates import Entry, Step

FACTS = (
    "name", "investor", "origin", "source", "mode", "industry", "lead", "zone", "signing",
    "investment", "output", "actual_output", "land", "code",
    "planned_start", "planned_production", "planned_capacity", "stage",
)  # fmt: skip
"""What two records of a project may say differently; `stage` stands for the path as well."""


@dataclass(frozen=True, slots=True)
class Joined:
    """An open merge: who went into whom by which act, and whether its path is gone on along."""

    project: str
    into: str
    root: str
    since: int
    takes_path: bool


def path_of(
    project: str,
    moves: Mapping[str, Sequence[tuple[int, Step]]],
    joined: Sequence[Joined],
    upto: int | None = None,
) -> list[Step]:
    """The steps of a project, each with the act that told it, by act: up to `upto` if given.

    Its own, but where a merge took the path of the merged project, that one's up to the merge.
    """
    takings = sorted(
        (one.since, one.project) for one in joined if one.takes_path and one.into == project
    )
    last = max((taking for taking in takings if upto is None or taking[0] <= upto), default=None)
    before = path_of(last[1], moves, joined, last[0]) if last else []
    after = last[0] if last else 0
    own = [
        step
        for act, step in moves.get(project, ())
        if act > after and (upto is None or act <= upto)
    ]
    return [*before, *own]


def own_or_merged(project: str, own: Collection[str], joined: Sequence[Joined]) -> str:
    """Whose word holds for what a project may lack: its own, or that of the first merged into it
    that has any, itself or through others; '' where none has."""
    if project in own:
        return project
    into = sorted((one for one in joined if one.into == project), key=lambda one: one.since)
    found = (own_or_merged(one.project, own, joined) for one in into)
    return next((key for key in found if key), "")


def survivors(entries: Sequence[Entry], roots: Mapping[str, str]) -> list[Entry]:
    """Entries of one batch with merged projects as those they go on as, once in each list.

    Where several fall together, one that counts is kept; `also` has the merged ones that were
    listed, so that the page can say so.
    """
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        root = roots.get(entry.project, entry.project)
        also = () if root == entry.project else (entry.project,)
        fresh = replace(entry, project=root, also=also)
        key = (entry.part, root)
        if key not in found:
            found[key] = fresh
            continue
        there = found[key]
        kept = fresh if there.excluded and not fresh.excluded else there
        together = tuple(dict.fromkeys((*there.also, *also)))
        twice = there.listed + 1
        found[key] = replace(kept, also=together, listed=twice)
    return list(found.values())
