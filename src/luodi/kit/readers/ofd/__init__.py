"""OFD (GB/T 33190-2016): the text of its pages with the place of every character."""

from luodi.kit.readers.ofd.document import read_ofd
from luodi.kit.readers.ofd.places import ofd_pages

__all__ = ["ofd_pages", "read_ofd"]
