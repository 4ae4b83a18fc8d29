"""From the bytes of a file to its text, with pages, tables and character positions.

`read` never raises: a file it cannot take comes back as a problem with a sentence.
"""

from luodi.kit.readers.pdf import Position, page_image, positions
from luodi.kit.readers.places import Mark, marks
from luodi.kit.readers.reading import read
from luodi.kit.readers.recognition import Line, Recogniser, Seen, Stroke
from luodi.kit.readers.sources import Form, Limits, Recognised, Source, SourceTable

__all__ = [
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
    "marks",
    "page_image",
    "positions",
    "read",
]
