"""PDF: the text of the pages in their order, ruled tables, positions and images when asked."""

from luodi.kit.readers.pdf.document import read_pdf
from luodi.kit.readers.pdf.places import Mark, Position, marks, page_image, positions

__all__ = ["Mark", "Position", "marks", "page_image", "positions", "read_pdf"]
