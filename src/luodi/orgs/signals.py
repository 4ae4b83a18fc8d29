"""What orgs tells the modules above it."""

from django.dispatch import Signal

enterprise_merged = Signal()
"""Sent within the deed of a merger, with `deed`, `old` and `new` (states of the two enterprises):
whoever keeps things of an enterprise carries them over in the same act."""
