"""How Chinese text is cut for search: every pair of neighbouring characters is a word."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


def runs(text: str) -> list[str]:
    """Runs of Han characters and of Latin letters or digits, width and case levelled."""
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


def tokens(text: str) -> str:
    """The index words of a text, separated by spaces: pairs, and the last single character."""
    out: list[str] = []
    for run in runs(text):
        if run[0].isascii():
            out.append(run)
            continue
        out += [run[i : i + 2] for i in range(len(run) - 1)]
        out.append(run[-1])
    return " ".join(out)


def query_terms(text: str) -> list[tuple[str, bool]]:
    """What to look for: (term, is a prefix). One character is a prefix; letters always are."""
    terms: list[tuple[str, bool]] = []
    for run in runs(text):
        if run[0].isascii() or len(run) == 1:
            terms.append((run, True))
        else:
            terms += [(run[i : i + 2], False) for i in range(len(run) - 1)]
    return list(dict.fromkeys(terms))


def snippet(body: str, query: str, around: int = 40) -> tuple[str, str, str]:
    """Text before, the found words, and text after; the beginning where nothing is found."""
    for run in sorted(runs(query), key=len, reverse=True):
        place = body.lower().find(run)
        if place >= 0:
            end = place + len(run)
            before = body[max(0, place - around) : place]
            return before, body[place:end], body[end : end + around]
    return "", "", body[: 2 * around]
