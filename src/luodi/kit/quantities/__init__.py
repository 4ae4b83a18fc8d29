"""Exact quantities: an integer at a scale with a unit; rounding happens once, in `ratio`."""

from luodi.kit.quantities.exact import LIMIT, Mode, ratio, root, show
from luodi.kit.quantities.numerals import read_number
from luodi.kit.quantities.quantity import Quantity
from luodi.kit.quantities.units import UNITS, Unit, unit

__all__ = [
    "LIMIT",
    "UNITS",
    "Mode",
    "Quantity",
    "Unit",
    "ratio",
    "read_number",
    "root",
    "show",
    "unit",
]
