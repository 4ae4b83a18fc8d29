"""The lives of what supervision brings about, as tables."""

from .exemptions import EXEMPTION

__all__ = ["EXEMPTION"]
