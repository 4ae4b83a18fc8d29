"""A released vintage as files: CSV, JSON, SDMX, and the catalogue that describes them."""

from .catalogue import catalogue
from .plain import as_csv, as_json
from .sdmx import data_csv, data_xml, structure_xml

__all__ = ["as_csv", "as_json", "catalogue", "data_csv", "data_xml", "structure_xml"]
