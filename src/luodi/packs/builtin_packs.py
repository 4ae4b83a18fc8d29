"""The packs that come with Luodi."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from luodi.packs.loader import load
from luodi.packs.pack import LEVELS, Pack, Stack, stack


@cache
def builtin_packs() -> dict[str, Pack]:
    """Every built-in pack by its key."""
    found: dict[str, Pack] = {}
    with as_file(files("luodi.packs") / "builtin") as folder:
        for path in sorted(p for p in folder.iterdir() if p.is_dir()):
            pack, _ = load(path)
            if pack is not None:
                found[pack.key] = pack
    return found


def builtin(key: str) -> Pack:
    """One built-in pack; KeyError if there is none."""
    return builtin_packs()[key]


def resolve(key: str, packs: dict[str, Pack] | None = None) -> Stack:
    """The pack with all it stands on, the widest first; KeyError for a pack that is not there."""
    known = builtin_packs() if packs is None else packs
    chosen: dict[str, Pack] = {}
    waiting = [key]
    while waiting:
        here = waiting.pop()
        if here not in chosen:
            chosen[here] = known[here]
            waiting += known[here].head.stacks_over
    ordered = sorted(chosen.values(), key=lambda pack: LEVELS.index(pack.head.level))
    return stack(ordered)


def for_area(area_code: str) -> Stack | None:
    """The built-in stack of the city that a 行政区划 code lies in; None if no pack is there."""
    for pack in builtin_packs().values():
        code = pack.head.area_code
        if pack.head.level == "city" and code and code[:4] == area_code[:4]:
            return resolve(pack.key)
    return None
