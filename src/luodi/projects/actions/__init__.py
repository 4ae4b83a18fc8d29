"""What people do with projects; one action is one act."""

from .moving import move_project
from .opening import open_lead
from .revising import revise_project

__all__ = ["move_project", "open_lead", "revise_project"]
