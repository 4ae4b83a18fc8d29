"""Telling people about projects."""

from . import agreements as agreements
from . import answering as answering
from . import milestones as milestones
from . import permits as permits
from . import problems as problems
