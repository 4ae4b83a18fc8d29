"""PDF: the text of the pages in their order, ruled tables, positions and images when asked."""

from luodi.kit.readers.pdf.document import read_pdf
from luodi.kit.readers.pdf.places import Position, page_image, page_sizes, pdf_pages, positions

__all__ = ["Position", "page_image", "page_sizes", "pdf_pages", "positions", "read_pdf"]
