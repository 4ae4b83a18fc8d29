"""Excel workbooks (.xlsx): sheets as tables, figures and dates as they are shown."""

from luodi.kit.readers.excel.document import read_xlsx

__all__ = ["read_xlsx"]
