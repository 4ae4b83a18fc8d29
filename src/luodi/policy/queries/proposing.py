"""Conditions proposed from the sentence of an article: a person confirms each."""

from __future__ import annotations

from luodi.kit.eligibility import All, proposals, with_sentence

from ..rules import Catalogue, Line, lines_of
from .library import ArticleRow


def proposed_lines(row: ArticleRow, known: Catalogue) -> list[Line]:
    """The lines of the rule editor that the text of an article suggests, each its own group.

    Their sentences are keys into the source where the text is still as it was read.
    """
    sha256, start, _end = [*row.sentence.split(":"), "", ""][:3]
    offset = int(start) if start.isdecimal() else 0
    found = proposals(row.text, list(known.facts.values()))
    parts = tuple(with_sentence(one, sha256, offset) for one in found)
    return lines_of(All(parts), known.facts)
