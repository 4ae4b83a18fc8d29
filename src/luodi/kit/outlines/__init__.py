"""Blocks to outline: documents, head matter, labelled items, boxes, tables, appendices."""

from luodi.kit.outlines.boxes import Box, find_boxes
from luodi.kit.outlines.documents import headline_behind, split_documents
from luodi.kit.outlines.head import Head, Notice, read_head
from luodi.kit.outlines.items import Label, label_at, level_of, shift_of, title_of
from luodi.kit.outlines.parts import Parts, split_parts
from luodi.kit.outlines.tables import Table, find_tables

__all__ = [
    "Box",
    "Head",
    "Label",
    "Notice",
    "Parts",
    "Table",
    "find_boxes",
    "find_tables",
    "headline_behind",
    "label_at",
    "level_of",
    "read_head",
    "shift_of",
    "split_documents",
    "split_parts",
    "title_of",
]
