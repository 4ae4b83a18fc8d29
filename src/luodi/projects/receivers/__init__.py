"""Telling people about projects."""

from . import answering as answering
from . import milestones as milestones
from . import problems as problems
