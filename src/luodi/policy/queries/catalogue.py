"""The catalogue of facts as a city's packs declare it at a moment."""

from luodi.orgs.queries import catalogue

__all__ = ["catalogue"]
