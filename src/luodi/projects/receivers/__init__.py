"""Telling people about projects."""

from . import problems as problems
