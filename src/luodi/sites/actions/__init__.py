"""What people do with sites; one action is one act."""

from .drawing import Imported, draw_plots
from .occupying import release_site, reserve_site, take_site
from .registering import register_site
from .revising import revise_site

__all__ = [
    "Imported",
    "draw_plots",
    "register_site",
    "release_site",
    "reserve_site",
    "revise_site",
    "take_site",
]
