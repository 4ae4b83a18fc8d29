"""What holds for chains and promotion, without a database."""

from luodi.orgs.choices import Role
from luodi.orgs.rules import UNIT_ROLES, Viewer

from .details import exact_value, read_share, read_value, said_words
from .drawing import Edge, Node, Picture, drawn

WRITERS = (Role.OFFICE, *UNIT_ROLES)


def keeps_chains(viewer: Viewer, city: str) -> bool:
    """Whether a viewer may put down who makes and who buys what in a city."""
    return city in viewer.cities and viewer.has(*WRITERS)


def shapes_chains(viewer: Viewer, city: str) -> bool:
    """Whether a viewer may merge firms, name leaders and import: the office of the city."""
    return city in viewer.cities and viewer.has(Role.OFFICE)


def brings_along(viewer: Viewer, city: str, unit: str) -> bool:
    """Whether a viewer may speak with a target firm: its unit, the office, anybody if it's free."""
    if city not in viewer.cities or not viewer.has(*WRITERS):
        return False
    return viewer.has(Role.OFFICE) or not unit or viewer.acts_for(unit, *UNIT_ROLES)


__all__ = [
    "WRITERS",
    "Edge",
    "Node",
    "Picture",
    "brings_along",
    "drawn",
    "exact_value",
    "keeps_chains",
    "read_share",
    "read_value",
    "said_words",
    "shapes_chains",
]
