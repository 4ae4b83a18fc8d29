"""A superior's table: the formula of each cell, and the form that asks for what isn't known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.kit.calendars import Period
from luodi.kit.formulas import Book, Computed, Formula, Table, compute, prepare, stated_growth
from luodi.kit.formulas.nodes import Node
from luodi.kit.mapping import Mapped, Proposal
from luodi.kit.mapping.mapped import Mapping as Confirmed
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

ASKED = "table_"
"""What the code of a form begins with that asks for the rest of a superior's table."""
FORMULAS = {
    "own": "[{0}]",
    "prior": "prior([{0}])",
    "year_ago": "year_ago([{0}])",
    "to_date": "cumulative([{0}])",
    "to_date_year_ago": "year_ago(cumulative([{0}]))",
    "growth": "growth([{0}])",
    "chain_growth": "chain_growth([{0}])",
    "to_date_growth": "growth(cumulative([{0}]))",
}


def known_cell(cell: Mapped, period: Period, book: Book, table: Table) -> Quantity | Refusal | None:
    """What is known for a cell; None where its own figure was never given: it is asked for."""
    formula = _formula(cell, book)
    if isinstance(formula, Refusal):
        return formula
    outcome = compute(formula, cell.subject, period, table)
    if isinstance(outcome, Computed):
        return outcome.quantity
    if cell.about == "own" and outcome.code == "missing" and book[cell.indicator].formula is None:
        return None
    return Refusal(f"formula.{outcome.code}", outcome.zh, outcome.en)


def _formula(cell: Mapped, book: Book) -> Formula | Refusal:
    """What a cell shows; growth in comparable prices is that of the indicator that states it."""
    text: str | Node | Refusal = FORMULAS[cell.about].format(cell.indicator)
    if cell.about in ("growth", "to_date_growth") and book[cell.indicator].prices == "comparable":
        text = stated_growth(cell.indicator, book, to_date=cell.about == "to_date_growth")
    return text if isinstance(text, Refusal) else prepare(text, book)


def chosen(
    proposal: Proposal, posted: Mapping[str, str], codes: Collection[str], units: Collection[str]
) -> Confirmed:
    """The mapping a person confirmed: `indicator-B5`, `subject-B5`, `about-B5`, '' for none.

    A cell that isn't posted keeps what was proposed; what isn't known is left out.
    """
    cells = []
    for guess in proposal.guesses:
        at, cell = guess.address, guess.cell
        indicator = posted.get(f"indicator-{at}", cell.indicator)
        subject = posted.get(f"subject-{at}", cell.subject)
        about = posted.get(f"about-{at}", cell.about)
        if indicator in codes and subject in units and about in FORMULAS:
            changed = {"indicator": indicator, "subject": subject, "about": about}
            cells.append(Mapped(**(vars(cell) | changed)))
    return Confirmed(proposal.table.sheet.name, proposal.fingerprint, tuple(cells))


@dataclass(frozen=True)
class Rest:
    """What nobody has given yet: the indicators by code, and the units to be asked."""

    indicators: tuple[str, ...]
    units: tuple[str, ...]


def rest_of(asked: Iterable[Mapped]) -> Rest:
    """What is to be asked for, each once."""
    cells = list(asked)
    return Rest(
        tuple(dict.fromkeys(cell.indicator for cell in cells)),
        tuple(dict.fromkeys(cell.subject for cell in cells)),
    )


def layout_for(named: Mapping[str, tuple[str, str]], column: str) -> dict[str, Any]:
    """The layout of a form that asks for indicators: code -> (key, name)."""
    items = [
        {"key": f"r{n}", "label": name, "indicator": key}
        for n, (key, name) in enumerate(named.values(), 1)
    ]
    return {
        "rows": {"kind": "lines", "items": items},
        "columns": [{"key": "now", "label": column}],
    }
