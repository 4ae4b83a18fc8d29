"""The plan checker: what a document leaves open, and where it contradicts itself.

`error` only where arithmetic or text contradicts itself; no finding is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable

from luodi.kit.findings.against import text_against_tables, text_ranks
from luodi.kit.findings.balances import divisions, remainders
from luodi.kit.findings.bases import against_stated_base
from luodi.kit.findings.columns import average_columns, beginnings, serials, year_parts
from luodi.kit.findings.counts import (
    announced,
    organ_sizes,
    ranges,
    ranks_beyond,
    rosters,
    unequal_lists,
)
from luodi.kit.findings.documents import Across, compare
from luodi.kit.findings.duties import (
    abbreviations,
    lead_helps,
    leads,
    named_once,
    outside_term,
    period_outside,
    twice,
    unknown_organs,
    vague,
)
from luodi.kit.findings.figures import no_base, odd_units, two_values
from luodi.kit.findings.goals import against_base, no_residual, text_against_base, two_targets
from luodi.kit.findings.growth import changes, net_growth
from luodi.kit.findings.kinds import KINDS, Kind
from luodi.kit.findings.lookalikes import look_alike_signs
from luodi.kit.findings.measures import deadline_past, no_deadline, no_measure, no_unit
from luodi.kit.findings.misprints import dates, letters, misprints, number_year, validity
from luodi.kit.findings.named import named_shares
from luodi.kit.findings.organs import look_alikes
from luodi.kit.findings.parallel import between_tables, missing_rows
from luodi.kit.findings.points import out_of_bounds, points, structure
from luodi.kit.findings.rates import rates_before
from luodi.kit.findings.ratios import per_head, ratios
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.references import late_titles, missing_references
from luodi.kit.findings.shares import conversions, impossible_rates, shared_lists, shares
from luodi.kit.findings.signs import doubled_signs, half_width_signs
from luodi.kit.findings.strengths import strengths
from luodi.kit.findings.sums import halves, sectors, sums
from luodi.kit.findings.tables import (
    ranks,
    row_widths,
    settled_ratios,
    table_growth,
    table_sums,
)
from luodi.kit.findings.writing import (
    broken_numbering,
    inline_numbering,
    repeated_words,
    unpaired_signs,
)
from luodi.kit.problems import Problem

__all__ = ["CHECKS", "KINDS", "Across", "Kind", "Reading", "compare", "findings_of"]

CHECKS: tuple[Callable[[Reading], list[Problem]], ...] = (
    no_measure,
    no_unit,
    no_deadline,
    deadline_past,
    outside_term,
    vague,
    twice,
    leads,
    lead_helps,
    unknown_organs,
    named_once,
    abbreviations,
    period_outside,
    no_base,
    against_base,
    text_against_base,
    no_residual,
    two_targets,
    strengths,
    changes,
    net_growth,
    against_stated_base,
    rates_before,
    shares,
    named_shares,
    shared_lists,
    impossible_rates,
    conversions,
    sums,
    sectors,
    halves,
    remainders,
    divisions,
    points,
    structure,
    out_of_bounds,
    misprints,
    announced,
    unequal_lists,
    ranges,
    ranks_beyond,
    rosters,
    organ_sizes,
    table_sums,
    table_growth,
    average_columns,
    beginnings,
    year_parts,
    serials,
    ranks,
    row_widths,
    ratios,
    per_head,
    settled_ratios,
    text_against_tables,
    text_ranks,
    between_tables,
    missing_rows,
    two_values,
    odd_units,
    look_alikes,
    broken_numbering,
    inline_numbering,
    unpaired_signs,
    doubled_signs,
    half_width_signs,
    repeated_words,
    look_alike_signs,
    late_titles,
    missing_references,
    letters,
    dates,
    validity,
    number_year,
)


def findings_of(reading: Reading) -> list[Problem]:
    """All findings on one document, check by check, in the order of CHECKS; none twice."""
    found: dict[object, Problem] = {}
    for check in CHECKS:
        for one in check(reading):
            found.setdefault(_same(one), one)
    return list(found.values())


def _same(one: Problem) -> object:
    """What makes two findings one: the code, the figure said and computed, where it ends."""
    if "computed" in one.params and one.spans:
        return one.code, str(one.params["computed"]), one.spans[0][1]
    return one.code, one.spans, one.message
