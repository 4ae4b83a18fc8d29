"""Telling people about projects."""

from . import answering as answering
from . import problems as problems
