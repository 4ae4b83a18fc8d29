"""Word documents: the visible text with the labels automatic numbering prints."""

from luodi.kit.readers.word.document import read_docx

__all__ = ["read_docx"]
