"""Telling people about appraisals."""

from . import appraisals as appraisals
