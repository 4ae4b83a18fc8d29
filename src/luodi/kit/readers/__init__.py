"""From the bytes of a file to its text, with pages, tables and character positions.

`read` never raises: a file it cannot take comes back as a problem with a sentence.
"""

from luodi.kit.readers.pdf import Position, page_image, page_sizes, positions
from luodi.kit.readers.places import Mark, boxes_on, marks
from luodi.kit.readers.reading import read
from luodi.kit.readers.recognition import Line, Recogniser, Seen, Stroke
from luodi.kit.readers.ruled.cells import Box
from luodi.kit.readers.sources import Form, Limits, Recognised, Source, SourceTable

__all__ = [
    "Box",
    "Form",
    "Limits",
    "Line",
    "Mark",
    "Position",
    "Recognised",
    "Recogniser",
    "Seen",
    "Source",
    "SourceTable",
    "Stroke",
    "boxes_on",
    "marks",
    "page_image",
    "page_sizes",
    "positions",
    "read",
]
