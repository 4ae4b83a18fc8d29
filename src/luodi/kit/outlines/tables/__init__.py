"""Tables: cells with their places, columns with what their headers say."""

from luodi.kit.outlines.tables.columns import Column, ColumnKind, columns_of
from luodi.kit.outlines.tables.find import find_tables
from luodi.kit.outlines.tables.table import Table

__all__ = ["Column", "ColumnKind", "Table", "columns_of", "find_tables"]
