"""Real and own documents, broken as scanners, editors and copying break them.

Each change takes a text and a source of chance and gives a text; `broken` composes them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "tests" / "corpus", ROOT.parent / "shared" / "seeds"]
DOCUMENTS = {
    path.stem: path.read_text(encoding="utf-8")
    for folder in FOLDERS
    for path in sorted(folder.glob("*.txt"))
}
"""The documents of the corpus and, where they lie beside the project, the real ones."""

LONGEST = 40_000
BREAKS = ["\r\n", "\r", "\n\n", "\x85", "\u2028", "\x0b", "\f", "\n\r"]
ODD = [
    "\ufeff",
    "\x00",
    "\ud800",
    "\udfff",
    "😀",
    "👨\u200d👩\u200d👧",
    "\u200b",
    "\x1c",
    "\ufffd",
    "\U0010ffff",
]
SIGNS = list(
    "（）()［］〔〕《》“”、；：。，%％．.0９万亿年月日一二①㈠⒈Ⅳ第章节条专栏表续\t|｜…—-\u3000 "
)
HALF = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
WIDTHS = str.maketrans(HALF | {full: half for half, full in HALF.items()})

Change = Callable[[str, Random], str]


def stretch(text: str, chance: Random, most: int = 2000) -> tuple[int, int]:
    """A random part of the text, as offsets."""
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.randint(0, most))


def at_stretch(change: Change) -> Change:
    """The change made to a random part only."""

    def changed(text: str, chance: Random) -> str:
        start, end = stretch(text, chance)
        return text[:start] + change(text[start:end], chance) + text[end:]

    return changed


def to_lines(change: Callable[[str, Random], str], one_in: int = 4) -> Change:
    """The change made to one line in so many."""

    def changed(text: str, chance: Random) -> str:
        lines = text.split("\n")
        return "\n".join(
            change(line, chance) if chance.randrange(one_in) == 0 else line for line in lines
        )

    return changed


def shuffle_blocks(text: str, chance: Random) -> str:
    lines = text.split("\n")
    size = chance.choice([1, 3, 10, 40])
    blocks = [lines[at : at + size] for at in range(0, len(lines), size)]
    chance.shuffle(blocks)
    return "\n".join(line for block in blocks for line in block)


def with_pages(text: str, chance: Random) -> str:
    """A running head and a page number every so many lines, as a gazette prints them."""
    lines, every, made = text.split("\n"), chance.choice([5, 20, 45]), []
    head = chance.choice(["示例市人民政府公报", "", "示例市人民政府办公室文件　2025年第3期"])
    number = chance.choice(["— {} —", "- {} -", "{}", "第 {} 页 共 99 页", "·{}·"])
    feed = chance.choice(["\f", ""])
    for at in range(0, len(lines), every):
        page = number.format(at // every + 1)
        made += [feed + head, *lines[at : at + every], page]
    return "\n".join(made)


def rewrap(text: str, chance: Random) -> str:
    width, indent = chance.choice([7, 20, 33, 60]), chance.choice(["", "　　", "  "])
    return "\n".join(
        indent + line[at : at + width]
        for line in text.split("\n")
        for at in range(0, max(1, len(line)), width)
    )


def in_columns(text: str, chance: Random) -> str:
    """Two columns side by side, copied straight across."""
    lines = text.split("\n")
    half, gap = len(lines) // 2, chance.choice(["\t", "      ", "　　"])
    pairs = zip(lines[:half], lines[half : 2 * half], strict=True)
    return "\n".join([left + gap + right for left, right in pairs] + lines[2 * half :])


def scatter(pieces: list[str], most: int = 12) -> Change:
    """Some of `pieces` anywhere in the text."""

    def changed(text: str, chance: Random) -> str:
        for _ in range(chance.randint(1, most)):
            at = chance.randint(0, len(text))
            text = text[:at] + chance.choice(pieces) + text[at:]
        return text

    return changed


def cut_out(text: str, chance: Random) -> str:
    start, end = stretch(text, chance)
    return text[:start] + text[end:]


def cut_ends(text: str, chance: Random) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[start:end]


def splice(text: str, chance: Random) -> str:
    other = chance.choice(list(DOCUMENTS.values()))
    start, end = stretch(other, chance, 4000)
    at = chance.randint(0, len(text))
    return text[:at] + other[start:end] + text[at:]


def one_long_line(text: str, chance: Random) -> str:
    return text.replace("\n", chance.choice(["", "　　", " "])) * chance.randint(1, 3)


def other_breaks(text: str, chance: Random) -> str:
    return "".join(
        chance.choice(BREAKS) if sign == "\n" and chance.randrange(3) else sign for sign in text
    )


CHANGES: dict[str, Change] = {
    "cut ends": cut_ends,
    "cut out": cut_out,
    "splice": splice,
    "shuffle blocks": shuffle_blocks,
    "pages": with_pages,
    "rewrap": rewrap,
    "columns": in_columns,
    "one long line": one_long_line,
    "other breaks": other_breaks,
    "join lines": at_stretch(lambda text, _: text.replace("\n", "")),
    "double lines": to_lines(lambda line, _: f"{line}\n{line}"),
    "double signs": to_lines(lambda line, _: "".join(sign * 2 for sign in line)),
    "print twice": to_lines(lambda line, _: line * 2),
    "space letters": to_lines(lambda line, chance: chance.choice(" 　\t").join(line)),
    "other widths": at_stretch(lambda text, _: text.translate(WIDTHS)),
    "tabs": at_stretch(lambda text, _: text.replace("、", "\t").replace(" ", "\t")),
    "bars": to_lines(lambda line, _: "|" + line.replace("，", "|") + "|"),
    "odd signs": scatter(ODD),
    "signs": scatter(SIGNS, 60),
    "repeat a sign": scatter([sign * 300 for sign in SIGNS], 2),
    "repeat a part": at_stretch(lambda text, chance: text * chance.randint(2, 30)),
    "only figures": at_stretch(
        lambda text, _: "".join("9" if "一" <= sign <= "丿" else sign for sign in text)
    ),
}


def mangled(name: str, changes: list[tuple[str, int]]) -> str:
    """A document after the named changes, each with its own seed of chance."""
    text = DOCUMENTS[name]
    for change, seed in changes:
        text = CHANGES[change](text, Random(seed))[:LONGEST]
    return text


def broken() -> st.SearchStrategy[str]:
    """A document after one to six changes; the changes shrink one by one."""
    change = st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 2**16))
    changes = st.lists(change, min_size=1, max_size=6)
    return st.builds(mangled, st.sampled_from(list(DOCUMENTS)), changes)
