"""Layouts, reading cells, merging drafts, rhythms and rights: pure functions."""
