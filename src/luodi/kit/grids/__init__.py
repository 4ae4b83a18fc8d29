"""Spreadsheets as grids of cells: read safely, addressed like Excel, figures taken exactly.

`read_grid(name, data)` takes .xlsx, .xls, .csv and .tsv; `pasted(text)` what is copied from a
sheet. `Taking(unit, scale).take(cell)` makes a checked integer of a cell. Nothing is executed,
fetched or followed: of a formula only the stored result is taken.
"""

from luodi.kit.grids.addresses import address, letters, place
from luodi.kit.grids.cells import EMPTY, Cell, Grid, Sheet
from luodi.kit.grids.delimited import pasted
from luodi.kit.grids.figures import Absent, Taking, typed_text
from luodi.kit.grids.opening import read_grid
from luodi.kit.grids.sentences import GridLimits, too_large

__all__ = [
    "EMPTY",
    "Absent",
    "Cell",
    "Grid",
    "GridLimits",
    "Sheet",
    "Taking",
    "address",
    "letters",
    "pasted",
    "place",
    "read_grid",
    "too_large",
    "typed_text",
]
