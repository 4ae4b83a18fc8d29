"""Findings."""


def findings_of(document, paragraphs):
    return []
