"""Forms of assessment."""

from .externals import ExternalForm

__all__ = ["ExternalForm"]
