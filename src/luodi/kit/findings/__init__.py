"""The plan checker: what a document leaves open, and where it contradicts itself.

`error` only where arithmetic or text contradicts itself; no finding is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable

from luodi.kit.findings.against import text_against_tables, text_ranks
from luodi.kit.findings.counts import (
    announced,
    organ_sizes,
    ranges,
    ranks_beyond,
    rosters,
    unequal_lists,
)
from luodi.kit.findings.figures import no_base, odd_units, two_values
from luodi.kit.findings.growth import changes, net_growth
from luodi.kit.findings.kinds import KINDS, Kind
from luodi.kit.findings.measures import deadline_past, no_deadline, no_measure, no_unit
from luodi.kit.findings.misprints import dates, letters, misprints, number_year
from luodi.kit.findings.organs import look_alikes
from luodi.kit.findings.parallel import between_tables, missing_rows
from luodi.kit.findings.points import out_of_bounds, points, structure
from luodi.kit.findings.ratios import ratios
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.shares import conversions, impossible_rates, shared_lists, shares
from luodi.kit.findings.sums import sums
from luodi.kit.findings.tables import ranks, row_widths, table_growth, table_sums
from luodi.kit.findings.writing import broken_numbering, repeated_words, unpaired_signs
from luodi.kit.problems import Problem

__all__ = ["CHECKS", "KINDS", "Kind", "Reading", "findings_of"]

CHECKS: tuple[Callable[[Reading], list[Problem]], ...] = (
    no_measure,
    no_unit,
    no_deadline,
    deadline_past,
    no_base,
    changes,
    net_growth,
    shares,
    shared_lists,
    impossible_rates,
    conversions,
    sums,
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
    ranks,
    row_widths,
    ratios,
    text_against_tables,
    text_ranks,
    between_tables,
    missing_rows,
    two_values,
    odd_units,
    look_alikes,
    broken_numbering,
    unpaired_signs,
    repeated_words,
    letters,
    dates,
    number_year,
)


def findings_of(reading: Reading) -> list[Problem]:
    """All findings on one document, check by check, in the order of CHECKS; none twice."""
    found = [finding for check in CHECKS for finding in check(reading)]
    return list({(one.code, one.spans, one.message): one for one in found}.values())
