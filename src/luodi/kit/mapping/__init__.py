"""Somebody else's table: which cell is which indicator, of whom, about which period.

How it is used::

    table = laid_out(sheet)                                  # heads, labels, body; or a Refusal
    proposal = propose(table, indicators, subjects)          # a guess per cell, with its reason
    mapping = Mapping.of(proposal.guesses, …)                # once a person has confirmed it
    fingerprint(table)                                       # the same next month
    carried = carry(mapping, next_months_table)              # by labels, where rows have moved
    content(mapping, figures)                                # what `grids.filling.fill` writes
"""

from luodi.kit.mapping.about import About, period_in
from luodi.kit.mapping.fingerprints import (
    Changes,
    carry,
    changes,
    fingerprint,
    fixed_texts,
    place_of,
    places_in,
)
from luodi.kit.mapping.heads import Table, laid_out
from luodi.kit.mapping.mapped import Mapped, Mapping, content, figures_in
from luodi.kit.mapping.names import Named, best, likeness, plain_name
from luodi.kit.mapping.proposing import Guess, Proposal, propose

__all__ = [
    "About",
    "Changes",
    "Guess",
    "Mapped",
    "Mapping",
    "Named",
    "Proposal",
    "Table",
    "best",
    "carry",
    "changes",
    "content",
    "figures_in",
    "fingerprint",
    "fixed_texts",
    "laid_out",
    "likeness",
    "period_in",
    "place_of",
    "places_in",
    "plain_name",
    "propose",
]
