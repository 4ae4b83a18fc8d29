"""What holds for sites, without a database: details, standing, use rate."""

from luodi.orgs.choices import Role
from luodi.orgs.rules import UNIT_ROLES, Viewer

from .details import FIELDS, MEASURED, Details, amounts_of, check_details, read_amount
from .standing import FREE, WORDS, Standing, standing
from .use import LeftOut, Space, UseRate, use_rate

WRITERS = (Role.OFFICE, *UNIT_ROLES)


def keeps_sites(viewer: Viewer, city: str, zone: str) -> bool:
    """Whether a viewer may register, change, assign and release the sites of a zone."""
    of_office = viewer.has(Role.OFFICE) and city in viewer.cities
    return of_office or (bool(zone) and viewer.acts_for(zone, *UNIT_ROLES))


__all__ = [
    "FIELDS",
    "FREE",
    "MEASURED",
    "WORDS",
    "WRITERS",
    "Details",
    "LeftOut",
    "Space",
    "Standing",
    "UseRate",
    "amounts_of",
    "check_details",
    "keeps_sites",
    "read_amount",
    "standing",
    "use_rate",
]
